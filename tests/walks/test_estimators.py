"""The estimators as scikit-learn's users know them."""

import numpy as np
import polars as pl
import pytest
from sklearn.base import clone
from sklearn.model_selection import GridSearchCV, cross_val_score

from seqloom import Forecaster, SequenceClassifier, SequenceRegressor, load
from seqloom.read import read

KINDS = {
    "integers": ([3, 10], np.int64),
    "booleans": ([False, True], np.bool_),
    "texts": (["calm", "busy"], np.str_),
    "texts of digits": (["1", "2"], np.str_),
    "numbers": ([0.5, 1.5], np.float64),
}


def sequences(count=24):
    """Sequences of different length whose level tells their class, and the class."""
    rng = np.random.default_rng(0)
    return [rng.normal(i % 2, 0.3, size=5 + i % 4) for i in range(count)], [i % 2 for i in range(count)]


@pytest.fixture(params=[Forecaster, SequenceClassifier, SequenceRegressor])
def estimator(request):
    """One of each kind, with a setting of its own."""
    return request.param(hidden_size=5, settings={"batch_size": 8})


def test_a_clone_has_the_same_parameters(estimator):
    """Cloning copies what was chosen and nothing that was learned."""
    assert clone(estimator).get_params() == estimator.get_params()


def test_a_parameter_can_be_set(estimator):
    """Parameters are set by name and read back."""
    assert estimator.set_params(hidden_size=7).get_params()["hidden_size"] == 7


def test_an_unknown_parameter_is_refused(estimator):
    """A name the constructor does not have is an error."""
    with pytest.raises(ValueError, match="Invalid parameter 'width'"):
        estimator.set_params(width=7)


@pytest.mark.parametrize("kind", KINDS)
def test_labels_come_back_as_they_were_given(kind):
    """Predictions are labels of the kind the fit was given."""
    labels, dtype = KINDS[kind]
    data, classes = sequences()
    model = SequenceClassifier(hidden_size=4, epochs=1).fit(data, [labels[c] for c in classes])
    predicted = model.predict(data)
    assert np.issubdtype(predicted.dtype, dtype)
    assert set(predicted.tolist()) <= set(labels)


@pytest.mark.parametrize("kind", KINDS)
def test_a_loaded_model_knows_the_kind_of_its_labels(kind, tmp_path):
    """Labels are of their kind after saving and loading, in the order of the probabilities."""
    labels, dtype = KINDS[kind]
    data, classes = sequences()
    model = SequenceClassifier(hidden_size=4, epochs=1).fit(data, [labels[c] for c in classes])
    loaded = load(model.save(tmp_path / "model.loom"))
    assert np.issubdtype(loaded.classes_.dtype, dtype)
    assert loaded.classes_.tolist() == sorted(labels)


@pytest.mark.parametrize("table", [dict, pl.DataFrame])
def test_labels_of_a_table_are_of_the_kind_of_its_column(table):
    """A column of integers named as the target gives integers."""
    data, classes = sequences()
    columns = {
        "id": np.repeat(np.arange(len(data)), [len(values) for values in data]),
        "x": np.concatenate(data),
        "kind": np.repeat(classes, [len(values) for values in data]),
    }
    model = SequenceClassifier(hidden_size=4, epochs=1).fit(table(columns), target="kind", group="id")
    assert model.classes_.tolist() == [0, 1]


def test_a_grid_is_searched():
    """Scikit-learn's grid search fits classifiers to lists of arrays and scores them."""
    data, classes = sequences()
    search = GridSearchCV(SequenceClassifier(epochs=15), {"hidden_size": [2, 4]}, cv=2).fit(data, classes)
    assert search.best_params_["hidden_size"] in (2, 4)
    assert search.best_score_ > 0.5


def test_regressors_are_cross_validated():
    """Scikit-learn scores regressors on lists of arrays."""
    data, _ = sequences()
    scores = cross_val_score(SequenceRegressor(hidden_size=4, epochs=1), data, [float(np.mean(x)) for x in data], cv=2)
    assert np.isfinite(scores).all()


def test_padding_does_not_count():
    """A 3-D array with lengths gives the model of the list of its sequences."""
    data, classes = sequences()
    padded = np.full((len(data), 9, 1), 77.0)
    lengths = [len(values) for values in data]
    for place, values in enumerate(data):
        padded[place, : len(values), 0] = values
    chosen = SequenceClassifier(hidden_size=4, epochs=2)
    listed = clone(chosen).fit(data, classes).predict_proba(data)
    cut = clone(chosen).fit(padded, classes, lengths=lengths).predict_proba(padded, lengths=lengths)
    assert np.array_equal(listed, cut)


def test_an_array_without_lengths_is_taken_whole():
    """A [B, T, F] array is as many sequences of the same length."""
    data = np.random.default_rng(0).normal(size=(20, 6, 3))
    model = SequenceRegressor(hidden_size=4, epochs=1).fit(data, data.mean(axis=(1, 2)))
    assert model.predict(data[:5]).shape == (5,)


def test_several_values_per_sequence():
    """Targets [B, C] give predictions [B, C]."""
    data, _ = sequences()
    targets = np.array([[x.mean(), x.max()] for x in data])
    model = SequenceRegressor(hidden_size=4, epochs=1).fit(data, targets)
    assert model.predict(data[:3]).shape == (3, 2)


def test_arrays_are_judged_with_their_labels():
    """Labels beside arrays tell how good a model is."""
    data, classes = sequences()
    model = SequenceClassifier(hidden_size=4, epochs=1).fit(data, classes)
    metrics = model.evaluate(data, classes).metrics["model"]
    assert metrics["accuracy"] == pytest.approx(model.score(data, classes))


def test_what_was_read_can_be_fitted():
    """A data set read before gives the model of its table."""
    table = {"load": 10 + np.sin(np.arange(60) / 3)}
    chosen = Forecaster(horizon=2, lookback=6, hidden_size=4, epochs=1)
    before = clone(chosen).fit(table, target="load").predict(table).values
    data = read(table)
    assert np.array_equal(clone(chosen).fit(data).predict(data).values, before)


def test_a_loaded_model_has_the_parameters_it_was_made_with(tmp_path):
    """Constructor arguments are found again, with what was chosen in place of None."""
    model = Forecaster(horizon=2, hidden_size=4, epochs=1, seed=5).fit({"load": np.sin(np.arange(60) / 3)})
    parameters = load(model.save(tmp_path / "model.loom")).get_params()
    assert (parameters["horizon"], parameters["hidden_size"], parameters["seed"]) == (2, 4, 5)


def test_a_loaded_model_can_be_fitted_again(tmp_path):
    """Fitting a loaded estimator to the same data gives the same model once more."""
    table = {"load": np.sin(np.arange(60) / 3)}
    model = Forecaster(horizon=2, hidden_size=4, epochs=1, seed=5).fit(table)
    again = load(model.save(tmp_path / "model.loom")).fit(table)
    assert np.array_equal(again.predict(table).values, model.predict(table).values)
