"""The estimator of running text."""

import numpy as np
import pytest

from seqloom import LanguageModel, load
from seqloom.errors import SchemaError, SettingsError
from seqloom.model import Drawing

TEXT = "to be or not to be\nthat is the question\n" * 30
QUICK = {"threads": 1, "batch_size": 4, "truncate": 16}


@pytest.fixture(scope="module")
def model():
    """A model of a short text that repeats itself."""
    settings = {**QUICK, "learning_rate": 0.03, "dropout": 0.0}
    return LanguageModel(hidden_size=24, epochs=8, settings=settings).fit([TEXT])


def test_it_learns_what_repeats_itself(model):
    """The text is found far more likely than by the frequencies of its characters."""
    assert model.metrics_["test"]["perplexity"] < 2 < model.baselines_["frequencies"]["perplexity"]
    assert model.evaluate([TEXT]).metrics["model"]["perplexity"] < 2


def test_a_text_has_a_probability_for_each_token_but_the_first(model):
    """Known words are likelier than the same letters in another order."""
    known, shuffled = model.predict(["not to be\n"]), model.predict(["ton ot eb\n"])
    assert known.shape == shuffled.shape == (9,)
    assert known.mean() > shuffled.mean()


def test_it_goes_on_writing(model):
    """Greedily, a text that was learned by heart is gone on with."""
    text = model.generate("to be or not", length=30, drawing=Drawing(top_k=1))
    assert len(text) == 30
    assert set(text.split()) & {"to", "be", "that", "is", "the", "question"}
    assert "".join(model.pieces("to be or not", length=30, drawing=Drawing(top_k=1))) == text


def test_a_loaded_model_is_the_same(model, tmp_path):
    """Saved and loaded it gives the same probabilities and writes the same text."""
    loaded = load(model.save(tmp_path / "model.loom"))
    assert isinstance(loaded, LanguageModel)
    assert loaded.vocabulary_ == model.vocabulary_
    np.testing.assert_array_equal(loaded.predict(["be not\n"]), model.predict(["be not\n"]))
    assert loaded.generate("to ", length=40) == model.generate("to ", length=40)


def test_the_report_shows_samples_and_surprise(model):
    """A page of a language model has its own sections."""
    titles = [section.title for section in model.report_.sections]
    assert titles[1:4] == ["Samples", "Surprise", "The hardest tokens"]


@pytest.mark.parametrize("tokens", ["words", "bpe", "wordpiece"])
def test_other_tokens_walk_the_same_way(tokens, tmp_path):
    """Words and pieces are learned, saved, loaded and written as characters are."""
    settings = {**QUICK, "vocabulary": 300}
    fitted = LanguageModel(tokens=tokens, hidden_size=4, epochs=1, settings=settings).fit([TEXT])
    loaded = load(fitted.save(tmp_path / "model.loom"))
    assert loaded.generate(length=20) == fitted.generate(length=20)
    assert fitted.metrics_["test"]["bits_per_character"] < 8


def test_texts_of_a_table_are_learned(tmp_path):
    """A column of texts named as the target is read row by row, one text each."""
    table = {"review": [f"it was good number {number} of them\n" for number in range(40)]}
    fitted = LanguageModel(hidden_size=4, epochs=1, settings=QUICK).fit(table, target="review")
    assert len(fitted.predict({"review": ["it was good"]})) == 10
    with pytest.raises(SchemaError, match="expected running text, or one column of texts and no other"):
        LanguageModel(hidden_size=4, epochs=1).fit({**table, "stars": np.arange(40.0)}, target="review")


@pytest.mark.parametrize("name", ["members", "scaling", "lookback", "loss"])
def test_settings_without_a_say_are_refused(name):
    """What counts for columns of numbers does not count for tokens."""
    value = {"members": 3, "scaling": "robust", "lookback": 5, "loss": "mae"}[name]
    with pytest.raises(SettingsError, match=rf"{name}: expected"):
        LanguageModel(hidden_size=4, epochs=1, settings={**QUICK, name: value}).fit([TEXT])
