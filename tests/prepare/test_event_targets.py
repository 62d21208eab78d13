from dataclasses import replace

import numpy as np
import pytest

from seqloom.errors import DataError, SchemaError
from seqloom.prepare import Pipeline, PrepareSettings, last_rows, whole
from seqloom.sequence import Category, Number

TYPES = ["pass", "pass", "shot", "pass", "shot", "pass"]
TIMES = np.array([0.0, 2.0, 2.0, 0.0, 5.0, 6.0])
X = [1.0, 2.0, 3.0, 4.0, None, 6.0]
TEAM = ["home", "away", "home", "home", "away", "home"]


@pytest.fixture
def events(dataset):
    """Maker of two sequences of three events."""

    def make(types=TYPES, times=TIMES, **steps):
        columns = {"kind": types, "x": np.array(X, dtype=np.float64), "team": TEAM, **steps}
        return dataset(columns, lengths=[3, len(types) - 3], target="kind", times=times)

    return make


@pytest.fixture
def fit():
    """Fits a pipeline on all of a data set."""

    def make(events, **settings):
        settings = PrepareSettings(**{"missing": "impute", "attributes": "x,team"} | settings)
        return Pipeline.fit(events, whole(events, "train"), settings, task="events")

    return make


def test_the_target_of_an_event_is_the_next_of_its_sequence(events, fit):
    """Type, mark and logarithm of the gap, number and category of the row below; nothing after the last."""
    prepared = fit(events()).transform(events())
    history, targets = prepared.history, prepared.targets
    np.testing.assert_array_equal(targets[[0, 1, 3, 4]], history[[1, 2, 4, 5]])
    assert np.isnan(targets[[2, 5]]).all()
    assert history[:, 0].tolist() == [0, 0, 1, 0, 1, 0]
    np.testing.assert_array_equal(history[:, 1], [np.nan, 0, 1, np.nan, 0, 0])
    np.testing.assert_array_equal(history[:, 4], [1, 0, 1, 1, 0, 1])  # labels in order: away, home
    assert np.isnan(history[4, 3])


def test_an_event_is_an_input_with_its_type_gap_and_attributes(events, fit):
    """The type is embedded like any category, and the gap stands beside the numbers."""
    prepared = fit(events()).transform(events())
    assert prepared.code_names == ("kind", "team")
    assert prepared.number_names == ("x", "x:missing", "gap:zero", "gap")
    assert prepared.numbers[:, 2].tolist() == [0, 0, 1, 0, 0, 0]


def test_truth_comes_back_in_the_units_of_the_data(events, fit):
    """Gaps, numbers and labels of the rows below."""
    pipeline = fit(events(), scale_by="group")
    examples = last_rows(pipeline.transform(events()))
    truth = pipeline.targets.truth(_all_rows(examples))
    assert truth.types.tolist() == [0, 1, -1, 1, 0, -1]
    np.testing.assert_allclose(truth.gaps, [2, 0, np.nan, 5, 1, np.nan], rtol=1e-6)  # float32 in between
    np.testing.assert_allclose(truth.numbers["x"], [2, 3, np.nan, np.nan, 6, np.nan], rtol=1e-6)
    assert truth.categories["team"].tolist() == [0, 1, -1, 0, 1, -1]


def test_predictions_are_in_the_units_of_the_data(events, fit):
    """A scaled number of 0 is the training mean; a scaled logarithm of 0 is the geometric mean of the gaps."""
    pipeline = fit(events())
    ones = np.ones((2, 1))
    outputs = {"probabilities": np.array([[0.6, 0.4], [0.1, 0.9]]), "zero": np.zeros(2), "weights": ones}
    outputs |= {"centers": 0 * ones, "spreads": ones, "numbers": 0 * ones, "deviations": ones}
    outputs |= {"category_0": np.array([[0.2, 0.8], [0.7, 0.3]])}
    found = pipeline.targets.prediction(outputs, last_rows(pipeline.transform(events())), 0.9)
    assert found.labels.tolist() == ["pass", "shot"]
    assert found.steps.tolist() == [4, 4]
    assert found.times.tolist() == [2.0, 6.0]
    assert found.gaps.quantile(0.5) == pytest.approx([10 ** (1 / 3)] * 2)  # of 2, 5 and 1
    number, category = found.attributes["x"], found.attributes["team"]
    assert isinstance(number, Number)
    assert isinstance(category, Category)
    assert number.mean == pytest.approx([16 / 5] * 2)
    assert category.most_probable.tolist() == ["home", "away"]


def test_a_restored_pipeline_prepares_the_same(events, fit):
    """Settings and arrays hold all of it."""
    pipeline = fit(events())
    restored = Pipeline.restore(pipeline.settings(), pipeline.arrays())
    before, after = pipeline.transform(events()), restored.transform(events())
    np.testing.assert_array_equal(before.targets, after.targets)
    np.testing.assert_array_equal(before.numbers, after.numbers)
    assert after.event == before.event


def test_without_a_clock_there_is_no_gap(events, fit):
    """Only types and attributes are predicted."""
    prepared = fit(events(times=None)).transform(events(times=None))
    assert prepared.event.gap is False
    assert "gap" not in prepared.number_names


def test_a_type_not_met_in_training_is_unknown_where_the_user_says_so(events, fit):
    """Nobody is judged by it, and it is read as the unknown entry."""
    pipeline = fit(events(), unseen="unknown")
    other = events(types=["pass", "card", "shot", "pass", "shot", "pass"])
    prepared = pipeline.transform(other)
    assert np.isnan(prepared.targets[0, 0])
    assert prepared.codes[1, 0] == 0


def test_an_event_without_a_type_is_refused(events, fit):
    """Whatever happens to other missing values."""
    types = ["pass", None, "shot", "pass", "shot", "pass"]
    with pytest.raises(DataError, match=r"column 'kind', row 2: expected the type of the event, came an empty cell"):
        fit(events(types=types))


def test_a_single_type_is_refused(events, fit):
    """There is nothing to tell apart."""
    with pytest.raises(DataError, match="expected at least two types of events in the training part, came only 'pass'"):
        fit(events(types=["pass"] * 6))


def test_sequences_of_one_event_are_refused(dataset, fit):
    """Nothing follows anything."""
    single = dataset({"kind": ["a", "b"]}, lengths=[1, 1], target="kind")
    with pytest.raises(DataError, match="expected a sequence of at least two events, came one event in each"):
        fit(single, attributes="")


def test_a_target_of_numbers_is_refused(dataset, fit):
    """Types are labels."""
    with pytest.raises(SchemaError, match="expected one column with the type of each event, came 'y', a number"):
        fit(dataset({"y": [1.0, 2.0, 3.0]}), attributes="")


def test_an_unknown_attribute_is_refused(events, fit):
    """Those there are are named."""
    with pytest.raises(SchemaError, match="expected columns of events: x, team, came 'player'"):
        fit(events(), attributes="player")


def _all_rows(examples):
    """The same with every row asked."""
    return replace(examples, warm=np.zeros(len(examples), np.int64))
