import numpy as np
import pytest

from seqloom.errors import DataError
from seqloom.read.assemble import Ragged, assemble, constant_within
from seqloom.read.clock import Clock
from seqloom.read.plan import Plan
from seqloom.sequence import Column


def column(name, role="past", kind="number"):
    """A column of a plan."""
    return Column(name=name, kind=kind, role=role)


def ragged(**steps):
    """Two sequences of two and three steps."""
    columns = {name: np.array(values) for name, values in steps.items()}
    return Ragged(np.array([0, 2, 5]), np.array(["a", "b"]), columns, None, None, {})


@pytest.mark.parametrize(
    ("values", "constant"),
    [
        ([1.0, 1.0, 2.0, 2.0, 2.0], [True, True]),
        ([1.0, 2.0, 2.0, 2.0, 2.0], [False, True]),
        ([np.nan, np.nan, 2.0, np.nan, 2.0], [True, False]),
        ([3, 3, -1, -1, 0], [True, False]),
    ],
)
def test_constant_sequences_are_found(values, constant):
    """A sequence is constant where it holds one value, or none at all, but not where some are missing."""
    assert constant_within(np.array(values), np.array([0, 2, 5])).tolist() == constant


def test_a_target_constant_within_sequences_is_one_per_sequence():
    """A target whose shape is not declared is one per sequence where it does not change within any."""
    plan = Plan("long", (column("x"), column("y", "target")))
    found = assemble("a.csv", plan, ragged(x=[1.0, 2.0, 3.0, 4.0, 5.0], y=[7.0, 7.0, 7.0, 7.0, 7.0]))
    assert not found.schema.per_step_target
    assert found.statics["y"].tolist() == [7.0, 7.0]
    assert "one value per sequence: 'y'" in found.notes


def test_a_target_declared_per_step_stays_so():
    """A target said to have a value per step keeps them."""
    plan = Plan("long", (column("y", "target"),), per_step_target=True)
    assert assemble("a.csv", plan, ragged(y=[7.0] * 5)).schema.per_step_target


def test_a_column_that_tells_sequences_apart_is_static():
    """A column constant within sequences that differs between them is static; one that never changes is not."""
    plan = Plan("long", (column("y", "target"), column("size"), column("always")))
    y = [1.0, 2.0, 3.0, 4.0, 5.0]
    found = assemble("a.csv", plan, ragged(y=y, size=[1.0, 1.0, 2.0, 2.0, 2.0], always=[9.0] * 5))
    assert found.schema.static_columns == ("size",)
    assert found.schema.column("always").role == "past"


def test_a_known_column_is_never_found_static():
    """A column said to be known ahead keeps its role."""
    plan = Plan("long", (column("y", "target"), column("size", "known")))
    found = assemble("a.csv", plan, ragged(y=[1.0, 2.0, 3.0, 4.0, 5.0], size=[1.0, 1.0, 2.0, 2.0, 2.0]))
    assert found.schema.column("size").role == "known"


def test_a_static_column_that_changes_is_refused():
    """A column said to be static that changes is refused with the row and both values."""
    plan = Plan("long", (column("y", "target"), column("size", "static")))
    data = ragged(y=[1.0, 2.0, 3.0, 4.0, 5.0], size=[1.0, 1.0, 2.0, 2.0, 6.0])
    with pytest.raises(DataError, match="column 'size', row 5: expected one value for sequence 'b', came 2 and 6"):
        assemble("a.csv", plan, data)


def test_a_clock_is_measured():
    """The usual step stands in the schema, other steps in the notes."""
    plan = Plan("long", (column("y", "target"),), clock=Clock("hour", "number"))
    times = np.array([1, 2, 1, 2, 4])
    data = Ragged(np.array([0, 2, 5]), np.array(["a", "b"]), {"y": np.arange(5.0)}, times, None, {})
    found = assemble("a.csv", plan, data)
    assert found.schema.interval == 1.0
    (note,) = found.notes
    assert note.startswith(
        "the time stamps in 'hour' are irregular: 1 do not follow the one before by 1, the first at 4; all"
    )
