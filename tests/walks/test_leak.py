"""Nothing flows back: neither from later parts into what is learned, nor from later steps into a forecast."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from seqloom import Forecaster, SequenceClassifier, SequenceRegressor
from seqloom.model import predict
from seqloom.prepare import joint
from seqloom.read import read

STEPS, TRAINED = 90, 60
SITES = ("a", "b")
LAST = {"epochs": 2, "hidden_size": 4, "keep": "last", "patience": 0}
"""Training whose weights no validation part has a say in: a fixed number of epochs, the last one's weights."""
OTHERS = ("validation", "test")
MEASURED_ON_VALIDATION = {"interval_offsets", "temperature", "threshold", "thresholds"}
WINDOW = {**LAST, "horizon": 3, "lookback": 8, "group": "site", "time": "day", "target": "load", "unseen": "unknown"}
FORECASTS = {
    "as it is": {},
    "robust, by group": {"scaling": "robust", "scale_by": "group"},
    "imputed, one-hot": {"missing": "impute", "encoding": "one-hot"},
    "filled forward, minmax": {"missing": "forward-fill", "scaling": "minmax"},
    "two targets": {"target": "load,warmth", "segment": 2},
    "relative to the window": {"normalize": "window"},
}
ESTIMATORS = {"kind": SequenceClassifier, "life": SequenceRegressor}


def sites(*, steps=STEPS, changed_from=STEPS):
    """Two sites of so many days; from a day on everything but the clock is another."""
    parts = []
    for number, site in enumerate(SITES):
        drawn, other = (np.random.default_rng([number, seed]) for seed in (1, 2))
        day = np.arange(steps)
        load = 10 + 3 * np.sin(day * 0.9 + number) + drawn.normal(0, 0.3, STEPS + 20)[:steps]
        warmth = drawn.normal(15, 4, STEPS + 20)[:steps]
        colour = np.array(["red", "green", "blue"], dtype=object)[day % 3]
        later = day >= changed_from
        load[later] = other.normal(500, 90, steps)[later]
        warmth[later] = other.normal(-70, 30, steps)[later]
        colour[later] = np.array(["blue", "mauve"], dtype=object)[other.integers(0, 2, steps)][later]
        stamps = np.datetime64("2024-01-01", "us") + day * np.timedelta64(86_400_000_000, "us")
        columns = {"site": [site] * steps, "day": stamps, "load": load, "warmth": warmth, "colour": colour}
        parts.append(pl.DataFrame(columns, strict=False))
    return pl.concat(parts)


def forecaster(table, steps=STEPS, **settings):
    """A forecaster fitted to the first days of each site; the others validate and test."""
    sizes = {"validation_size": 15, "test_size": steps - TRAINED - 15}
    return Forecaster(settings={**WINDOW, **sizes, **settings}).fit(table)


def movements(*, changed=()):
    """Forty sequences that say which part they belong to; those of some parts may be changed."""
    rows = []
    for key in range(40):
        part = ("train", "train", "validation", "test")[key % 4]
        seed = 7 if part in changed else 1
        drawn = np.random.default_rng([seed, key])
        kind = int(drawn.integers(0, 2)) if seed != 1 else key // 4 % 2
        steps = int(drawn.integers(4, 12))
        values = seed * np.sin(np.arange(steps) * (0.3 + kind)) + drawn.normal(0, 0.1, steps)
        label = ("slow", "fast")[kind]
        rows += [(f"{key:02d}", step, value, part, label, steps / seed) for step, value in enumerate(values.tolist())]
    return pl.DataFrame(rows, schema=["id", "step", "x", "part", "kind", "life"], orient="row")


def sequences(table, target, *, refit=False):
    """A classifier or regressor fitted to the movements."""
    other = next(name for name in ESTIMATORS if name != target)
    roles = {"target": target, "group": "id", "time": "step", "split_column": "part", "ignore": other, "refit": refit}
    return ESTIMATORS[target](settings={**LAST, **roles}).fit(table)


def learned(model):
    """Everything that was learned from the training part, as bytes."""
    walked = model.fitted_.walked
    weights = {
        name: tensor.numpy().tobytes()
        for name, tensor in walked.model.state_dict().items()
        if name.rpartition(".")[2] not in MEASURED_ON_VALIDATION
    }
    statistics = {name: array.tobytes() for name, array in walked.pipeline.arrays().items()}
    losses = [line["loss"] for line in walked.run.history]
    chosen = {name: value for name, value in walked.settings.flattened().items() if name != "test_size"}
    return {"weights": weights, "statistics": statistics, "losses": losses, "settings": chosen}


def alternative_answers(model, examples):
    """What each alternative that this fit came to says of some examples."""
    fitted = model.fitted_.judged.answered.alternatives.fitted
    return {alternative.name: alternative.predict(joint(examples)).tobytes() for alternative in fitted}


def forecasts(which):
    """A forecaster, and one fitted to data with other rows and more of them after the training part."""
    changed = sites(steps=STEPS + 9, changed_from=TRAINED)
    return forecaster(sites(), **FORECASTS[which]), forecaster(changed, STEPS + 9, **FORECASTS[which])


def answers(which):
    """A classifier or regressor, and one fitted to data with other sequences in the later parts."""
    return sequences(movements(), which), sequences(movements(changed=OTHERS), which)


@pytest.fixture(params=[(forecasts, which) for which in FORECASTS] + [(answers, which) for which in ESTIMATORS])
def fits(request):
    """A model, and one fitted to data that is the same in the training part alone."""
    make, which = request.param
    return make(which)


def test_other_parts_change_nothing_that_is_learned(fits):
    """Other values, labels, lengths and rows leave weights, statistics, training losses and chosen settings alone."""
    before, after = fits
    assert learned(before) == learned(after)


@pytest.mark.parametrize("target", ESTIMATORS)
def test_a_model_trained_anew_on_both_parts_owes_nothing_to_the_test_part(target):
    """As above, for training and validation part together."""
    before, after = (sequences(movements(changed=parts), target, refit=True) for parts in ((), ("test",)))
    assert learned(before) == learned(after)


def test_other_parts_change_no_alternative(fits):
    """Asked the same, the simple methods answer the same to the last bit."""
    before, after = fits
    asked = before.fitted_.walked.examples["train"]
    assert alternative_answers(before, asked) == alternative_answers(after, asked)


@pytest.mark.parametrize("which", FORECASTS)
def test_the_changes_are_noticed_where_they_are_meant_to_be(which):
    """The same fits do not agree on the test part, so that the comparisons above could fail."""
    before, after = forecasts(which)
    assert before.metrics_["test"]["mse"] != after.metrics_["test"]["mse"]


@pytest.fixture(params=list(FORECASTS))
def windows(request):
    """A forecaster, some of its test windows, and the same windows in data that is another after them."""
    model, moment = forecaster(sites(), **FORECASTS[request.param]), STEPS - 6
    walked = model.fitted_.walked
    test = walked.examples["test"]
    early = test.take(np.flatnonzero(test.stop - test.prepared.offsets[test.sequence] <= moment))
    changed = read(sites(changed_from=moment), schema=model.bundle_.schema)
    return model, early, replace(early, prepared=walked.pipeline.transform(changed))


def test_the_future_of_a_window_does_not_change_its_forecast(windows):
    """Values and intervals of the model are the same whatever comes after the window."""
    model, before, after = windows
    forecasts = [predict(model.bundle_.model, model.bundle_.pipeline, examples) for examples in (before, after)]
    assert len(before)
    np.testing.assert_array_equal(forecasts[0].quantiles, forecasts[1].quantiles)


def test_the_future_of_a_window_does_not_change_the_alternatives(windows):
    """The simple methods look back only, too."""
    model, before, after = windows
    assert alternative_answers(model, before) == alternative_answers(model, after)
