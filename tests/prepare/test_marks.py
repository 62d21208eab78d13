"""Marks of steps."""

from dataclasses import replace

import numpy as np
import pytest

from seqloom.errors import DataError, SchemaError
from seqloom.prepare.marks import marks_of, usual_places
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


def test_asked_steps_that_are_not_marked_are_usual(make_sequences):
    """Those nobody marked count as usual."""
    marks = np.array([0, 1, np.nan, 1, 0, 0], np.float32)
    empty = np.zeros((3, 0))
    examples = make_sequences(empty, empty, targets=np.zeros((6, 1), np.float32), watched=True)
    told = replace(examples, prepared=replace(examples.prepared, marks=marks), warm=np.array([0, 1]))
    assert usual_places(told).tolist() == [0, 2, 4, 5]
    assert usual_places(replace(examples, warm=np.array([2, 2]))).tolist() == [2, 5]
    with pytest.raises(DataError, match="expected a step that is not marked, came none"):
        usual_places(replace(told, prepared=replace(told.prepared, marks=np.ones(6, np.float32))))
