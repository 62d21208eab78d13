"""What all estimators have in common."""

import numpy as np
import pytest
from sklearn.base import clone

from seqloom import Forecaster, SequenceClassifier, SequenceRegressor, load
from seqloom.errors import NotFittedError, SettingsError
from seqloom.read import ReadSettings, read

QUICK = {"hidden_size": 4, "epochs": 1}
RNG = np.random.default_rng(0)
SEQUENCES = [RNG.normal(k % 2, 0.3, 5 + k % 4) for k in range(24)]
LABELS = [k % 2 for k in range(24)]
TABLE = {"load": 10 + np.sin(np.arange(60) / 3)}


def padded():
    """The sequences in one array, what lies beyond their ends being nonsense, and their lengths."""
    lengths = [len(values) for values in SEQUENCES]
    array = np.full((len(SEQUENCES), max(lengths) + 1, 1), 77.0)
    for place, values in enumerate(SEQUENCES):
        array[place, : len(values), 0] = values
    return array, lengths


def test_padding_does_not_count():
    """A 3-D array with lengths gives the model of the list of its sequences."""
    array, lengths = padded()
    listed = SequenceClassifier(**QUICK).fit(SEQUENCES, LABELS).predict_proba(SEQUENCES)
    cut = SequenceClassifier(**QUICK).fit(array, LABELS, lengths=lengths).predict_proba(array, lengths=lengths)
    assert np.array_equal(listed, cut)


def test_an_array_without_lengths_is_taken_whole():
    """A [B, T, F] array is as many sequences of the same length."""
    data = RNG.normal(size=(20, 6, 3))
    model = SequenceRegressor(**QUICK).fit(data, data.mean(axis=(1, 2)))
    assert np.array_equal(model.predict(list(data)), model.predict(data))


def test_arrays_are_judged_with_their_labels():
    """Labels beside arrays tell how good a model is."""
    model = SequenceClassifier(**QUICK).fit(SEQUENCES, LABELS)
    assert model.evaluate(SEQUENCES, LABELS).metrics["model"]["accuracy"] == model.score(SEQUENCES, LABELS)


def test_what_was_read_can_be_fitted():
    """A data set gives the model of the table it was read from."""
    chosen = Forecaster(2, lookback=6, **QUICK)
    direct, by_way = clone(chosen).fit(TABLE, target="load"), clone(chosen).fit(read(TABLE))
    assert np.array_equal(direct.predict(TABLE).values, by_way.predict(read(TABLE)).values)


def test_what_was_read_is_not_read_again():
    """Words on how to read come too late for a data set."""
    with pytest.raises(
        SettingsError, match="target: expected a table or a path, came a data set that was read without"
    ):
        Forecaster(2, **QUICK).fit(read(TABLE), target="load")


def test_an_unknown_column_word_is_refused():
    """A typing error in `fit` is answered with a guess, under the name of the estimator."""
    with pytest.raises(
        SettingsError, match="Forecaster: expected a known setting, came 'taget'; did you mean 'target'"
    ):
        Forecaster(2, **QUICK).fit(TABLE, taget="load")


def test_a_test_set_given_apart_is_the_one_judged():
    """What is given as `test` is judged, and no part of the data is held out for it."""
    model = SequenceClassifier(**QUICK)
    model.fit(read_labelled(SEQUENCES[:18], LABELS[:18]), test=read_labelled(SEQUENCES[18:], LABELS[18:]))
    assert model.fitted_.judged.judgement.examples == 6


def read_labelled(sequences, labels):
    """A data set of sequences and labels."""
    lengths = [len(values) for values in sequences]
    columns = {
        "id": np.repeat(np.arange(len(sequences)), lengths),
        "x": np.concatenate(sequences),
        "kind": np.repeat(["ab"[label] for label in labels], lengths),
    }
    return read(columns, settings=ReadSettings(target="kind", group="id", per_step_target=False))


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """A model that was saved and loaded, and the one it was."""
    model = Forecaster(2, seed=5, **QUICK).fit(TABLE)
    return load(model.save(tmp_path_factory.mktemp("saved") / "model.loom")), model


def test_a_loaded_model_has_the_parameters_it_was_made_with(loaded):
    """Constructor arguments are found again, with what was chosen in place of None."""
    parameters = loaded[0].get_params()
    assert (parameters["horizon"], parameters["hidden_size"], parameters["seed"]) == (2, 4, 5)


def test_a_loaded_model_can_be_fitted_again(loaded):
    """The same data gives the same model once more."""
    again = clone(loaded[0]).fit(TABLE)
    assert np.array_equal(again.predict(TABLE).values, loaded[1].predict(TABLE).values)


def test_a_loaded_model_still_has_its_report(loaded):
    """The page can be drawn from what was saved."""
    assert loaded[0].report_ == loaded[1].report_


def test_a_loaded_model_knows_what_the_fit_found(loaded):
    """Metrics of the model and of the alternatives are kept."""
    assert (loaded[0].metrics_, loaded[0].baselines_) == (loaded[1].metrics_, loaded[1].baselines_)


def test_the_columns_of_training_are_known(loaded):
    """The schema says what may be given for a prediction."""
    assert loaded[0].schema_.targets == ("load",)


@pytest.mark.parametrize("name", ["report_", "metrics_", "baselines_", "schema_"])
def test_before_a_fit_nothing_is_known(name):
    """What is learned is not there before, as scikit-learn's users expect."""
    with pytest.raises(NotFittedError, match="expected a fitted estimator, came one before fit; call fit first"):
        getattr(Forecaster(), name)
