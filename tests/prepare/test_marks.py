"""Marks of steps."""

import numpy as np
import pytest

from seqloom.errors import DataError, SchemaError
from seqloom.prepare.marks import marks_of
from seqloom.read import ReadSettings, read

SETTINGS = ReadSettings(target="x", marks="odd")


def marked(odd, **more):
    """A table with a column of marks."""
    return read({"x": np.arange(float(len(odd))), "odd": odd, **more}, settings=SETTINGS)


def test_marks_are_ones_zeros_and_gaps():
    """What is not known is NaN; the column is no input."""
    dataset = marked([0, 1, None, 0])
    np.testing.assert_array_equal(marks_of(dataset), [0, 1, np.nan, 0])
    assert dataset.schema.names("mark") == ("odd",)
    assert dataset.schema.targets == ("x",)


def test_without_the_column_there_are_none():
    """Nothing is known then."""
    assert marks_of(read({"x": [1.0, 2.0]})) is None


def test_new_data_need_no_marks():
    """As they need no targets."""
    dataset = read({"x": [1.0, 2.0]}, schema=marked([0, 1]).schema)
    assert np.isnan(marks_of(dataset)).all()


def test_other_numbers_are_refused_with_their_row():
    """So are labels."""
    with pytest.raises(DataError, match=r"column 'odd', row 2.*expected 0 or 1, came 3"):
        marks_of(marked([0, 3, 1]))
    with pytest.raises(SchemaError, match=r"column 'odd'.*expected the numbers 0 and 1, came labels"):
        marks_of(marked(["no", "yes", "no"]))
