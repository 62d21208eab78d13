"""Simple models as words and arrays, and back."""

import numpy as np
import pytest
import torch

from seqloom.alternatives import LookbackRidge
from seqloom.errors import ArtifactError
from seqloom.model import InputSizes, ModelSettings
from seqloom.simple import SIMPLE, restored, written

SETTINGS = ModelSettings(method="ridge", lookback=3, horizon=2)
SIZES = InputSizes(numbers=1, targets=1, horizon=2)


def parts():
    """Words and arrays of a forecast with an interval."""
    model = SIMPLE["forecast"](SETTINGS, SIZES, LookbackRidge(np.arange(6.0).reshape(2, 3)))
    model.interval_offsets.copy_(torch.tensor([[1.0], [2.0]]))
    return written(model, "here")


def test_a_model_is_written_and_restored():
    """With what was measured on validation examples."""
    words, arrays = parts()
    assert words == {"weights": None}
    assert arrays.keys() == {"method.weights", "interval_offsets"}
    model = restored("forecast", SETTINGS, SIZES, words, arrays, "here")
    np.testing.assert_array_equal(model.alternative.weights, np.arange(6.0).reshape(2, 3))
    assert model.interval_offsets.tolist() == [[1], [2]]
    assert not model.training


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"interval_offsets": None}, "here: expected beside the method the arrays 'interval_offsets', came none"),
        ({"more": np.zeros(1)}, "came 'interval_offsets', 'more'"),
        (
            {"interval_offsets": np.zeros((3, 1), np.float32)},
            r"expected finite float32 of shape \(2, 1\), came float32 of",
        ),
        ({"interval_offsets": np.zeros((2, 1))}, "came float64 of shape"),
        ({"interval_offsets": np.full((2, 1), np.nan, np.float32)}, "came NaN or infinity"),
        ({"method.weights": None}, "'weights': expected an array of float64, came none"),
        ({"method.weights": np.zeros(3)}, r"numbers that fit each other, came weights of shape \(3,\)"),
        ({"method.other": np.zeros(3)}, "'other': expected arrays of the method"),
    ],
)
def test_changed_arrays_are_refused(change, message):
    """Each with its name."""
    words, arrays = parts()
    arrays = {name: array for name, array in {**arrays, **change}.items() if array is not None}
    with pytest.raises(ArtifactError, match=message):
        restored("forecast", SETTINGS, SIZES, words, arrays, "here")


@pytest.mark.parametrize(("task", "method"), [("forecast", "os.system"), ("events", "markov"), ("nothing", "ridge")])
def test_unknown_methods_are_refused(task, method):
    """No name leads to anything but the closed list."""
    with pytest.raises(ArtifactError, match="here: expected"):
        restored(task, SETTINGS.model_copy(update={"method": method}), SIZES, *parts(), "here")


def test_no_words_are_no_method():
    """A manifest without them is one of a network."""
    with pytest.raises(ArtifactError, match="expected the fields weights, came NoneType"):
        restored("forecast", SETTINGS, SIZES, None, parts()[1], "here")
