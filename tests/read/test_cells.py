import numpy as np
import polars as pl
import pytest

from seqloom.errors import DataError
from seqloom.read.cells import Vocabulary, mostly_numbers, numbers, sort_labels
from seqloom.read.rejects import Rejects

STOP = Rejects("a.csv", skip=False)


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (pl.Series("x", [1, 2], dtype=pl.Int64), "float64"),
        (pl.Series("x", [1, 2], dtype=pl.Int16), "float32"),
        (pl.Series("x", [1, 2], dtype=pl.Float32), "float32"),
        (pl.Series("x", [1, 2], dtype=pl.Decimal(10, 2)), "float64"),
        (pl.Series("x", [" 1", "2 "]), "float64"),
        (pl.Series("x", ["1", "2"], dtype=pl.Categorical), "float64"),
    ],
)
def test_numbers_take_the_smallest_exact_float(cells, kind):
    """Numbers of any type come out as the float that holds each of them exactly."""
    values = numbers(cells, 0, STOP)
    assert values.dtype == np.dtype(kind)
    assert values.tolist() == [1.0, 2.0]


def test_truth_is_one_and_falsehood_zero():
    """Booleans are numbers."""
    assert numbers(pl.Series("x", [True, False]), 0, STOP).tolist() == [1.0, 0.0]


def test_missing_numbers_are_nan():
    """Missing cells, and NaN itself, come out as NaN."""
    assert np.isnan(numbers(pl.Series("x", [None, float("nan")]), 0, STOP)).all()


def test_numbers_without_gaps_are_not_copied():
    """A column that is already as it should be shares its memory with the source."""
    cells = pl.Series("x", np.arange(5, dtype=np.float32))
    assert np.shares_memory(numbers(cells, 0, STOP), cells.to_numpy())


def test_text_among_numbers_is_named():
    """A cell that is no number is refused with column, row and value."""
    with pytest.raises(DataError, match=r"column 'x', row 13: expected a number, came 'n.a.'; .* --categories 'x'"):
        numbers(pl.Series("x", ["1", "2", "n.a."]), 10, STOP)


@pytest.mark.parametrize("cell", ["inf", "-Infinity"])
def test_infinity_is_named(cell):
    """Infinity is refused with column and row."""
    with pytest.raises(DataError, match=r"column 'x', row 2: expected a finite number, came -?inf"):
        numbers(pl.Series("x", ["1", cell]), 0, STOP)


def test_most_texts_decide():
    """More than half of the texts must be numbers."""
    assert mostly_numbers(pl.Series(["1", "2e5", "x"]))
    assert not mostly_numbers(pl.Series(["1", "x"]))


def test_labels_become_codes():
    """Equal labels get equal codes over all slabs, and a missing one -1."""
    vocabulary = Vocabulary()
    assert vocabulary.encode(pl.Series(["b", None, "a"])).tolist() == [0, -1, 1]
    assert vocabulary.encode(pl.Series(["c", "a", "b"])).tolist() == [2, 1, 0]
    assert vocabulary.labels == ("b", "a", "c")


@pytest.mark.parametrize("cells", [[1, 2], [1.0, 2.0], ["1", "2"]])
def test_numbers_are_labelled_as_whole_numbers(cells):
    """The label of a number does not depend on whether the file wrote it with a point."""
    vocabulary = Vocabulary()
    vocabulary.encode(pl.Series(cells))
    assert vocabulary.labels == ("1", "2")


def test_sorting_gives_the_new_code_of_each_old_one():
    """Sorted labels come with a table of codes in which -1 stays -1."""
    vocabulary = Vocabulary()
    codes = vocabulary.encode(pl.Series(["b", None, "a"]))
    labels, new = vocabulary.sorted()
    assert labels == ("a", "b")
    assert new[codes].tolist() == [1, -1, 0]


def test_labels_that_are_numbers_are_sorted_by_size():
    """Ten comes after nine, and words by letter."""
    assert sort_labels(("10", "9", "-1")) == ("-1", "9", "10")
    assert sort_labels(("10", "9", "x")) == ("10", "9", "x")
