import numpy as np
import pytest

from seqloom.sequence import Category, EventPrediction, Gaps, Number


def prediction(**more):
    """Two events of two types."""
    return EventPrediction(
        target="kind",
        probabilities=np.array([[0.7, 0.3], [0.2, 0.8]]),
        types=("pass", "shot"),
        keys=np.array(["a", "b"]),
        steps=np.array([3, 7]),
        **more,
    )


def test_columns_hold_type_and_probabilities():
    """One row per event under the name of the column of types."""
    columns = prediction().to_columns()
    assert list(columns) == ["sequence", "step", "kind", "probability_pass", "probability_shot"]
    assert columns["kind"].tolist() == ["pass", "shot"]


def test_gaps_are_written_with_median_and_interval():
    """The median of a log-normal is the exponential of its center; the interval is that of the levels."""
    ones = np.ones((2, 1))
    gaps = Gaps(np.zeros(2), ones, np.log(np.array([[2.0], [5.0]])), ones)
    columns = prediction(gaps=gaps, times=np.array([10.0, 20.0]), interval=0.8).to_columns()
    assert columns["after"].tolist() == [10.0, 20.0]
    assert columns["gap"] == pytest.approx([2.0, 5.0])
    assert (columns["gap_q10"] < columns["gap"]).all()
    assert (columns["gap"] < columns["gap_q90"]).all()


def test_attributes_are_written_beside():
    """Numbers with their interval, categories with their probability."""
    attributes = {
        "x": Number(np.array([1.0, 2.0]), np.array([1.0, 1.0])),
        "team": Category(np.array([[0.9, 0.1], [0.4, 0.6]]), ("home", "away")),
    }
    columns = prediction(attributes=attributes).to_columns()
    assert columns["x_q95"] == pytest.approx([1 + 1.6449, 2 + 1.6449], abs=1e-4)  # of a standard normal
    assert columns["team"].tolist() == ["home", "away"]
    assert columns["probability of team"].tolist() == [0.9, 0.6]
