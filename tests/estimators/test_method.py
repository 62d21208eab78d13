"""Simple methods in the place of networks: all of them, from data to a saved model and back."""

import numpy as np
import polars as pl
import pytest

import seqloom
from seqloom.alternatives import Alternatives, Drift, Naive
from seqloom.artifact import load
from seqloom.errors import DataError, SettingsError
from seqloom.estimators import FitSettings, fit_dataset, plan
from seqloom.estimators.method import others
from seqloom.read import read
from seqloom.simple import METHODS
from seqloom.tasks import TASKS

OF_TEXTS = ("tfidf", "nb_bigrams")
OF_WORDS = ("word_tag", "ending_tag")


def sentences(count=36):
    """Short sentences of enough different words to be words, and what each of them is."""
    nouns = [f"{where}{who}" for where in ("garden", "river", "hill", "sea") for who in ("dog", "bird", "tree")]
    verbs = [f"{what}{ending}" for what in ("bark", "sing", "grow", "stand") for ending in ("s", "ed", "ing")]
    words = [["The", nouns[k % 12], verbs[(k + k // 12) % 12]][: 2 + k % 2] for k in range(count)]
    return words, [["DET", "NOUN", "VERB"][: len(own)] for own in words]


def rows(task, method):
    """A table for a method, and how it is read."""
    drawn, count = np.random.default_rng(0), 40
    if task == "forecast":
        days = np.datetime64("2024-01-01") + np.arange(120)
        wave = np.sin(np.arange(120) * 2 * np.pi / 7) + drawn.normal(0, 0.1, 120)
        return {"day": days.astype("datetime64[us]"), "load": wave}, {"target": ["load"], "horizon": 2, "lookback": 9}
    if method in OF_TEXTS:
        texts = [" ".join(drawn.choice(["a", "so", ("good", "bad")[k % 2]], 6)) for k in range(count)]
        answer = {"regress": [float(k % 2) for k in range(count)], "label": ["x|y", "z"] * (count // 2)}
        return {"text": texts, "y": answer.get(task, ["yes", "no"] * (count // 2))}, {
            "text": ["text"],
            "target": ["y"],
            "min_count": 1,
            **({"label_separator": "|"} if task == "label" else {}),
        }
    length, key = 5, np.repeat(np.arange(count), 5)
    level = drawn.normal(key % 2, 0.6)
    table = {"id": key, "a": level, "b": drawn.normal(size=count * length)}
    answers = {
        "classify": {"y": np.array(["low", "high", "top"])[(key % 2) + (key % 7 == 0)]},
        "regress": {"y": (key % 2 + key % 5 / 10).astype(float)},
        "label": {"y": (key % 2).astype(float), "z": (key % 3 == 0).astype(float)},
        "anomaly": {"y": level},
        "tag": {"y": np.where(level > 0.5, "up", "down")},
    }
    return table | answers[task], {"target": list(answers[task]), "group": "id"}


def fitted(task, method, **more):
    """A finished fit, and a data set it can be asked about."""
    if method in OF_WORDS:
        model = seqloom.Tagger(method=method).fit(*sentences())
        return model.fitted_, sentences()[0][:5]
    table, given = rows(task, method)
    settings = FitSettings.flat({"task": task, "method": method, **given, **more})
    dataset = read(table, settings=settings.reading)
    return fit_dataset(dataset, settings), dataset


@pytest.mark.parametrize(("task", "method"), [(task, one.name) for task, rows in METHODS.items() for one in rows])
def test_every_method_is_fitted_saved_and_loaded(task, method, tmp_path):
    """It answers as before, and is judged beside all others but itself."""
    found, asked = fitted(task, method)
    bundle, judged = found.bundle, found.judged
    assert method not in judged.judgement.metrics
    assert len(judged.judgement.metrics) > 1
    estimators = {"forecast": seqloom.Forecaster, "classify": seqloom.SequenceClassifier, "tag": seqloom.Tagger}
    estimators |= {"regress": seqloom.SequenceRegressor, "label": seqloom.SequenceLabeler}
    estimators |= {"anomaly": seqloom.AnomalyDetector}
    model = estimators[task](method=method)
    model.bundle_ = bundle
    again = seqloom.load(model.save(tmp_path / "model"))
    assert again.method == method
    before, after = model.answer(asked).numbers(), again.answer(asked).numbers()
    assert before.keys() == after.keys()
    for name, values in before.items():
        np.testing.assert_array_equal(after[name], values)


def test_nothing_is_said_of_a_training():
    """There was none: no epochs, no section, no settings of a network."""
    found, _ = fitted("forecast", "ridge")
    assert found.walked.run is None
    assert found.bundle.history == ()
    assert found.summary(None)["epochs"] is None
    assert "training" not in [section.title.lower() for section in found.report.sections]
    assert not {"cell", "hidden_size", "epochs", "learning_rate"} & set(found.bundle.settings)
    assert found.bundle.settings["method"] == "ridge"
    assert FitSettings.flat(found.bundle.settings).model.lookback == 9


def test_the_verdict_is_about_simple_methods():
    """Recurrence has no part in it."""
    found, _ = fitted("forecast", "drift")
    assert found.report.question == "Is it the simple method to take?"
    assert found.report.title == "load of table: the drift forecast"
    sentence = found.judged.judgement.verdict.sentence
    assert "recurrence" not in sentence
    assert "beats the drift forecast by" in sentence
    assert sentence.endswith("in squared error: it is the better one of the two.")


def test_intervals_hold_what_they_promise():
    """On the validation part they were measured on, at least that share."""
    found, _ = fitted("forecast", "ridge", interval=0.8)
    assert found.validation.metrics["model"]["coverage_80"] >= 0.8
    assert (found.bundle.model.interval_offsets > 0).all()


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"epochs": 3}, "epochs: expected a network, came ridge; leave epochs out"),
        ({"hidden_size": 3}, "hidden_size: expected a network, came ridge"),
        ({"cell": "gru"}, "cell: expected a network, came ridge"),
    ],
)
def test_settings_of_a_network_are_refused(given, message):
    """They would change nothing."""
    with pytest.raises(SettingsError, match=message):
        fitted("forecast", "ridge", **given)


def test_a_method_for_other_data_is_refused():
    """The message lists those for such data."""
    settings = FitSettings.flat({"task": "classify", "method": "tfidf", "target": ["y"], "group": "id"})
    dataset = read(rows("classify", "logistic")[0], settings=settings.reading)
    with pytest.raises(
        SettingsError, match="expected one of majority, logistic, feed_forward, nearest, rocket for such data"
    ):
        plan(dataset, settings)


def test_a_method_of_another_task_is_refused():
    """The message lists those of the task."""
    with pytest.raises(SettingsError, match=r"method: expected one of network, naive, .*came 'logistic'"):
        fitted("forecast", "logistic")


def test_a_method_that_finds_nothing_to_learn_says_why():
    """A series without a season has no last one."""
    table = {"load": np.random.default_rng(0).normal(size=100)}
    settings = FitSettings.flat({"task": "forecast", "method": "seasonal_naive", "horizon": 2, "lookback": 4})
    dataset = read(table)
    with pytest.raises(DataError, match=r"method seasonal_naive: expected data .*no season was found"):
        fit_dataset(dataset, settings)


def test_refit_learns_from_the_validation_part_as_well():
    """What is measured stays what was measured without it."""
    one, other = fitted("forecast", "ridge")[0].walked, fitted("forecast", "ridge", refit=True)[0].walked
    assert one.model is one.validated
    np.testing.assert_array_equal(other.validated.alternative.weights, one.model.alternative.weights)
    assert not np.array_equal(other.model.alternative.weights, one.model.alternative.weights)
    assert other.model.interval_offsets.tolist() == one.model.interval_offsets.tolist()


def test_a_saved_method_is_fitted_again_to_other_data(tmp_path):
    """By its own preparation and settings; there are no weights to go on from."""
    table, _ = rows("forecast", "ridge")
    first = seqloom.Forecaster(2, method="ridge", lookback=9).fit(table, target="load")
    place = first.save(tmp_path / "model")
    more = {**table, "load": table["load"] * 3 + 5}
    second = seqloom.Forecaster().fit(more, start=seqloom.load(place))
    assert second.bundle_.settings["method"] == "ridge"
    assert second.bundle_.pipeline.settings() == first.bundle_.pipeline.settings()
    weights = [model.bundle_.model.alternative.weights for model in (first, second)]
    assert weights[0].shape == weights[1].shape
    with pytest.raises(SettingsError, match="epochs: expected a network, came ridge"):
        seqloom.Forecaster(epochs=3).fit(more, start=seqloom.load(place))


def test_evaluation_leaves_the_method_out_of_the_others():
    """With a training part for them, and without."""
    table, _ = rows("forecast", "naive")
    model = seqloom.Forecaster(2, method="naive", lookback=9).fit(table, target="load")
    assert set(model.evaluate(table).metrics) == {"model", "seasonal_naive", "drift"}
    judged = model.evaluate(pl.DataFrame(table).head(90), test=pl.DataFrame(table).tail(30))
    assert set(judged.metrics) == {"model", "seasonal_naive", "drift", "ridge", "ar"}


def test_a_network_is_compared_with_all():
    """None of them is itself."""
    alternatives = Alternatives((Naive(), Drift()), {"ar": "why not"})
    assert others(alternatives, load("tests/artifact/golden/forecast.loom").model) is alternatives


def test_methods_for_numbers_and_texts():
    """Slow ones as well, with which networks are not compared unless somebody asks."""
    settings = FitSettings.flat({"task": "classify", "target": ["y"], "group": "id"})
    dataset = read(rows("classify", "logistic")[0], settings=settings.reading)
    training = plan(dataset, settings).examples["train"]
    assert [one.name for one in TASKS["classify"].methods_for(training)] == [
        *("majority", "logistic", "feed_forward", "nearest", "rocket")
    ]


def test_everything_but_nets_is_compared_with_a_simple_method():
    """There is no training that others could be trained like."""
    found, _ = fitted("classify", "logistic", against="full")
    assert set(found.judged.judgement.metrics) == {"model", "majority", "feed_forward", "nearest", "rocket"}


def test_a_threshold_is_chosen_by_what_a_miss_costs():
    """As for a network, on the validation part."""
    table, given = rows("classify", "logistic")
    table = {**table, "y": np.where(table["y"] == "low", "low", "other")}
    settings = FitSettings.flat({"task": "classify", "method": "majority", "miss_cost": 1000, **given})
    found = fit_dataset(read(table, settings=settings.reading), settings)
    assert float(found.bundle.model.threshold) < 0.5
    assert found.bundle.settings["miss_cost"] == 1000
