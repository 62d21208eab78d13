import numpy as np
import pytest

from seqloom.errors import DataError
from seqloom.evaluate.frame_trial import FrameTrial
from seqloom.score import entry_nats
from seqloom.sequence import FramePrediction

RNG = np.random.default_rng(0)
FRAMES = [(RNG.random((steps, 2)) < 0.5).astype(np.float32) for steps in (3, 1, 4)]
LOGITS = RNG.normal(size=(8, 2))


@pytest.fixture
def trial(make_sequences):
    """Three pieces of 3, 1 and 4 frames."""
    examples = make_sequences(*FRAMES, targets=np.concatenate(FRAMES))
    prediction = FramePrediction(LOGITS, ("a", "b"), np.zeros(8), np.zeros(8, np.int64))
    return FrameTrial(examples, prediction)


def test_errors_are_nats_per_frame_of_each_sequence(trial):
    """A long piece does not count more than a short one where model and alternative are compared."""
    nats = entry_nats(LOGITS, np.concatenate(FRAMES).astype(float)).sum(axis=1)
    expected = [nats[:3].mean(), nats[3], nats[4:].mean()]
    np.testing.assert_allclose(trial.model().errors["negative log-likelihood"], expected)


def test_metrics_are_per_frame(trial):
    """All eight frames count alike, or the five that are not the first of their piece."""
    nats = entry_nats(LOGITS, np.concatenate(FRAMES).astype(float)).sum(axis=1)
    metrics = trial.model().metrics
    assert metrics["nll"] == pytest.approx(nats.mean())
    assert metrics["nll_after_first"] == pytest.approx(nats[[1, 2, 5, 6, 7]].mean())
    assert trial.block == 1


def test_an_alternative_is_measured_in_the_same_way(trial):
    """The model's logits given by an alternative come to the same."""
    assert trial.alternative(LOGITS).metrics == trial.model().metrics


def test_other_numbers_of_frames_are_refused(trial):
    """Answers to other questions cannot be judged."""
    with pytest.raises(DataError, match=r"prediction: expected a logit for each entry, \[8, 2\], came shape \[7, 2\]"):
        trial.alternative(LOGITS[1:])
