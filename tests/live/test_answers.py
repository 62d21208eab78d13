import numpy as np

from seqloom.live.answers import answers
from seqloom.sequence import ClassPrediction, ForecastPrediction


def test_an_answer_of_one_row_has_plain_values():
    """Python's own, which JSON knows; what is not a number is None."""
    prediction = ClassPrediction(
        np.array(["a", "b"]), np.array([[0.25, 0.75], [np.nan, 0.5]]), ("a", "b"), np.array(["x", "y"])
    )
    assert answers(prediction, 2) == [
        {"prediction": "a", "probability_a": 0.25, "probability_b": 0.75},
        {"prediction": "b", "probability_a": None, "probability_b": 0.5},
    ]


def test_an_answer_of_several_rows_has_lists():
    """One entry for each step ahead, time stamps in ISO 8601."""
    times = np.array([["2024-01-01T00:30", "2024-01-01T01:00"]] * 2, dtype="datetime64[us]")
    values = np.arange(4.0).reshape(2, 2, 1)
    found = answers(ForecastPrediction(values, values[..., None], (0.5,), ("y",), np.array(["a", "b"]), times), 2)
    assert found[1]["y"] == [2.0, 3.0]
    assert found[0]["time"] == ["2024-01-01T00:30", "2024-01-01T01:00"]
