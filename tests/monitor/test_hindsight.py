"""Predictions judged by what came true."""

import json
import math

import pytest

from seqloom.monitor.followed import Stream
from seqloom.monitor.hindsight import RIGHT, SURPRISE, coverage_of, error_of, hindsight_of

DAY = 86_400_000_000
CLASSES = {"prediction": "cat", "probability_cat": 0.8, "probability_dog": 0.2}


def forecast(*values, times=None, name="load"):
    """An answer with an interval of one around each value."""
    answer = {name: list(values), f"{name}_q05": [v - 1 for v in values], f"{name}_q95": [v + 1 for v in values]}
    return answer | ({"time": list(times)} if times else {})


def judged(record, rows, hindsight=None, **others):
    """What each of these readings says of the forecasts before it; rows of value, answer and other fields."""
    hindsight, stream = hindsight or hindsight_of("forecast", ("load",)), Stream(1)
    return [
        hindsight.later(stream, record(seq, {"load": value}, answer, **more), {"load": value}, answer)
        for seq, (value, answer, more) in enumerate(rows)
    ]


def test_a_forecast_is_judged_by_the_readings_that_follow(record):
    """Each by the forecast made last, once the one before is used up."""
    rows = [(0.0, forecast(1.0, 2.0), {}), (1.5, forecast(9.0, 9.0), {}), (9.0, forecast(3.0, 3.0), {}), (3.0, {}, {})]
    error, coverage = error_of("load"), coverage_of("load")
    assert judged(record, rows) == [
        {},
        {error: 0.5, coverage: 1.0},
        {error: 7.0, coverage: 0.0},
        {error: 0.0, coverage: 1.0},
    ]


def test_a_forecast_of_one_step_is_one_too(record):
    """Its answer has values instead of lists."""
    answer = {"load": 2.0, "load_q05": 1.0, "load_q95": 3.0}
    assert judged(record, [(0.0, answer, {}), (2.5, answer, {})])[1] == {
        error_of("load"): 0.5,
        coverage_of("load"): 1.0,
    }


def test_with_a_clock_steps_are_found_by_their_time(record):
    """A reading that was left out leaves out its step; one beyond the forecast begins another."""
    answer = forecast(1.0, 2.0, 3.0, times=["1970-01-02", "1970-01-03", "1970-01-04"])
    later = forecast(7.0, 7.0, 7.0, times=["1970-01-10", "1970-01-11", "1970-01-12"])
    rows = [
        (0.0, answer, {"time": 0}),
        (2.5, {}, {"time": 2 * DAY}),
        (2.5, {}, {"time": 2 * DAY + 1}),
        (9.0, later, {"time": 8 * DAY}),
        (7.5, {}, {"time": 9 * DAY}),
    ]
    assert [found.get(error_of("load")) for found in judged(record, rows)] == [None, 0.5, None, None, 0.5]


def test_a_stream_begun_anew_is_not_judged_by_its_past(record):
    """Nor is a missing value an error, nor a forecaster that waits wrong."""
    rows = [(0.0, forecast(1.0), {}), (5.0, {"waiting": 3}, {"epoch": 1}), (5.0, {}, {"epoch": 1}), (None, {}, {})]
    assert judged(record, rows) == [{}, {}, {}, {}]
    assert judged(record, [(0.0, forecast(1.0), {}), (None, {}, {})]) == [{}, {}]


@pytest.mark.parametrize("truth", ["dog", {"animal": "dog"}])
def test_a_class_is_judged_by_what_is_told(truth):
    """The label itself, or under the name of its column."""
    found = hindsight_of("classify", ("animal",)).told(CLASSES, truth)
    assert found == {RIGHT: 0.0, SURPRISE: -math.log(0.2)}


@pytest.mark.parametrize("truth", [None, {}, {"other": "dog"}, [1], {"animal": None}])
def test_a_truth_of_something_else_says_nothing(truth):
    """Whatever was told."""
    assert hindsight_of("tag", ("animal",)).told(CLASSES, truth) == {}
    assert hindsight_of("regress", ("animal",)).told({"animal": 1.0}, truth) == {}


def test_a_class_nobody_knew_is_a_great_surprise():
    """But a finite one."""
    found = hindsight_of("classify", ("animal",)).told(CLASSES, "mouse")
    assert (found[RIGHT], math.isfinite(found[SURPRISE])) == (0.0, True)


@pytest.mark.parametrize(
    ("truth", "said", "right"),
    [
        ({"odd": 1}, True, ("anomaly", "anomaly")),
        ({"odd": 0}, True, ("anomaly", "usual")),
        (True, False, ("usual", "anomaly")),
        (0.0, False, ("usual", "usual")),
    ],
)
def test_an_alarm_is_judged_by_the_mark_that_is_told(truth, said, right):
    """By name or by itself, as a number or as true and false."""
    hindsight, answer = hindsight_of("anomaly", ("load",), ("odd",)), {"score": 1.0, "alarm": said}
    assert hindsight.pair(answer, truth) == right
    assert hindsight.told(answer, truth) == {RIGHT: float(right[0] == right[1])}


@pytest.mark.parametrize("truth", [None, 2, "odd", {"load": 1}, {"odd": None}, {"odd": "1"}, [1]])
def test_what_is_no_mark_says_nothing_of_an_alarm(truth):
    """Nor does a mark where the model knows of none, nor one of an answer without an alarm."""
    answer = {"score": 1.0, "alarm": True}
    hindsight = hindsight_of("anomaly", ("load",), ("odd",))
    assert (hindsight.pair(answer, truth), hindsight.told(answer, truth)) == (None, {})
    assert hindsight_of("anomaly", ("load",)).told(answer, 1) == {}
    assert hindsight.told({"waiting": 3}, 1) == {}


def test_values_are_judged_by_what_is_told():
    """One by itself, several by name."""
    assert hindsight_of("regress", ("a",)).told({"a": 1.0}, 3) == {error_of("a"): 2.0}
    assert hindsight_of("regress", ("a", "b")).told({"a": 1.0, "b": 2.0}, {"b": 0}) == {error_of("b"): 2.0}
    assert hindsight_of("regress", ("a", "b")).told({"a": 1.0, "b": 2.0}, 5) == {}


def test_the_next_event_judges_the_one_foretold(record):
    """As long as no reading is missing between them."""
    hindsight, stream = hindsight_of("events", ("action",)), Stream(1)
    said = {"action": "pass", "probability_pass": 0.5}
    assert hindsight.later(stream, record(0, {}, said), {"action": "shot"}, said) == {}
    assert hindsight.later(stream, record(1, {}, said), {"action": "pass"}, said) == {
        RIGHT: 1.0,
        SURPRISE: -math.log(0.5),
    }
    assert hindsight.later(stream, record(3, {}, said), {"action": "pass"}, said) == {}


def test_a_token_is_judged_as_it_comes(record):
    """The answer says how probable it was; some tasks say nothing at all."""
    said = {"log_probability": -1.5}
    assert hindsight_of("language", ("text",)).later(Stream(1), record(0, {}, said), {}, said) == {SURPRISE: 1.5}
    assert hindsight_of("label", ("text",)).later(Stream(1), record(0, {}, said), {}, said) == {}
    assert hindsight_of("label", ("text",)).told(said, "x") == {}


@pytest.mark.parametrize("task", ["classify", "tag"])
def test_classes_are_paired_with_what_was_true(task):
    """As a value or by column; of anything else there is no pair."""
    hindsight = hindsight_of(task, ("kind",))
    assert hindsight.pair(CLASSES, "dog") == hindsight.pair(CLASSES, {"kind": "dog"}) == ("cat", "dog")
    switch = json.loads('{"truth": true}')["truth"]
    assert hindsight.pair({"prediction": "true"}, switch) == ("true", "true")
    assert hindsight.pair(CLASSES, {"other": "dog"}) is None
    assert hindsight.pair({"waiting": 3}, "dog") is None
    assert hindsight.told({"prediction": "true"}, switch) == {RIGHT: 1.0}
    assert hindsight_of("forecast", ("load",)).pair(forecast(1.0), 2.0) is None
