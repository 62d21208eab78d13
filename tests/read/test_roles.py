import polars as pl
import pytest

from seqloom.errors import DataError, SchemaError
from seqloom.read import ReadSettings
from seqloom.read.roles import infer
from seqloom.read.table import Table

DAYS = [f"2024-01-{day:02}" for day in range(1, 9)]
LOAD = [float(day % 3) for day in range(8)]


def plan(columns, **settings):
    """The plan for columns in memory."""
    return infer(Table.of(pl.DataFrame(columns), "a.csv"), ReadSettings(**settings))


def roles(plan):
    """Name and role of each column."""
    return {column.name: column.role for column in plan.columns}


def test_named_roles_are_taken():
    """Target, known and static columns are what the settings say; the others are past."""
    found = plan({"day": DAYS, "a": LOAD, "b": LOAD, "c": LOAD, "d": LOAD}, target="a", known="b", static="c")
    assert roles(found) == {"a": "target", "b": "known", "c": "static", "d": "past"}


def test_dates_are_the_time():
    """The column of dates is the clock, which the notes say."""
    found = plan({"a": LOAD, "day": DAYS}, target="a")
    assert found.time == "day"
    assert found.notes == ("column 'day' holds the time stamps",)


def test_typed_dates_go_before_texts():
    """Where several columns hold dates, one whose type says so is the clock, and the others are not used."""
    found = plan({"text": DAYS, "typed": pl.Series(DAYS).str.to_date(), "a": LOAD}, target="a")
    assert found.time == "typed"
    assert "text" in found.ignored


def test_the_only_column_is_the_target():
    """Where there is one column to predict, it need not be named."""
    found = plan({"day": DAYS, "a": LOAD})
    assert roles(found) == {"a": "target"}
    assert "column 'a' is the target, being the only one" in found.notes


def test_of_several_columns_none_is_the_target_unasked():
    """Where there are several columns no target is guessed."""
    assert roles(plan({"a": LOAD, "b": LOAD})) == {"a": "past", "b": "past"}


def test_ignored_columns_are_remembered():
    """Columns left out, by the user or as useless, are listed."""
    found = plan({"a": LOAD, "b": LOAD, "key": [f"k{row}" for row in range(8)]}, target="a", ignore="b")
    assert found.ignored == ("b", "key")


def test_a_time_column_that_holds_no_times_is_refused():
    """A column named for the time must hold time stamps."""
    with pytest.raises(SchemaError, match="column 'b': expected time stamps, came 'north'"):
        plan({"a": LOAD, "b": ["north"] * 8}, target="a", time="b")


@pytest.mark.parametrize("role", ["target", "time", "group", "known", "static", "ignore", "categories"])
def test_a_named_column_must_be_there(role):
    """A column that is not there is refused whatever its role, with the closest name."""
    with pytest.raises(SchemaError, match="expected a column 'loda', came columns load; did you mean 'load'"):
        plan({"load": LOAD}, **{role: "loda"})


def test_dates_that_read_either_way_are_refused():
    """An ambiguous column of dates stops the inference."""
    with pytest.raises(DataError, match="day and month"):
        plan({"day": ["01/02/2024", "02/03/2024"], "a": [1.0, 2.0]})


def test_seconds_since_1970_are_made_known():
    """Numbers read as seconds since 1970 are mentioned in the notes."""
    found = plan({"t": [1_467_331_200 + step for step in range(8)], "a": LOAD}, target="a", time="t")
    assert "'t' is read as seconds since 1970" in found.notes


STEPS = {f"t{step}": [0.5, 1.5] for step in range(8)}


def test_a_wide_table_forecasts_its_values():
    """Without a target the steps of a wide table are it; a column of different texts names the sequences."""
    found = plan({"id": ["a", "b"], **STEPS})
    assert (found.layout, found.group, roles(found)) == ("wide", "id", {"value": "target"})
    assert found.series == tuple(STEPS)
    assert found.per_step_target


def test_a_wide_table_may_have_one_target_per_row():
    """A column besides the steps may be the target; further ones are static."""
    found = plan({"label": ["x", "x"], "size": [1, 2], **STEPS}, target="label")
    assert roles(found) == {"label": "target", "size": "static", "value": "past"}
    assert not found.per_step_target


def test_a_wide_table_has_no_time_column():
    """A time column and one column per step exclude each other."""
    with pytest.raises(SchemaError, match="expected no time column, came 'id'"):
        plan({"id": ["a", "b"], **STEPS}, layout="wide", time="id")


def test_single_values_of_a_nested_table_are_static():
    """Beside lists, a cell with one value is static."""
    found = plan({"x": [[1.0], [2.0]], "age": [3, 4], "label": ["u", "u"]}, target="label")
    assert roles(found) == {"x": "past", "age": "static", "label": "target"}


def test_a_wide_table_needs_steps():
    """A table called wide whose columns all have other roles is refused."""
    with pytest.raises(SchemaError, match="expected a column 't0', came columns a, b"):
        plan({"a": LOAD, "b": LOAD}, layout="wide", target="a", static="b")
