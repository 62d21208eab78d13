"""The estimator that gives any number of labels."""

import numpy as np
import polars as pl
import pytest
from sklearn.base import clone
from sklearn.metrics import f1_score

from seqloom import SequenceClassifier, SequenceLabeler, load
from seqloom.errors import DataError, SchemaError, SettingsError

RNG = np.random.default_rng(0)
TRUTH = np.array([[k % 2, k // 2 % 2, k // 4 % 2] for k in range(48)])
SEQUENCES = [np.stack([RNG.normal(own, 0.2, 4 + k % 3) for own in TRUTH[k]], axis=1) for k in range(48)]
NAMES = np.array(["crime", "drama", "sport"])
SETS = [set(NAMES[row == 1]) for row in TRUTH]
QUICK = {"threads": 1, "members": 1, "convolution": False, "learning_rate": 0.03}


def labeler(epochs=1, **choices):
    """One that takes a moment."""
    return SequenceLabeler(hidden_size=4, epochs=epochs, settings={**QUICK, **choices})


@pytest.fixture(scope="module")
def learned():
    """A labeler that has learned its sets."""
    return labeler(epochs=25).fit(SEQUENCES, SETS)


def films(**columns):
    """A table of texts with labels in these columns."""
    words = ["gun", "tears", "goal"]
    texts = [" ".join(["the film was", *(words[k] for k in np.flatnonzero(row))]) for row in TRUTH]
    return {"plot": texts, **columns}


CELLS = films(genres=[" | ".join(sorted(labels)) or None for labels in SETS])
COLUMNS = films(**{name: TRUTH[:, k] for k, name in enumerate(NAMES)})
TEXTS = {"text": ["plot"], "min_count": 1, "threads": 1}


def test_answers_are_a_matrix_as_in_scikit_learn(learned):
    """Its metrics take it, and the score is the share of sequences with all labels right."""
    predicted = learned.predict(SEQUENCES)
    assert predicted.shape == TRUTH.shape
    assert predicted.dtype == np.int64
    assert f1_score(TRUTH, predicted, average="micro") > 0.9
    assert learned.score(SEQUENCES, TRUTH) == (predicted == TRUTH).all(axis=1).mean()
    assert clone(learned).get_params()["epochs"] == 25


def test_labels_are_named_in_the_order_of_the_classes(learned):
    """Probabilities above the thresholds are the labels."""
    thresholds = learned.bundle_.model.thresholds.numpy()
    stated = learned.predict_proba(SEQUENCES)
    assert learned.classes_.tolist() == NAMES.tolist()
    expected = [tuple(NAMES[row]) for row in stated >= thresholds]
    assert learned.predict_labels(SEQUENCES) == expected


def test_a_loaded_model_answers_the_same(learned, tmp_path):
    """Labels, thresholds and probabilities come with the artifact, and other data is judged by them."""
    loaded = load(learned.save(tmp_path / "labels.loom"))
    assert isinstance(loaded, SequenceLabeler)
    np.testing.assert_array_equal(loaded.predict_proba(SEQUENCES[:5]), learned.predict_proba(SEQUENCES[:5]))
    assert loaded.predict_labels(SEQUENCES) == learned.predict_labels(SEQUENCES)
    metrics = loaded.evaluate(SEQUENCES, TRUTH).metrics["model"]
    assert metrics["f1_micro"] == pytest.approx(f1_score(TRUTH, loaded.predict(SEQUENCES), average="micro"))
    assert loaded.evaluate(SEQUENCES, SETS).metrics["model"] == metrics


def test_a_matrix_has_labels_by_number(tmp_path):
    """They are integers after loading, too."""
    loaded = load(labeler().fit(SEQUENCES, TRUTH).save(tmp_path / "labels.loom"))
    assert loaded.classes_.tolist() == [0, 1, 2]
    assert np.issubdtype(loaded.classes_.dtype, np.integer)


@pytest.mark.parametrize(("table", "target", "separator"), [(CELLS, "genres", "|"), (COLUMNS, ",".join(NAMES), None)])
def test_tables_hold_labels_in_cells_or_in_columns(table, target, separator, tmp_path):
    """Both are learned alike; the artifact reads either again, and predicts where there is none."""
    model = SequenceLabeler(hidden_size=4, epochs=1, label_separator=separator, settings=TEXTS)
    loaded = load(model.fit(table, target=target).save(tmp_path / "labels.loom"))
    assert loaded.classes_.tolist() == NAMES.tolist()
    truth = loaded.predict(table)
    assert loaded.evaluate(table).metrics["model"]["subset_accuracy"] == (truth == TRUTH).all(axis=1).mean()
    np.testing.assert_array_equal(loaded.predict({"plot": table["plot"]}), truth)


def test_alternatives_of_texts_stand_beside():
    """The most frequent labels, TF-IDF weights, and bigrams weighted by naive Bayes."""
    model = SequenceLabeler(hidden_size=4, epochs=1, label_separator="|", settings=TEXTS).fit(CELLS, target="genres")
    assert list(model.baselines_) == ["most_common", "tfidf", "nb_bigrams"]
    titles = [section.title for section in model.report_.sections]
    assert titles[1:4] == ["Labels", "Probabilities", "Mistakes"]


def test_unknown_labels_are_left_out_where_that_is_asked_for():
    """A sequence of which nothing is known is refused by default."""
    some = [None if k % 8 == 0 else labels for k, labels in enumerate(SETS)]
    with pytest.raises(DataError, match=r"column 'crime'.*expected a value, came a missing one"):
        labeler().fit(SEQUENCES, some)
    model = labeler(missing="impute").fit(SEQUENCES, some)
    assert np.isfinite(model.predict_proba(SEQUENCES)).all()


def test_a_threshold_of_one_half_can_be_asked_for():
    """By default each label has its own."""
    sizes = {"validation_size": 20, "test_size": 4}
    chosen, half = (labeler(threshold=way, **sizes).fit(SEQUENCES, TRUTH) for way in ("f1", "half"))
    assert half.bundle_.model.thresholds.tolist() == [0.5] * 3 != chosen.bundle_.model.thresholds.tolist()


def test_recordings_are_labelled_too():
    """Arrays with a rate are sounds."""
    sounds = [RNG.normal(0, 0.1 + level, 2000) for level in TRUTH[:, 0]]
    model = labeler().fit(sounds, TRUTH[:, :2], rate=8000)
    assert model.predict(sounds[:3], rate=8000).shape == (3, 2)
    assert list(model.baselines_) == ["most_common", "logistic"]


def test_settings_without_a_say_are_refused():
    """Weights by rarity are of classes, and a separator is of labels."""
    with pytest.raises(SettingsError, match="class_weights: expected classes or tags, came labels"):
        labeler(class_weights="balanced").fit(SEQUENCES, TRUTH)


def test_a_label_is_no_feature():
    """A name that both have would be read as one column."""
    with pytest.raises(DataError, match="expected no name of a feature, came 'x0'"):
        labeler().fit(SEQUENCES, [{"x0"}, set()] * 24)


def test_several_columns_are_no_classes():
    """The message names the task that takes them."""
    with pytest.raises(SchemaError, match="pass --task label"):
        SequenceClassifier(epochs=1, settings=TEXTS).fit(pl.DataFrame(COLUMNS), target=",".join(NAMES))
