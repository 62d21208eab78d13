import json

import numpy as np
import pytest

from seqloom.report.figure_data import Axis, Band, FigureData, Line, Panel, Points, Rule, clock


def figure(*marks):
    return FigureData(name="f", title="t", caption="c", panels=(Panel(marks=marks),))


def test_a_figure_survives_json():
    """What is read back equals what was written, gaps included."""
    written = figure(Line(name="a", x=np.arange(3), y=np.array([0.1, np.nan, np.inf])), Rule(along="across", at=1.0))
    assert FigureData.model_validate_json(written.model_dump_json()) == written


def test_what_is_not_finite_becomes_null():
    """JSON knows neither NaN nor infinity."""
    line = Line(x=np.arange(3), y=np.array([1.0, np.nan, -np.inf]))
    assert json.loads(line.model_dump_json())["y"] == [1.0, None, None]


def test_float32_keeps_its_digits():
    """Nine significant digits identify a float32."""
    value = np.float32(0.1234567)
    assert np.float32(Line(x=np.zeros(1), y=np.array([value])).y[0]) == value


def test_a_legend_names_each_thing_once():
    """Marks with the same name in several panels share an entry; marks without a name have none."""
    line = Line(name="model", x=(0.0,), y=(1.0,))
    panels = (Panel(marks=(line, Rule(along="upright"))), Panel(marks=(line,)))
    legend = FigureData(name="f", title="t", caption="c", panels=panels).legend()
    assert [(key.name, key.sign) for key in legend] == [("model", "line")]


@pytest.mark.parametrize(
    ("mark", "sign"),
    [
        (Line(name="a", x=(), y=(), dashed=True), "dashed"),
        (Points(name="a", x=(), y=()), "points"),
        (Band(name="a", x=(), low=(), high=()), "band"),
    ],
)
def test_a_legend_shows_what_the_mark_looks_like(mark, sign):
    """The sign of an entry follows the kind of mark."""
    assert figure(mark).legend()[0].sign == sign


def test_time_stamps_become_milliseconds():
    """A clock is drawn in milliseconds since 1970, UTC."""
    values, axis = clock(np.array(["1970-01-02T00:00:01", "NaT"], dtype="datetime64[us]"))
    assert axis.kind == "time"
    assert values[0] == 86_401_000.0
    assert np.isnan(values[1])


def test_step_numbers_stay_numbers():
    """Without a clock the axis counts steps."""
    values, axis = clock(np.array([3, 4]))
    assert (values.tolist(), axis.label) == ([3.0, 4.0], "step")


@pytest.mark.parametrize(
    ("axis", "value", "written"),
    [
        (Axis(kind="time"), 86_400_000.0, "1970-01-02"),
        (Axis(kind="time"), 1_500.0, "1970-01-01T00:00:01.500"),
        (Axis(kind="label", labels=("no", "yes")), 1.0, "yes"),
        (Axis(), 2.5, 2.5),
    ],
)
def test_values_are_written_as_people_read_them(axis, value, written):
    """Times are written in ISO form, labels by name, numbers as they are."""
    assert axis.written(value) == written
