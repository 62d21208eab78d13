from dataclasses import replace
from pathlib import Path

from seqloom.artifact import load
from seqloom.live import Form
from seqloom.sequence import Column

GOLDEN = Path(__file__).parents[1] / "artifact" / "golden"


def of(task):
    """The form of readings of a kept artifact."""
    return Form.of(load(GOLDEN / f"{task}.loom"))


def test_a_forecast_reads_its_targets(values_model):
    """Other tasks need none of them."""
    assert "load" in of("forecast").numbers
    model, _ = values_model
    form = Form.of(model.bundle_)
    assert (form.unasked, form.clock) == (("level",), "numbers")
    assert "level" not in form.numbers
    assert "level" in form.names


def test_what_has_to_be_told_is_no_input():
    """A target that readings do not have, else a mark; a forecast needs nothing."""
    assert of("regress").told == of("regress").unasked != ()
    forecast = of("forecast")
    assert (forecast.told, forecast.marks) == ((), ())
    schema = forecast.schema
    marked = schema.model_copy(update={"columns": (*schema.columns, Column(name="odd", kind="number", role="mark"))})
    form = replace(forecast, schema=marked)
    assert (form.told, form.marks) == (("odd",), ("odd",))
    assert "odd" in form.names


def test_words_read_by_their_letters_are_kept_as_they_are_written():
    """Labels of a closed list by their place."""
    tags = of("tag")
    assert tags.spelt or tags.listed
    assert set(tags.places) == {*tags.listed, *tags.static_listed}


def test_what_is_known_ahead_is_named():
    """A calendar is not: every clock knows it."""
    form = of("forecast")
    assert form.known == tuple(column.name for column in form.schema.columns if column.role == "known")
    assert form.clock == "stamps"
    assert form.time_type.kind == "i"
