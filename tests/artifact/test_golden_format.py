from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from seqloom.artifact import Bundle, Golden, golden_format
from seqloom.errors import ArtifactError

Change = Callable[[dict, dict], None]


def restored(golden: Golden, change: Change = lambda _, __: None) -> Golden:
    """The golden examples put through their stored form, changed on the way."""
    words, arrays = golden_format.words(golden).model_dump(), golden_format.arrays(golden)
    change(words, arrays)
    stored = golden_format.GoldenWords.model_validate(words)
    return golden_format.restore(stored, arrays, golden.dataset.schema, "test")


def with_array(name: str, array: np.ndarray) -> Change:
    """Another array in the place of one, or beside them."""
    return lambda _, arrays: arrays.update({name: array})


def test_inputs_and_answers_come_back(bundle: Bundle) -> None:
    """Columns, times, keys, labels and outputs are those that were stored."""
    golden, saved = restored(bundle.golden), bundle.golden

    for name in saved.dataset.schema.names():
        assert_array_equal(golden.dataset.column(name), saved.dataset.column(name))
    assert_array_equal(golden.dataset.times, saved.dataset.times)
    assert_array_equal(golden.dataset.keys, saved.dataset.keys)
    assert golden.dataset.categories == saved.dataset.categories
    for name, values in saved.outputs.items():
        assert_array_equal(golden.outputs[name], values)


@pytest.mark.parametrize("times", [None, np.arange(90), np.linspace(0, 1, 90)], ids=["none", "integers", "floats"])
def test_every_kind_of_clock_comes_back(forecast: Bundle, times: np.ndarray | None) -> None:
    """Data without time stamps keeps its step numbers, or its lack of them."""
    dataset = replace(forecast.golden.dataset, times=times)

    assert_array_equal(restored(Golden(dataset, {})).dataset.times, times)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda _, arrays: arrays.pop("offsets"), "offsets: expected whole numbers that start at 0"),
        (with_array("offsets", np.array([0])), "offsets: expected whole numbers that start at 0"),
        (with_array("offsets", np.array([1, 30, 60, 90])), "offsets: expected whole numbers that start at 0"),
        (with_array("offsets", np.array([0, 60, 30, 90])), "offsets: expected whole numbers that start at 0"),
        (with_array("offsets", np.array([0.0, 30, 60, 90])), "offsets: expected whole numbers that start at 0"),
        (with_array("offsets", np.array([0, 10**9, 10**9, 10**9])), "expected 1000000000 times"),
        (with_array("steps.load", np.zeros(89)), "column 'load': expected 90 values"),
        (with_array("steps.load", np.zeros((90, 1))), "column 'load': expected 90 values"),
        (with_array("steps.load", np.zeros(90, np.int64)), "column 'load': expected floating-point numbers"),
        (with_array("statics.size", np.zeros(2)), "column 'size': expected 3 values"),
        (with_array("steps.weather", np.full(90, 3, np.int32)), "column 'weather': expected codes below 3"),
        (with_array("steps.weather", np.full(90, -2, np.int32)), "column 'weather': expected codes below 3"),
        (with_array("steps.weather", np.zeros(90)), "column 'weather': expected codes with labels"),
        (with_array("steps.other", np.zeros(90)), "expected the columns of the schema"),
        (with_array("statics.load", np.zeros(3)), "expected the columns of the schema"),
        (lambda _, arrays: arrays.pop("steps.load"), "expected the columns of the schema"),
        (with_array("code", np.zeros(1)), "expected offsets, times, steps, statics and outputs, came 'code'"),
        (lambda _, arrays: arrays.pop("times"), "times of the kind 'stamps'"),
        (with_array("times", np.zeros(90)), "times of the kind 'stamps'"),
        (with_array("times", np.zeros(3, np.int64)), "expected 90 times"),
        (lambda words, _: words.update(clock="none"), "times of the kind 'none'"),
        (lambda words, _: words.update(keys=("one",)), "keys: expected 3 keys, came 1"),
        (lambda words, _: words.update(categories={}), "column 'weather': expected codes with labels"),
        (lambda words, _: words["categories"].update(load=("a",)), "column 'load': expected floating-point numbers"),
    ],
)
def test_what_does_not_fit_together_is_refused(forecast: Bundle, change: Change, reason: str) -> None:
    """Words, tensors and schema that contradict each other are named."""
    with pytest.raises(ArtifactError, match=reason):
        restored(forecast.golden, change)
