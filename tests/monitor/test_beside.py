"""Two models on the same readings."""

import orjson
import pytest

from seqloom.monitor import Beside, Facts
from seqloom.store import Record

FORECAST = Facts("served", "forecast", ("x",), (), {})
CLASSES = Facts("served", "classify", ("kind",), (), {})


def record(seq, answer, value=0.0, stream="a", truth=None, digest="served"):
    """A record with this answer."""
    inputs = orjson.dumps({"values": {"x": value}, "time": None, "ahead": []})
    truth = None if truth is None else orjson.dumps(truth)
    return Record(stream, 0, seq, digest, seq, None, inputs, orjson.dumps(answer), truth)


def test_forecasts_are_judged_by_the_readings_that_follow():
    """Both by the same ones, from the same reading on."""
    beside = Beside(FORECAST)
    values = [1.0, 2.0, 4.0, 7.0]
    pairs = [
        (record(seq, {"x": value}, value), record(seq, {"x": value + 1} if seq else {"waiting": 1}, value))
        for seq, value in enumerate(values)
    ]
    beside.see(pairs)
    quality = beside.standing()["quality"]["error of x"]
    assert quality["answers"] == 2  # the shadow waited at reading 0
    assert quality["served"] == pytest.approx((2 + 3) / 2)
    assert quality["shadow"] == pytest.approx((1 + 2) / 2)
    assert beside.standing()["apart"]["x"] == {"answers": 3, "mean": 1.0}


def test_classes_are_judged_when_the_truth_is_told():
    """Whoever was right; a truth that nobody was asked for is of no use."""
    beside = Beside(CLASSES)
    told = [{"prediction": "on", "probability_on": 0.9}, {"prediction": "off", "probability_on": 0.2}]
    beside.see([(record(0, told[0]), record(0, told[1])), (record(1, told[0]), record(1, told[0]))])
    assert beside.standing()["quality"] == {}
    beside.tell([record(0, told[0], truth="on"), record(5, told[0], truth="on")])
    right = beside.standing()["quality"]["right answers"]
    assert (right["answers"], right["served"], right["shadow"]) == (1, 1.0, 0.0)
    assert beside.standing()["apart"]["prediction"]["mean"] == 0.5


def test_alarms_are_judged_when_their_marks_are_told():
    """And compared with each other: how often only one of both sounds."""
    beside = Beside(Facts("served", "anomaly", ("x",), (), {}, marks=("odd",)))
    quiet, loud = {"score": 0.5, "alarm": False}, {"score": 2.0, "alarm": True}
    beside.see([(record(0, quiet), record(0, loud)), (record(1, quiet), record(1, quiet))])
    beside.tell([record(0, quiet, truth={"odd": 1}), record(1, quiet, truth=False)])
    assert beside.standing()["quality"]["right answers"] == {"answers": 2, "served": 0.5, "shadow": 1.0}
    assert beside.standing()["apart"]["alarm"] == {"answers": 2, "mean": 0.5}


def test_nothing_seen_is_nothing_said():
    """No numbers out of nothing."""
    assert Beside(FORECAST).standing() == {"quality": {}, "apart": {}}
