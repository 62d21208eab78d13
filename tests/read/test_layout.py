import datetime as dt

import polars as pl
import pytest

from seqloom.read import ReadSettings
from seqloom.read.layout import find_layout, step_columns, wide_columns
from seqloom.read.table import Table


def table(columns, **options):
    """A table of columns in memory."""
    return Table.of(pl.DataFrame(columns), "a.csv", **options)


STEPS = {f"t{step}": [1.0, 2.0] for step in range(8)}
SENSORS = {f"sensor_{step}": [1.0, 2.0] for step in range(8)}


@pytest.mark.parametrize(
    ("columns", "settings", "layout"),
    [
        ({"load": [1.0]}, {}, "long"),
        ({"load": [[1.0, 2.0]]}, {}, "nested"),
        ({"load": [[1.0, 2.0]], "x": [1.0]}, {"ignore": "load"}, "long"),
        (STEPS, {}, "wide"),
        ({"id": ["a", "b"], **STEPS}, {"group": "id"}, "wide"),
        ({"id": ["a", "a"], **STEPS}, {"group": "id"}, "long"),
        (STEPS, {"target": "t3"}, "long"),
        ({"label": ["x", "y"], **STEPS}, {"target": "label"}, "wide"),
        ({"when": [1, 2], **STEPS}, {"time": "when"}, "long"),
        ({"day": [dt.date(2024, 1, 1), dt.date(2024, 1, 2)], **STEPS}, {}, "long"),
        (SENSORS, {}, "long"),
        ({"load": [1.0]}, {"layout": "wide"}, "wide"),
    ],
)
def test_the_layout_is_found(columns, settings, layout):
    """The layout follows from types, names and named roles, unless it is given."""
    assert find_layout(table(columns), ReadSettings(**settings)) == layout


def test_made_up_names_do_not_make_a_table_wide():
    """Columns numbered because a file has no header are no steps."""
    columns = {f"t{step}": [1.0, 2.0] for step in range(9)}
    assert find_layout(table(columns, named=False), ReadSettings()) == "long"


def test_the_longest_run_of_numbers_holds_the_steps():
    """The step columns are the longest run of consecutive numbers under one prefix."""
    columns = {"v1": ["a"], **{f"v{step}": [1.0] for step in range(2, 9)}, "d1": [1.0], "d2": [1.0], "d4": [1.0]}
    assert step_columns(table(columns), ReadSettings()) == tuple(f"v{step}" for step in range(2, 9))


def test_steps_no_sequence_reaches_are_steps():
    """A column without any value may be a step that every sequence ends before."""
    columns = {**STEPS, "t8": pl.Series([None, None], dtype=pl.String)}
    assert step_columns(table(columns), ReadSettings())[-1] == "t8"


def test_a_table_called_wide_may_name_its_steps_freely():
    """Without numbered names all number columns without a role are steps."""
    columns = {"id": ["a"], "jan": [1.0], "feb": [2.0], "label": [1]}
    assert wide_columns(table(columns), ReadSettings(target="label")) == ("jan", "feb")
