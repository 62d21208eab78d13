"""How strange each step is."""

import numpy as np

from seqloom.sequence import AnomalyPrediction

PREDICTION = AnomalyPrediction(
    scores=np.array([0.0, 0.4, 1.6, 3.0]),
    parts=np.array([[0.0, 0.0], [0.9, 0.1], [0.2, 0.8], [np.nan, np.nan]]),
    expected=np.array([[np.nan, np.nan], [1.0, 2.0], [1.0, 2.0], [1.0, 2.0]]),
    targets=("a", "b"),
    keys=np.array(["s"] * 4, dtype=object),
    steps=np.arange(1, 5),
    times=np.arange("2024-01-01", "2024-01-05", dtype="datetime64[D]"),
)


def test_beyond_one_is_an_alarm():
    """One itself is not."""
    assert PREDICTION.alarms.tolist() == [False, False, True, True]


def test_the_reason_is_the_largest_part():
    """None without a score, the state where no column can be named."""
    assert PREDICTION.reasons.tolist() == ["", "a", "b", "state"]


def test_a_row_says_where_when_how_strange_and_what_was_expected():
    """As a table is written."""
    columns = PREDICTION.to_columns()
    assert list(columns) == ["sequence", "step", "time", "score", "alarm", "reason", "a_expected", "b_expected"]
    assert columns["b_expected"].tolist()[1:] == [2.0, 2.0, 2.0]
    assert list(PREDICTION.numbers()) == ["scores"]
