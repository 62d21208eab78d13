"""Steps that hold the same values."""

import numpy as np

from seqloom.read import read
from seqloom.retrain.likeness import prints, runs, varies

ROWS = {"x": [1.0, 2.0, None, 1.0, -0.0], "kind": ["a", "b", "a", "a", "b"], "load": [0.0, 0.0, 0.0, 0.0, 0.0]}


def found(table, columns=("x", "kind")):
    """The prints of a table; labels are met in the order of the table."""
    labels = {"z": 1}
    return prints(read(table), columns, labels).tolist()


def test_steps_are_alike_where_their_values_are():
    """Missing values are alike, labels are known by their words, and 0 is 0."""
    one = found(ROWS)
    assert one[0] == one[3]
    assert len(set(one)) == 4
    turned = {name: values[::-1] for name, values in ROWS.items()}
    assert found({**turned, "x": [0.0, 1.0, None, 2.0, 1.0]}) == one[::-1]


def test_how_numbers_are_stored_makes_no_difference():
    """In 32 bits or 64."""
    values = np.random.default_rng(0).normal(size=50)
    assert found({"x": values}, ["x"]) == found({"x": values.astype(np.float32)}, ["x"])


def test_columns_that_do_not_count_are_not_looked_at():
    """And those that do make a difference."""
    assert len(set(found(ROWS, ["load"]))) == 1
    assert len(set(found(ROWS, ["x"]))) == 4


def test_runs_are_alike_where_all_of_their_steps_are():
    """In the same order; a series that is shorter than a run has none."""
    steps = np.array([5, 6, 7, 9, 5, 6, 7, 6, 5], dtype=np.uint64)
    of_three = runs(steps, 3)
    assert (of_three[0], len(of_three), len(set(of_three.tolist()))) == (of_three[4], 7, 6)
    assert len(runs(steps, 10)) == 0


def test_a_run_of_the_same_step_does_not_vary():
    """Nor does a run of one step."""
    steps = np.array([1, 1, 1, 2, 2, 2, 2], dtype=np.uint64)
    assert varies(steps, 3).tolist() == [False, True, True, False, False]
    assert not varies(steps, 1).any()
    assert len(varies(steps[:0], 3)) == 0
