import math

import numpy as np
import pytest

from seqloom.evaluate.translate_trial import CHARACTERS, TranslateTrial
from seqloom.sequence import TranslatePrediction


@pytest.fixture
def trial(make_pairs):
    """Two sentences, the first translated right; log-probabilities are known of the true translations."""
    texts = np.array(["a small dog runs.", "a man"], dtype=object)
    prediction = TranslatePrediction(
        texts, np.array([-1.0, -2.0]), "en", np.arange(2), (), np.array([-3.0, -5.0]), np.array([5, 3])
    )
    return TranslateTrial(make_pairs(["x", "y"], ["a small dog runs.", "two women sleep"]), prediction)


def test_texts_are_compared_with_the_true_ones(trial):
    """Half of them are right to the letter; errors are those of each sentence."""
    measured = trial.model()
    assert measured.metrics["exact_match"] == 0.5
    assert measured.errors[CHARACTERS][0] == 0
    assert 50 < measured.errors[CHARACTERS][1] <= 100


def test_perplexity_is_that_of_a_symbol(trial):
    """Log-probabilities of all symbols are averaged, not those of sentences."""
    measured = trial.model()
    assert measured.metrics["nats_per_symbol"] == 1
    assert measured.metrics["perplexity"] == math.e


def test_an_alternative_has_texts_alone(trial):
    """It is measured by the same references, without probabilities."""
    measured = trial.alternative(np.array(["a small dog runs.", "two women sleep"], dtype=object))
    assert (measured.metrics["exact_match"], measured.errors[CHARACTERS].tolist()) == (1, [0, 0])
    assert "perplexity" not in measured.metrics


def test_sentences_stand_for_themselves(trial):
    """Nothing overlaps."""
    assert trial.block == 1
