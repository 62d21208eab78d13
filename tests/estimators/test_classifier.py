"""The estimator that gives labels."""

import numpy as np
import pytest

from seqloom import SequenceClassifier, load
from seqloom.errors import DataError, SettingsError

RNG = np.random.default_rng(0)
SEQUENCES = [RNG.normal(k % 2, 0.3, 5 + k % 4) for k in range(24)]
KINDS = {
    "integers": ([3, 10], np.int64),
    "booleans": ([False, True], np.bool_),
    "texts": (["busy", "calm"], np.str_),
    "texts of digits": (["1", "2"], np.str_),
    "numbers": ([0.5, 1.5], np.float64),
}


def fitted(labels, epochs=1):
    """A classifier of the sequences, every other of which has the second label."""
    return SequenceClassifier(hidden_size=4, epochs=epochs).fit(SEQUENCES, [labels[k % 2] for k in range(24)])


@pytest.mark.parametrize("kind", KINDS)
def test_labels_come_back_as_they_were_given(kind):
    """Predictions are labels of the kind the fit was given."""
    labels, dtype = KINDS[kind]
    predicted = fitted(labels).predict(SEQUENCES)
    assert np.issubdtype(predicted.dtype, dtype)
    assert set(predicted.tolist()) <= set(labels)


@pytest.mark.parametrize("kind", KINDS)
def test_a_loaded_model_knows_the_kind_of_its_labels(kind, tmp_path):
    """Classes are of their kind after saving and loading, in the order of the probabilities."""
    labels, dtype = KINDS[kind]
    loaded = load(fitted(labels).save(tmp_path / "model.loom"))
    assert np.issubdtype(loaded.classes_.dtype, dtype)
    assert loaded.classes_.tolist() == labels


def test_labels_of_a_table_are_of_the_kind_of_its_column():
    """A column of integers named as the target gives integers."""
    lengths = [len(values) for values in SEQUENCES]
    table = {
        "id": np.repeat(np.arange(24), lengths),
        "x": np.concatenate(SEQUENCES),
        "kind": np.repeat(np.arange(24) % 2, lengths),
    }
    model = SequenceClassifier(hidden_size=4, epochs=1).fit(table, target="kind", group="id")
    assert model.classes_.tolist() == [0, 1]


def test_probabilities_are_in_the_order_of_the_classes():
    """The column of the label a sequence clearly has holds the larger probability."""
    model = fitted(["low", "high"], epochs=30)
    assert model.classes_[model.predict_proba([np.full(6, 1.0)]).argmax()] == "high"


def test_the_score_is_the_accuracy():
    """As scikit-learn has it."""
    model, truth = fitted([3, 10]), np.array([[3, 10][k % 2] for k in range(24)])
    assert model.score(SEQUENCES, truth) == np.mean(model.predict(SEQUENCES) == truth)


def test_one_label_is_nothing_to_tell_apart():
    """At least two classes are needed."""
    with pytest.raises(DataError, match="expected at least two classes in the training part, came only 'a'"):
        fitted(["a", "a"])


def test_labels_beside_a_table_are_refused():
    """A table names its column instead."""
    with pytest.raises(SettingsError, match="came dict; name the columns of a table instead: target=, group="):
        SequenceClassifier().fit({"x": [1.0, 2.0]}, [0, 1])
