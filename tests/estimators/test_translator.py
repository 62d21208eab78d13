import numpy as np
import pytest

import seqloom
from seqloom import Translator
from seqloom.errors import DataError

GERMAN = ["ein hund", "ein mann", "zwei"] * 8
ENGLISH = ["a dog", "a man", "two"] * 8
SETTINGS = {"learning_rate": 0.02, "min_count": 1, "threads": 1}


@pytest.fixture(scope="module")
def model():
    """A model that has learned three phrases by heart."""
    return Translator(hidden_size=16, epochs=25, settings=SETTINGS).fit(GERMAN, ENGLISH)


def test_lists_of_texts_are_translated(model):
    """In their order, each as its own text."""
    assert model.predict(["zwei", "ein mann", "ein hund"]).tolist() == ["two", "a man", "a dog"]


def test_answers_have_scores_and_attention(model):
    """Scores are logarithms of probabilities; what was read sums to one for every symbol."""
    answer = model.answer(["ein mann"])
    assert -1 < answer.scores[0] < 0
    np.testing.assert_allclose(answer.alignments[0].weights.sum(axis=1), 1, rtol=1e-5)


def test_a_saved_model_translates_as_before(model, tmp_path):
    """Its golden examples are tried when it is loaded."""
    loaded = seqloom.load(model.save(tmp_path / "model.loom"))
    assert isinstance(loaded, Translator)
    assert loaded.predict(["ein hund"]).tolist() == ["a dog"]
    assert loaded.answer(["zwei"]).scores == pytest.approx(model.answer(["zwei"]).scores, abs=1e-5)


def test_translations_are_judged(model):
    """By lists of texts and their translations."""
    judgement = model.evaluate(["zwei", "ein hund"], ["two", "a cat"])
    assert judgement.metrics["model"]["exact_match"] == 0.5


def test_the_fit_is_judged_beside_copy_and_dictionary(model):
    """All by the same metrics."""
    assert set(model.fitted_.judged.judgement.metrics) == {"model", "copy", "dictionary"}
    assert model.metrics_["test"]["chrf"] > model.baselines_["copy"]["chrf"]


def test_files_are_translated_line_by_line(tmp_path):
    """The target names the file of the other side."""
    (tmp_path / "t.de").write_text("\n".join(GERMAN))
    (tmp_path / "t.en").write_text("\n".join(ENGLISH))
    fitted = Translator(hidden_size=4, epochs=1, settings=SETTINGS)
    fitted.fit(tmp_path / "t.de", target=str(tmp_path / "t.en"))
    assert fitted.schema_.names() == ("de", "en")


@pytest.mark.parametrize(
    ("source", "target", "came"), [(["a"], ["b", "c"], "1 texts and 2"), ([1.0], ["b"], "list and 1")]
)
def test_lists_must_belong_together(source, target, came):
    """The message says what came."""
    with pytest.raises(DataError, match=f"expected two lists of texts of the same length, came {came}"):
        Translator().fit(source, target)
