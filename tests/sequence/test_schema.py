import pytest
from pydantic import ValidationError

from seqloom.sequence import Column, Schema

COLUMNS = (
    Column(name="load", kind="number", role="target"),
    Column(name="heat", kind="number", role="past"),
    Column(name="holiday", kind="category", role="known"),
    Column(name="site", kind="category", role="static"),
)


def test_names_are_listed_by_role_in_the_order_of_the_source():
    """All of them when no role is given."""
    schema = Schema(columns=COLUMNS)
    assert schema.names("known", "past") == ("heat", "holiday")
    assert schema.names() == ("load", "heat", "holiday", "site")
    assert schema.targets == ("load",)


def test_a_column_is_found_by_its_name():
    """A stranger is a KeyError."""
    schema = Schema(columns=COLUMNS)
    assert schema.column("site").role == "static"
    with pytest.raises(KeyError, match="wind"):
        schema.column("wind")


@pytest.mark.parametrize(("per_step", "steps"), [(True, ("load", "heat", "holiday")), (False, ("heat", "holiday"))])
def test_a_target_is_a_step_column_or_a_static_one(per_step, steps):
    """Every column is exactly one of the two."""
    schema = Schema(columns=COLUMNS, per_step_target=per_step)
    assert schema.step_columns == steps
    assert sorted((*schema.step_columns, *schema.static_columns)) == sorted(schema.names())


def test_a_schema_survives_json():
    """It is part of the artifact."""
    schema = Schema(layout="wide", columns=COLUMNS, time="date", group="site", ignored=("note",), interval=3600)
    assert Schema.model_validate_json(schema.model_dump_json()) == schema


@pytest.mark.parametrize("change", [{"role": "boss"}, {"kind": "picture"}, {"unit": "kW"}])
def test_a_column_of_another_sort_is_refused(change):
    """Roles and kinds are closed lists, and there are no further fields."""
    with pytest.raises(ValidationError, match="validation error"):
        Column(**{"name": "load", "kind": "number", "role": "target"} | change)


def test_a_schema_cannot_be_changed():
    """It was agreed on when the data was read."""
    with pytest.raises(ValidationError, match="frozen"):
        Schema(columns=COLUMNS).time = "date"
