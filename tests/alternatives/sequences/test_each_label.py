"""Labels one by one."""

import numpy as np
import pytest
from sklearn.metrics import f1_score

from seqloom.alternatives import Hints, Skipped
from seqloom.alternatives.sequences.each_label import with_labels
from seqloom.alternatives.sequences.logistic_labels import LogisticLabels

NAN = np.nan


@pytest.fixture
def make_waves(make_sequences):
    """Sequences whose first label is told by their level, with noise, and whose second by nothing."""

    def make(count, seed):
        rng = np.random.default_rng(seed)
        truth = (rng.random((count, 2)) < (0.3, 0.5)).astype(float)
        level = truth[:, :1, None] + rng.normal(0, 0.8, (count, 1, 1))
        return make_sequences(*(level + rng.normal(0, 0.1, (count, 5, 1))), targets=truth), truth

    return make


def test_thresholds_are_chosen_on_the_examples_to_choose_by(make_waves):
    """They give a better F1 there than one half does; without such examples it is one half."""
    training, choosing = make_waves(200, 0)[0], make_waves(200, 1)
    half = LogisticLabels.fit(training, Hints())
    chosen = LogisticLabels.fit(training, Hints(choosing=choosing[0]))
    assert half.thresholds.tolist() == [0.5, 0.5] != chosen.thresholds.tolist()
    f1 = [f1_score(choosing[1], model.predict(choosing[0])[:, :, 1], average="macro") for model in (half, chosen)]
    assert f1[1] > f1[0]
    np.testing.assert_array_equal(half.predict(training)[:, :, 0], chosen.predict(training)[:, :, 0])


def test_unknown_labels_teach_nothing(make_sequences, make_waves):
    """A label that is unknown for some sequences is learned from the others alone."""
    examples, truth = make_waves(60, 0)
    numbers = examples.prepared.numbers.reshape(60, 5, 1)
    some = np.where(np.arange(60)[:, None] < (60, 30), truth, NAN)
    found = LogisticLabels.fit(make_sequences(*numbers, targets=some), Hints()).predict(examples)[:, 1, 0]
    expected = LogisticLabels.fit(make_sequences(*numbers[:30], targets=truth[:30]), Hints()).predict(examples)
    # 0.05: strength and scaling, which they have in common, are those of other sequences
    np.testing.assert_allclose(found, expected[:, 1, 0], atol=0.05)


def test_a_label_that_all_have_is_answered_by_its_share(make_sequences):
    """There is nothing to tell apart, and a label nobody knows has none."""
    examples = make_sequences(
        *np.random.default_rng(0).normal(size=(6, 3, 1)), targets=[[1, NAN, k % 2] for k in range(6)]
    )
    answer = LogisticLabels.fit(examples, Hints()).predict(examples)
    assert answer[:, :2, 0].tolist() == [[1, 0]] * 6


def test_nothing_known_is_skipped(make_sequences):
    """There is nothing to learn."""
    examples = make_sequences(*np.zeros((2, 2, 1)), targets=np.full((2, 2), NAN))
    assert LogisticLabels.fit(examples, Hints()) == Skipped("no training sequence has a known label")


def test_at_most_20000_sequences_are_learned_from(make_sequences):
    """Of more some are drawn at random, each with its own labels."""
    targets = np.arange(20_010)[:, None] % 2
    examples = make_sequences(*np.zeros((20_010, 1, 1)), targets=targets.astype(float))
    taken, truth = with_labels(examples, 0)
    assert len(taken) == 20_000
    np.testing.assert_array_equal(truth, taken.truth())
