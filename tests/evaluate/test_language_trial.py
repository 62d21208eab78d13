"""The trial of running text."""

import numpy as np
import pytest

from seqloom.evaluate import LanguageTrial
from seqloom.evaluate.language_trial import BLOCK, characters_of
from seqloom.evaluate.trial import LOG_LOSS
from seqloom.prepare import Pipeline, PrepareSettings, running_text, whole
from seqloom.read import from_texts
from seqloom.sequence import LanguagePrediction


def examples_of(text, tokens="characters", window=0):
    """All of a text as examples."""
    dataset = from_texts([text])
    settings = PrepareSettings(tokens=tokens)
    prepared = Pipeline.fit(dataset, whole(dataset, "train"), settings, task="next").transform(dataset)
    spans = np.stack([prepared.offsets[:-1], prepared.offsets[1:]], axis=1)
    return running_text(prepared, spans, "test", window=window)


def trial(examples, hits):
    """A trial of a model that gives each token one half, and is right where told."""
    came = np.ones(len(hits), dtype=np.int64)
    best = np.where(hits, came, 0)
    half = np.full(len(hits), np.log(0.5))
    keys, steps = np.array(["text 1"] * len(hits)), np.arange(len(hits)) + 2
    return LanguageTrial(examples, LanguagePrediction(half, -half, best, came, ("[UNK]", "a"), keys, steps))


def test_model_and_alternative_are_measured_alike():
    """Both have the metrics of their probabilities; only of the model it is known what it would have said."""
    found = trial(examples_of("abcd" * 5), np.arange(19) < 10)
    model, alternative = found.model(), found.alternative(np.log(np.full(19, 0.5)))
    assert model.metrics == {**alternative.metrics, "accuracy": pytest.approx(10 / 19)}
    np.testing.assert_allclose(model.errors[LOG_LOSS], np.log(2))


@pytest.mark.parametrize("window", [0, 4])
def test_characters_are_those_of_the_text_but_for_the_first(window):
    """Of characters each token is one, in windows and in one pass."""
    assert characters_of(examples_of("to be\nor not\n", window=window)) == 12


def test_words_count_the_characters_they_stand_for():
    """Spaces and ends of lines belong to the text, too; the first of four words is not predicted."""
    examples = examples_of("aaaa bbbb\ncc dd ee ff\n", tokens="words")
    assert characters_of(examples) == round(10 * 2 / 3 + 12)


def test_neighbouring_tokens_are_compared_in_blocks():
    """A block is 256 tokens, or an eighth of a short text."""
    assert trial(examples_of("ab" * 20), np.ones(39, dtype=bool)).block == 39 // 8
    assert trial(examples_of("ab" * 2_000), np.ones(3_999, dtype=bool)).block == BLOCK
