"""Weights of classes."""

import pytest

from seqloom.model import InputSizes, ModelSettings
from seqloom.model.balance import class_weights

SIZES = InputSizes(numbers=1, classes=("a", "b"), class_counts=(2, 6))


def test_rare_classes_weigh_more_where_balance_is_asked_for():
    """The weights are inverse to the counts, and all examples together weigh as much as before."""
    assert class_weights(ModelSettings(class_weights="balanced"), SIZES).tolist() == [2.0, pytest.approx(2 / 3)]


def test_without_balance_all_classes_weigh_the_same():
    """The weights are ones."""
    assert class_weights(ModelSettings(), SIZES).tolist() == [1.0, 1.0]
