"""How far a reading lies from what was forecast."""

import math

import numpy as np
import polars as pl
import pytest

import seqloom
from seqloom.live import Reading
from seqloom.live.anomaly import scored
from seqloom.live.stepper import Stretch

BEFORE = {
    "time": ["2024-01-01T01:00:00", "2024-01-01T02:00:00"],
    "x": [10.0, 11.0],
    "x_q10": [8.0, 7.0],
    "x_q90": [14.0, 15.0],
}
AT = 1704070800_000000.0
"""The time that was forecast, in microseconds since 1970."""


def score(value, before=BEFORE, time=AT):
    """Of one reading."""
    stretch = Stretch(None, [{"x": [1.0]}], [time])
    (answer,) = scored(stretch, [Reading({"x": value})], ["x"], before)
    return answer.get("x_anomaly", "nothing")


@pytest.mark.parametrize(("value", "expected"), [(10.0, 0.0), (14.0, 1.0), (8.0, 1.0), (18.0, 2.0), (2, 4.0)])
def test_a_score_counts_distances_to_the_border_of_the_interval(value, expected):
    """On the side on which the reading lies."""
    assert score(value) == pytest.approx(expected)


def test_a_missing_value_or_another_time_has_no_score():
    """The forecast was of something else."""
    assert score(None) is None
    assert score(10.0, time=AT + 1) is None
    assert score(10.0, BEFORE | {"time": [1, 2]}, 1.0) == 0


def test_an_interval_without_width_gives_no_score():
    """Nothing is said of how likely anything else is."""
    assert score(9.0, BEFORE | {"x_q10": [10.0, 10.0]}) is None


@pytest.mark.parametrize("before", [None, {"waiting": 3}, {"x": [1.0]}])
def test_where_nothing_was_forecast_there_is_no_score(before):
    """The first readings of a stream, or a model without intervals."""
    assert score(10.0, before) == "nothing"


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    """A forecaster of a noisy wave, saved and loaded."""
    rng = np.random.default_rng(3)
    wave = np.sin(np.arange(400) / 4) + rng.normal(0, 0.1, 400)
    table = pl.DataFrame(
        {"time": np.datetime64("2024-01-01T00", "us") + np.arange(400) * np.timedelta64(1, "h"), "x": wave}
    )
    found = seqloom.Forecaster(horizon=2, lookback=12, epochs=8, hidden_size=8)
    return seqloom.load(found.fit(table, target="x", time="time").save(tmp_path_factory.mktemp("model") / "wave.loom"))


def test_streams_score_their_readings(model, tmp_path):
    """In one call or in many, and after a restart; a jump stands out."""
    rng = np.random.default_rng(4)
    values = (np.sin(np.arange(60) / 4) + rng.normal(0, 0.1, 60)).tolist()
    values[40] += 4.0
    stamps = [str(np.datetime64("2025-01-01T00") + hour) for hour in range(60)]
    found = []
    for hour, (value, stamp) in enumerate(zip(values, stamps, strict=True)):
        with model.stream(tmp_path / "s.db") as streams:  # as if it had been restarted
            found.append(streams.step({"x": value}, time=stamp, seq=hour))
    assert all("x_anomaly" not in answer for answer in found[:12])
    scores = [answer["x_anomaly"] for answer in found[12:]]
    assert all(math.isfinite(one) for one in scores)
    assert int(np.argmax(scores)) == 40 - 12
    assert scores[28] > 5 * np.median(scores)
    with model.stream(tmp_path / "s.db") as streams:
        assert streams.step({"x": values[-1]}, time=stamps[-1], seq=59) == found[-1]
    with model.stream() as streams:
        said = [streams.step({"x": value}, time=stamp) for value, stamp in zip(values, stamps, strict=True)]
    assert [one.get("x_anomaly") for one in said] == [one.get("x_anomaly") for one in found]
