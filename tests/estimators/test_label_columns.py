"""Labels beside arrays."""

import numpy as np
import pandas as pd
import polars as pl
import pytest
from scipy.sparse import csr_matrix

from seqloom.errors import DataError
from seqloom.estimators.label_columns import label_columns

MATRIX = np.array([[1, 0], [1, 1], [0, 0]])


def plain(y, classes=None):
    """The columns as lists."""
    return {label: column.tolist() for label, column in label_columns(y, classes).items()}


@pytest.mark.parametrize("make", [np.asarray, csr_matrix, lambda matrix: matrix.astype(bool)])
def test_the_columns_of_a_matrix_are_numbered(make):
    """Dense or sparse, of numbers or of truth values."""
    assert plain(make(MATRIX)) == {0: [1, 1, 0], 1: [0, 1, 0]}


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, dict])
def test_the_columns_of_a_table_have_names(make):
    """The labels are called as the columns are."""
    assert plain(make({"a": [1, 1, 0], "b": [0, 1, 0]})) == {"a": [1, 1, 0], "b": [0, 1, 0]}


def test_lists_hold_the_labels_of_each_sequence():
    """In order, numbers by their size; None is not known."""
    assert plain([{10, 9}, set(), (9,)]) == {9: [1, 0, 1], 10: [1, 0, 0]}
    np.testing.assert_array_equal(label_columns([["a"], None])["a"], [1, np.nan])


def test_labels_of_a_fitted_model_keep_their_places():
    """Those that no sequence has are there, too, and a matrix has their names."""
    assert plain([{"b"}], ["b", "a"]) == {"b": [1], "a": [0]}
    assert plain(MATRIX, ["x", "y"]) == {"x": [1, 1, 0], "y": [0, 1, 0]}


WRONG = {
    "a vector": (np.ones(3), None, r"a matrix of 0 and 1, K labels for each sequence, came shape \(3,\)"),
    "other numbers": (MATRIX * 2, None, "expected 0 or 1, came 2 in row 0, column 0"),
    "infinity": (MATRIX + np.inf, None, "expected 0 or 1, came inf"),
    "texts": (np.array([["a"]]), None, "expected a matrix of 0 and 1, came could not convert"),
    "another width": (MATRIX, ["a", "b", "c"], r"0 and 1, 3 labels for each sequence, came shape \(3, 2\)"),
    "one label each": (["a", "b"], None, "expected a collection of labels for each sequence, came 'a' for sequence 0"),
    "numbers alone": ([1, 2], None, "came 1 for sequence 0; use SequenceClassifier for one label each"),
    "a matrix of lists": ([[0, 0, 1]], None, r"expected each label once, came \[0, 0, 1\] .* pass np.asarray\(y\)"),
    "no label": ([set(), set()], None, "expected some labels, came none"),
    "a new label": ([{"a", "z"}], ["a"], "expected labels among the 1 the model was fitted with, came 'z'"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_cannot_be_labels_is_refused(case):
    """In one line that says what came."""
    y, classes, message = WRONG[case]
    with pytest.raises(DataError, match=message):
        label_columns(y, classes)
