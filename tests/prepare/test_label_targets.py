"""Targets of any number of labels."""

import numpy as np
import polars as pl
import pytest

from seqloom.errors import DataError, SchemaError
from seqloom.prepare.label_targets import LabelTargets, labels_of
from seqloom.read import from_arrays, read
from seqloom.read.settings import ReadSettings

EVERY = np.arange(4)


def in_cells(*cells):
    """Sequences whose labels stand in one cell each."""
    settings = ReadSettings(categories=("target",))
    return from_arrays([np.arange(3.0)] * len(cells), np.array(cells, dtype=object), settings=settings)


def in_columns(**columns):
    """Sequences whose labels have a column each."""
    count = len(next(iter(columns.values())))
    return from_arrays([np.arange(3.0)] * count, {name: np.array(values) for name, values in columns.items()})


CELLS = in_cells("drama| comedy", "drama", None, "crime|drama|")
COLUMNS = in_columns(a=[1.0, 0.0, 1.0, np.nan], b=[0.0, 0.0, 1.0, 1.0])


def test_cells_are_parted_and_blanks_left_out():
    """Labels are in order; an empty cell has none of them."""
    targets = LabelTargets.fit(CELLS, np.arange(4), "|", complete=True)
    assert targets.classes == ("comedy", "crime", "drama")
    assert targets.numbers(CELLS).tolist() == [[1, 0, 1], [0, 0, 1], [0, 0, 0], [0, 1, 1]]


def test_columns_of_0_and_1_are_labels_by_their_name():
    """An empty cell says that nothing is known."""
    targets = LabelTargets.fit(COLUMNS, EVERY, None, complete=False)
    assert targets.classes == ("a", "b")
    np.testing.assert_array_equal(targets.numbers(COLUMNS), [[1, 0], [0, 0], [1, 1], [np.nan, 1]])


def test_columns_of_true_and_false_are_labels_too(tmp_path):
    """In whatever case a file writes them."""
    path = tmp_path / "table.csv"
    pl.DataFrame({"run": ["r", "s", "s"], "x": [1, 2, 3], "a": ["True", "False", "False"]}).write_csv(path)
    dataset = read(path, settings=ReadSettings(target=("a",), group="run", per_step_target=False))
    assert labels_of(dataset, None)[0].tolist() == [[1], [0]]


def test_a_column_without_a_label_stands_for_one_that_is_not_there():
    """Where every cell is empty nothing is known, and where one is not, the others have no label."""
    targets = LabelTargets.fit(CELLS, EVERY, "|", complete=True)
    assert np.isnan(targets.numbers(in_cells(None, None))).all()
    assert targets.numbers(in_cells(None, "crime")).tolist() == [[0, 0, 0], [0, 1, 0]]


def test_labels_are_learned_from_the_training_part_alone():
    """One that only the other parts have is named with its place."""
    targets = LabelTargets.fit(CELLS, np.array([0, 1, 2]), "|", complete=True)
    with pytest.raises(DataError, match=r"expected labels among the 2 of the training part, came 'crime'"):
        targets.numbers(CELLS)


def test_a_label_that_all_of_the_training_part_have_is_refused():
    """There is nothing to tell apart."""
    with pytest.raises(
        DataError, match=r"label 'drama': expected sequences with it and without it .* came 2 of 2 with"
    ):
        LabelTargets.fit(in_cells("drama", "a|drama", "b", "b|drama"), np.array([0, 1]), "|", complete=True)


def test_a_label_that_none_of_the_training_part_have_is_refused():
    """A column of 0 alone says so."""
    with pytest.raises(DataError, match=r"label 'b': expected .* came 0 of 2 with it"):
        LabelTargets.fit(COLUMNS, np.array([0, 1]), None, complete=False)


def test_no_label_at_all_is_refused():
    """Empty cells have nothing to learn."""
    with pytest.raises(DataError, match="expected labels in the training part, came none"):
        LabelTargets.fit(CELLS, np.array([2]), "|", complete=True)


def test_a_missing_label_is_refused_where_nothing_else_is_said():
    """The message names the column and what to do."""
    with pytest.raises(DataError, match=r"column 'a'.*expected a value, came a missing one"):
        LabelTargets.fit(COLUMNS, EVERY, None, complete=True)


def test_other_numbers_than_0_and_1_are_refused():
    """Values are no labels."""
    with pytest.raises(DataError, match=r"column 'a'.*expected 0 or 1, false or true, came '2'"):
        labels_of(in_columns(a=[0, 2], b=[1, 0]), None)


def test_one_column_of_words_needs_a_separator():
    """The message says how to name it."""
    with pytest.raises(SchemaError, match="came the column 'target' alone; pass --label-separator"):
        labels_of(CELLS, None)


def test_several_columns_need_none():
    """A separator beside them would have nothing to part."""
    with pytest.raises(SchemaError, match="expected one column of labels, came a, b; leave label_separator out"):
        labels_of(COLUMNS, "|")


def test_labels_of_each_step_are_refused():
    """That is another task."""
    dataset = read({"x": [1.0, 2.0], "a": [0, 1]}, settings=ReadSettings(target=("a",)))
    with pytest.raises(SchemaError, match="expected labels of each sequence, came values per step"):
        labels_of(dataset, None)
