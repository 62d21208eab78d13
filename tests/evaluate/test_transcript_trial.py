import numpy as np
import pytest

from seqloom.evaluate.transcript_trial import TranscriptTrial
from seqloom.sequence import TranscriptPrediction


@pytest.fixture
def trial(make_sequences):
    """Three sequences, the last without a text."""
    truth = np.array(["one two", "three", None], dtype=object)
    examples = make_sequences(*np.zeros((3, 2, 1)), targets=np.zeros((3, 1)), texts={"y0": truth})
    said = np.array(["one too", "three", "four"], dtype=object)
    return TranscriptTrial(examples, TranscriptPrediction(said, np.zeros(3), "y0", np.arange(3).astype(str)))


def test_the_model_is_measured_text_by_text(trial):
    """Rates over all words, errors of each text; what nobody knows counts for nothing."""
    measured = trial.model()
    assert measured.metrics["wer"] == pytest.approx(1 / 3)
    np.testing.assert_array_equal(measured.errors["word errors"], [1, 0, np.nan])
    np.testing.assert_array_equal(measured.errors["character errors"], [1, 0, np.nan])


def test_an_alternative_is_measured_alike(trial):
    """Texts of an alternative are judged as the model's are."""
    measured = trial.alternative(np.array(["one two", "three", ""], dtype=object))
    assert (measured.metrics["wer"], measured.metrics["exact"]) == (0, 1)


def test_sequences_stand_for_themselves(trial):
    """Whole sequences do not overlap, and texts have no units."""
    assert (trial.block, trial.model().scaled) == (1, {})
