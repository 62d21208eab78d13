import numpy as np
import pytest

from seqloom.alternatives import Hints, Skipped
from seqloom.alternatives.sequences import nearest as module
from seqloom.alternatives.sequences.nearest import CommonText, NearestClasses, NearestText

RISE, FALL = np.linspace(-1, 1, 8)[:, None], np.linspace(1, -1, 8)[:, None]
SEQUENCES = [RISE, FALL, np.repeat(RISE, 2, axis=0), np.repeat(FALL, 3, axis=0), RISE[1:], FALL[:-1]]
TEXTS = np.array(["up", "down", "up up", "down", "up", None], dtype=object)


@pytest.fixture
def examples(make_sequences):
    """Rising and falling sequences at several speeds, with classes and texts."""
    return make_sequences(*SEQUENCES, targets=np.array([0, 1, 0, 1, 0, 1]), texts={"y0": TEXTS})


def test_the_nearest_decide_the_class(examples, make_sequences):
    """A slow rise is like the other rises, whatever its length; the votes are shares."""
    asked = make_sequences(np.repeat(RISE, 4, axis=0), FALL[1:], targets=np.zeros(2, np.int64))
    found = NearestClasses.fit(examples, Hints(classes=3)).predict(asked)
    assert found.argmax(axis=1).tolist() == [0, 1]
    np.testing.assert_allclose(found.sum(axis=1), 1)
    assert (found > 0).all()


def test_the_nearest_gives_its_text(examples):
    """Each sequence is nearest to itself; one without a text is not known."""
    found = NearestText.fit(examples, Hints()).predict(examples)
    assert found[:2].tolist() == ["up", "down"]
    assert found[5] == "down"


def test_the_most_common_text_is_the_same_for_all(examples):
    """Of the texts there are, the one that comes most often; of as many the first by letter."""
    assert CommonText.fit(examples, Hints()).predict(examples.take(slice(2))).tolist() == ["down", "down"]


def test_only_so_many_are_kept(examples, monkeypatch):
    """More training sequences than can be compared with are drawn from, the same ones for the same seed."""
    monkeypatch.setattr(module, "KNOWN", 3)
    found = [NearestClasses.fit(examples, Hints(classes=2, seed=1)).known.offsets.tolist() for _ in range(2)]
    assert found[0] == found[1]
    assert len(found[0]) == 4


@pytest.mark.parametrize("alternative", [NearestText, CommonText, NearestClasses])
def test_without_answers_nothing_is_learned(make_sequences, alternative):
    """Neither texts nor classes: the reason says so."""
    empty = make_sequences(RISE, FALL, targets=np.array([-1, -1]), texts={"y0": np.array([None, ""], dtype=object)})
    outcome = alternative.fit(empty, Hints(classes=2))
    assert isinstance(outcome, Skipped)
    assert "training" in outcome.reason
