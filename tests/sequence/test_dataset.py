from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from seqloom.sequence import Column, Schema, SequenceDataset, spans


@pytest.fixture
def dataset():
    """Three sequences of 2, 0 and 3 steps, with a clock and a static column."""
    columns = (
        Column(name="load", kind="number", role="target"),
        Column(name="size", kind="number", role="static"),
    )
    return SequenceDataset(
        schema=Schema(columns=columns),
        offsets=np.array([0, 2, 2, 5]),
        steps={"load": np.arange(5.0)},
        statics={"size": np.array([7.0, 8.0, 9.0])},
        keys=np.array(["a", "b", "c"]),
        times=np.arange(10, 15),
        source="energy.csv",
    )


def test_sequences_and_steps_are_counted(dataset):
    """Empty sequences are sequences."""
    assert (len(dataset), dataset.total_steps) == (3, 5)
    assert dataset.lengths.tolist() == [2, 0, 3]


def test_a_column_is_found_among_steps_and_static_ones(dataset):
    """By its name alone."""
    assert dataset.column("load").tolist() == [0, 1, 2, 3, 4]
    assert dataset.column("size").tolist() == [7, 8, 9]


def test_bytes_are_those_of_all_columns(dataset):
    """Steps, static columns and times, 8 bytes a value."""
    assert dataset.nbytes == (5 + 3 + 5) * 8
    assert replace(dataset, times=None).nbytes == (5 + 3) * 8


def test_a_place_is_named_as_a_reader_counts(dataset):
    """The first data row is 1."""
    assert dataset.place("load", 0) == "energy.csv, column 'load', row 1"


def test_a_place_names_the_row_of_the_source(dataset):
    """Where rows were sorted, the row they had before."""
    sorted_rows = replace(dataset, rows=np.array([4, 3, 2, 1, 0]))
    assert sorted_rows.place("load", 0) == "energy.csv, column 'load', row 5"


def test_a_step_belongs_to_the_sequence_that_holds_it(dataset):
    """Empty sequences hold none."""
    assert [dataset.sequence_of(step) for step in range(5)] == [0, 0, 2, 2, 2]


@pytest.mark.parametrize(
    ("sequences", "expected"), [([2, 0], [2, 3, 4, 0, 1]), ([1], []), ([], []), ([0, 0], [0, 1, 0, 1])]
)
def test_sequences_may_be_taken_in_any_order(dataset, sequences, expected):
    """Everything that belongs to them comes along."""
    taken = dataset.take(sequences)
    assert taken.steps["load"].tolist() == expected
    assert taken.times.tolist() == [10 + row for row in expected]
    assert taken.statics["size"].tolist() == [7.0 + sequence for sequence in sequences]
    assert taken.keys.tolist() == ["abc"[sequence] for sequence in sequences]
    assert taken.lengths.tolist() == [[2, 0, 3][sequence] for sequence in sequences]


def test_taken_steps_remember_their_row(dataset):
    """Also when they are taken twice over."""
    assert dataset.take([2]).take([0]).place("load", 0) == "energy.csv, column 'load', row 3"


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 5)), min_size=1))
def test_spans_are_laid_end_to_end(pairs):
    """As the plain loop does it, overlapping and empty ones included."""
    starts = np.array([start for start, _ in pairs])
    stops = starts + [length for _, length in pairs]
    expected = [row for start, stop in zip(starts, stops, strict=True) for row in range(start, stop)]
    assert spans(starts, stops).tolist() == expected
