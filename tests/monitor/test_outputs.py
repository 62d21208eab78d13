"""What of an answer is watched."""

import pytest

from seqloom.monitor import said_of


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"load": [1.0, 3.0], "load_q10": [0.0, 1.0], "time": ["2024", "2025"]}, {"load": 2.0}),
        ({"load": [None, None], "load_anomaly": None}, {"load": None}),
        ({"load": 2.0, "load_anomaly": 0.5}, {"load": 2.0, "load_anomaly": 0.5}),
        (
            {"prediction": "x", "probability_x": 0.7, "probability_y": 0.3},
            {"prediction": "x", "confidence": 0.7},
        ),
        ({"best": "a", "log_probability": -1.0, "waiting": 3}, {}),
    ],
)
def test_forecasts_by_their_mean_classes_by_their_name_and_how_probable_they_are(answer, said):
    """Times, quantiles and what is told elsewhere are no signals."""
    assert said_of(answer) == said
