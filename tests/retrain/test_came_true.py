"""Answers judged by what came true."""

import math

import numpy as np
import orjson
import pytest

from seqloom.live import Form
from seqloom.retrain import errors_beside
from seqloom.sequence import Column, Schema
from seqloom.store import Record


def form(kind="number", *, asked=False, targets=("y",)):
    """Readings with these targets, which are an input where they are asked for."""
    columns = tuple(Column(name=name, kind=kind, role="target") for name in targets)
    read = targets if asked else ()
    return Form(
        schema=Schema(columns=(*columns, Column(name="x", kind="number", role="past"))),
        clock="none",
        numbers=("x", *(read if kind == "number" else ())),
        listed=read if kind == "category" else (),
        spelt=(),
        static_numbers=(),
        static_listed=(),
        labels={},
        known=(),
        unasked=() if asked else targets,
        closed=True,
    )


def records(answers, *, truths=None, values=None, stream="a"):
    """A record for each answer."""
    return {
        (stream, 0, seq): Record(
            stream,
            0,
            seq,
            "d",
            0,
            None,
            orjson.dumps({"values": {} if values is None else values[seq]}),
            orjson.dumps(answer),
            None if truths is None or truths[seq] is None else orjson.dumps(truths[seq]),
        )
        for seq, answer in enumerate(answers)
    }


def test_values_are_judged_by_what_was_told():
    """In units of the spread of what came true; what was not told is left out."""
    truths = [{"y": 0.0}, None, {"y": 4.0}, 2.0]
    mine = records([{"y": 1.0}, {"y": 9.0}, {"y": 4.0}, {"y": 2.0}], truths=truths)
    other = records([{"y": 0.0}, {"y": 0.0}, {"y": 2.0}, {"y": 2.0}], truths=truths)
    before, after = errors_beside(form(), mine, other)
    spread = np.std([0.0, 4.0, 2.0])
    assert before["squared error"] == pytest.approx(np.array([1, 0, 0]) / spread**2)
    assert after["squared error"] == pytest.approx(np.array([0, 4, 0]) / spread**2)


def test_forecasts_are_judged_by_the_readings_that_follow():
    """As far as they came; the last one is not judged yet."""
    values = [{"y": value} for value in (5.0, 1.0, 3.0, 5.0)]
    mine = records([{"y": [1.0, 3.0]}, {"y": [0.0, 0.0]}, {"y": [5.0, 9.0]}, {"y": [7.0, 7.0]}], values=values)
    before, _ = errors_beside(form(asked=True), mine, mine)
    spread = np.std([1, 3, 3, 5, 5])
    assert before["squared error"] == pytest.approx(np.array([0, (9 + 25) / 2, 0]) / spread**2)


def test_forecasts_of_one_step_are_no_lists():
    """And are judged alike; one that waits for its lookback says nothing."""
    values = [{"y": value} for value in (5.0, 1.0, 3.0)]
    mine = records([{"waiting": 1}, {"y": 2.0}, {"y": 0.0}], values=values)
    before, after = errors_beside(form(asked=True), mine, mine)
    assert before["squared error"] == pytest.approx([1 / np.std([1, 3]) ** 2]) == after["squared error"]


def test_several_targets_count_alike():
    """Whatever their units."""
    truths = [{"y": 0.0, "z": 0.0}, {"y": 1.0, "z": 1000.0}]
    mine = records([{"y": 0.5, "z": 0.0}, {"y": 1.0, "z": 1500.0}], truths=truths)
    before, _ = errors_beside(form(targets=("y", "z")), mine, mine)
    assert before["squared error"] == pytest.approx([0.5, 0.5])


def test_classes_are_judged_by_mistakes_and_by_how_little_they_were_expected():
    """A label the model does not know was not expected at all."""
    answers = [{"prediction": "a", "probability_a": 0.8, "probability_b": 0.2}] * 3
    before, _ = errors_beside(form("category"), *[records(answers, truths=["a", "b", "c"])] * 2)
    assert before["mistakes"].tolist() == [0, 1, 1]
    assert before["log loss"] == pytest.approx([-math.log(0.8), -math.log(0.2), -math.log(np.finfo(float).eps)])


def test_events_are_judged_by_the_next_one():
    """Its type, and the probability it was given."""
    values = [{"y": kind} for kind in "aba"]
    answers = [{"y": "b", "probability_a": 0.1, "probability_b": 0.9}, {"y": "b", "probability_a": 0.5}, {"y": "a"}]
    before, _ = errors_beside(form("category", asked=True), *[records(answers, values=values)] * 2)
    assert before["mistakes"].tolist() == [0, 1]
    assert before["log loss"] == pytest.approx([-math.log(0.9), -math.log(0.5)])


def test_running_text_says_itself_how_little_it_was_expected():
    """The first reading of a stream is judged by nothing."""
    answers = [{"surprise": None}, {"surprise": 2.0}, {"surprise": 3.0}]
    before, after = errors_beside(
        form("text", asked=True), records(answers), records([{"surprise": one} for one in (None, 1.0, None)])
    )
    assert before["negative log-likelihood"].tolist() == [2, 3]
    assert after["negative log-likelihood"][0] == 1
    assert np.isnan(after["negative log-likelihood"][1])


def test_only_what_both_answered_is_compared():
    """By stream, epoch and number, in their order."""
    truths = [0.0, 1.0, 2.0]
    mine, other = records([{"y": 0.0}] * 3, truths=truths), records([{"y": 1.0}] * 3, truths=truths)
    del other["a", 0, 0]
    before, after = errors_beside(form(), mine, other)
    assert (len(before["squared error"]), len(after["squared error"])) == (2, 2)
    assert errors_beside(form(), mine, {}) == ({}, {})


def test_a_number_that_is_missing_in_the_other_answer_shows():
    """It is not left out, so that nobody wins by saying nothing."""
    truths = [0.0, 1.0]
    before, after = errors_beside(
        form(), records([{"y": 0.0}] * 2, truths=truths), records([{"y": None}, {"y": 1.0}], truths=truths)
    )
    assert np.isfinite(before["squared error"]).all()
    assert np.isnan(after["squared error"]).tolist() == [True, False]
