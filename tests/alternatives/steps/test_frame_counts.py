import numpy as np
import pytest
from scipy.special import expit

from seqloom.alternatives import Hints
from seqloom.alternatives.steps.frame_counts import EntryMarkov, Marginal
from seqloom.prepare.frames import before
from seqloom.score import entry_nats

PIECES = [np.array([[1, 0], [1, 0], [0, 0]]), np.array([[1, 1]])]


@pytest.fixture
def make(make_sequences):
    """Pieces as examples whose features are the frames before."""

    def examples(*pieces):
        frames = np.concatenate(pieces).astype(np.float32)
        offsets = np.concatenate([[0], np.cumsum([len(piece) for piece in pieces])])
        inputs = np.split(before(frames, offsets), offsets[1:-1])
        return make_sequences(*inputs, targets=frames)

    return examples


def test_the_share_of_each_entry_is_counted(make):
    """Three of four frames have the first entry on; half a case more of each kind is imagined."""
    examples = make(*PIECES)
    answers = expit(Marginal.fit(examples, Hints()).predict(examples))
    np.testing.assert_allclose(answers, np.tile([3.5 / 5, 1.5 / 5], (4, 1)))


def test_what_follows_what_is_counted(make):
    """After on the first entry was on once of twice; at the start it was on twice of twice."""
    examples = make(*PIECES)
    answers = expit(EntryMarkov.fit(examples, Hints()).predict(examples))
    start, on, never = 2.5 / 3, 1.5 / 3, 0.5 / 3
    np.testing.assert_allclose(answers[:, 0], [start, on, on, start])
    np.testing.assert_allclose(answers[:, 1], [1.5 / 3, never, never, 1.5 / 3])


def test_what_was_never_seen_is_not_impossible(make):
    """After counting, every frame keeps a finite likelihood."""
    training, other = make(np.zeros((3, 2))), make(np.ones((3, 2)))
    for kind in (Marginal, EntryMarkov):
        answers = kind.fit(training, Hints()).predict(other)
        assert np.isfinite(entry_nats(answers, np.ones((3, 2)))).all()


def test_a_chain_wins_where_entries_stay_as_they_are(make):
    """Long notes are what a Markov chain knows and shares do not."""
    random = np.random.default_rng(0)
    pieces = [np.repeat((random.random((10, 4)) < 0.3), 6, axis=0) for _ in range(8)]
    training, test = make(*pieces[:6]), make(*pieces[6:])
    truth = test.prepared.targets.astype(float)
    costs = [entry_nats(kind.fit(training, Hints()).predict(test), truth).mean() for kind in (EntryMarkov, Marginal)]
    assert costs[0] < 0.7 * costs[1]
