"""Kinds of labels."""

import numpy as np
import polars as pl
import pyarrow as pa
import pytest

from seqloom.estimators.labels import as_given, given_kind, kind_of


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ([1, 2], "integer"),
        (np.array([1, 2], dtype=np.int8), "integer"),
        (np.array([1, None, 2], dtype=object), "integer"),
        ([True, False], "truth"),
        ([0.5, 2.0], "number"),
        (np.array([1, 2.5], dtype=object), "number"),
        (["a", "b"], "text"),
        (np.array([1, "b"], dtype=object), "text"),
        ([], "text"),
    ],
)
def test_labels_tell_their_kind(values, kind):
    """The kind is that of the labels that are there; where kinds are mixed, text holds all."""
    assert kind_of(values) == kind


COLUMN = [3, 3, 5]


@pytest.mark.parametrize(
    "table",
    [
        {"kind": COLUMN},
        pl.DataFrame({"kind": COLUMN}),
        pl.LazyFrame({"kind": COLUMN}),
        pa.table({"kind": COLUMN}),
        pytest.importorskip("pandas").DataFrame({"kind": COLUMN}),
    ],
    ids=["mapping", "Polars", "lazy Polars", "Arrow", "pandas"],
)
def test_a_table_has_labels_in_its_column(table):
    """Tables of every make are asked by name."""
    assert given_kind(table, None, "kind") == "integer"


@pytest.mark.parametrize("data", ["table.csv", [np.zeros(3)], np.zeros((2, 3))], ids=["path", "list", "array"])
def test_labels_beside_the_data_are_asked_first(data):
    """Without any, a file and arrays hold text."""
    assert (given_kind(data, [1, 2], "kind"), given_kind(data, None, "kind")) == ("integer", "text")


@pytest.mark.parametrize("values", [[3, 10], [False, True], [0.5, 1e20], ["a", "1"]])
def test_texts_become_what_they_were(values):
    """Written and read back, labels are equal and of their kind."""
    written = [str(value).lower() if isinstance(value, bool) else str(value) for value in values]
    assert as_given(written, kind_of(values)).tolist() == values
