import numpy as np

from seqloom.sequence import (
    ClassPrediction,
    ForecastPrediction,
    FramePrediction,
    TextPrediction,
    ValuePrediction,
)


def test_a_forecast_becomes_one_row_per_example_and_step_ahead():
    """Each target has its value and its quantiles, in the order of the steps."""
    prediction = ForecastPrediction(
        values=np.array([[[1.0, 10.0], [2.0, 20.0]], [[3.0, 30.0], [4.0, 40.0]]]),
        quantiles=np.arange(16.0).reshape(2, 2, 2, 2),
        levels=(0.05, 0.95),
        targets=("load", "wind"),
        keys=np.array(["a", "b"]),
        times=np.array([[7, 8], [5, 6]]),
    )
    columns = {name: column.tolist() for name, column in prediction.to_columns().items()}
    assert columns == {
        "sequence": ["a", "a", "b", "b"],
        "time": [7, 8, 5, 6],
        "step": [1, 2, 1, 2],
        "load": [1, 2, 3, 4],
        "load_q05": [0, 4, 8, 12],
        "load_q95": [1, 5, 9, 13],
        "wind": [10, 20, 30, 40],
        "wind_q05": [2, 6, 10, 14],
        "wind_q95": [3, 7, 11, 15],
    }


def test_classes_become_one_row_per_sequence():
    """The label, then the probability of each class."""
    prediction = ClassPrediction(
        labels=np.array(["up", "down"]),
        probabilities=np.array([[0.2, 0.8], [0.7, 0.3]]),
        classes=("down", "up"),
        keys=np.array([1, 2]),
    )
    columns = {name: column.tolist() for name, column in prediction.to_columns().items()}
    assert columns == {
        "sequence": [1, 2],
        "prediction": ["up", "down"],
        "probability_down": [0.2, 0.7],
        "probability_up": [0.8, 0.3],
    }


def test_values_become_one_row_per_sequence():
    """Each target is a column."""
    prediction = ValuePrediction(np.array([[1.0, 2.0], [3.0, 4.0]]), ("a", "b"), np.array(["x", "y"]))
    columns = {name: column.tolist() for name, column in prediction.to_columns().items()}
    assert columns == {"sequence": ["x", "y"], "a": [1, 3], "b": [2, 4]}


def test_values_per_step_say_which_step_they_are():
    """One row per step of each sequence."""
    prediction = ValuePrediction(np.array([[1.0], [2.0]]), ("a",), np.array(["x", "x"]), np.array([1, 2]))
    columns = {name: column.tolist() for name, column in prediction.to_columns().items()}
    assert columns == {"sequence": ["x", "x"], "step": [1, 2], "a": [1, 2]}


def test_texts_become_one_row_per_sequence():
    """The text stands in the column of the target."""
    prediction = TextPrediction(np.array(["a dog"]), np.array([-1.5]), "english", np.array(["x"]))
    columns = {name: column.tolist() for name, column in prediction.to_columns().items()}
    assert columns == {"sequence": ["x"], "english": ["a dog"], "log_probability": [-1.5]}


def test_probabilities_of_frames_follow_from_their_logits():
    """A logit of log 3 is a probability of three quarters; large ones lead to no overflow."""
    logits = np.array([[np.log(3), 0.0], [1000.0, -1000.0]])
    prediction = FramePrediction(logits, ("a", "b"), np.array(["s", "s"]), np.array([1, 2]))
    np.testing.assert_allclose(prediction.probabilities, [[0.75, 0.5], [1, 0]], atol=1e-12)  # rounding
    columns = prediction.to_columns()
    assert list(columns) == ["sequence", "step", "probability_a", "probability_b"]
    assert columns["step"].tolist() == [1, 2]
