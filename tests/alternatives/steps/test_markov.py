import numpy as np
import pytest

from seqloom.alternatives import Hints, Skipped
from seqloom.alternatives.steps import markov
from seqloom.alternatives.steps.markov import EventShares, MarkovChain, SecondOrderChain
from seqloom.prepare import Examples, next_row
from seqloom.sequence import EventShape


@pytest.fixture
def cycle(make_sequences):
    """Maker of events of types that come round and round."""

    def make(types, shape=None):
        history = np.asarray(types, np.float32)[:, None]
        offsets = np.array([0, len(history)])
        shape = shape or EventShape(types=1 + int(history.max()))
        made = make_sequences(
            np.zeros((len(history), 1)), targets=next_row(history, offsets), history=history, event=shape
        )
        return Examples(made.prepared, np.array([0]), offsets[:-1], offsets[1:] - 1)

    return make


@pytest.mark.parametrize(
    ("kind", "types", "right"),
    [(EventShares, [0, 0, 1], 2 / 3), (MarkovChain, [0, 1, 2], 1.0), (SecondOrderChain, [0, 0, 1], 1.0)],
)
def test_each_knows_as_much_of_the_past_as_its_order(cycle, kind, types, right):
    """Shares know the most frequent type, a first-order chain a cycle, a second-order one a repeated event."""
    training = cycle(types * 30)
    fitted = kind.fit(training, Hints(classes=3))
    asked = Examples(training.prepared, np.zeros(57, int), np.zeros(57, int), np.arange(3, 60))
    expected = fitted.predict(asked)[:, : max(types) + 1].argmax(axis=1)
    truth = training.prepared.targets[asked.stop - 1, 0]
    assert (expected == truth).mean() == pytest.approx(right)


def test_too_many_types_are_left_to_the_shorter_past(cycle, monkeypatch):
    """The table of pairs would not fit; the reason is given."""
    monkeypatch.setattr(markov, "CELLS", 100)
    outcome = SecondOrderChain.fit(cycle(list(range(20)) * 2), Hints())
    assert isinstance(outcome, Skipped)
    assert outcome.reason == "20 types make too many pasts"
    assert isinstance(EventShares.fit(cycle(list(range(20)) * 2), Hints()), EventShares)


def test_data_without_events_is_left_out(make_sequences):
    """Nothing follows anything there."""
    outcome = MarkovChain.fit(make_sequences(np.zeros((3, 1)), targets=np.zeros((3, 1), np.float32)), Hints())
    assert isinstance(outcome, Skipped)
