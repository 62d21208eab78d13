"""Answers with any number of labels."""

import numpy as np

from seqloom.sequence import LabelPrediction

PREDICTION = LabelPrediction(
    chosen=np.array([[True, False, True], [False, False, False]]),
    probabilities=np.array([[0.9, 0.2, 0.4], [0.3, 0.1, 0.2]]),
    classes=("a", "b", "c"),
    thresholds=np.array([0.5, 0.5, 0.3]),
    keys=np.array(["first", "second"]),
    separator=";",
)


def test_labels_are_named_in_the_order_of_the_classes():
    """A sequence without a label has an empty tuple."""
    assert PREDICTION.sets == [("a", "c"), ()]


def test_a_table_has_the_labels_in_one_cell_and_a_probability_of_each():
    """The separator of the data parts the labels; no label is an empty cell."""
    columns = PREDICTION.to_columns()
    assert list(columns) == ["sequence", "prediction", "probability_a", "probability_b", "probability_c"]
    assert columns["prediction"].tolist() == ["a;c", ""]
    assert columns["probability_c"].tolist() == [0.4, 0.2]
