import numpy as np
import pytest
from matplotlib.figure import Figure

from seqloom.report.axes import cut, dress, font_size, shortened
from seqloom.report.figure_data import Axis


def tick_names(axis: Axis, low: float, high: float) -> list[str]:
    drawing = Figure()
    axes = drawing.add_subplot()
    axes.plot([low, high], [0, 1])
    dress(axes, "x", axis)
    drawing.draw_without_rendering()
    return [tick.get_text() for tick in axes.get_xticklabels()]


def test_a_clock_is_labelled_with_dates():
    """Days since 1970 are shown as months."""
    first, last = (np.datetime64(day, "D").astype(int) for day in ("2024-01-01", "2024-06-01"))
    assert {"Feb", "Mar"} <= set(tick_names(Axis(kind="time"), first, last))


def test_a_logarithmic_axis_is_labelled_with_plain_numbers():
    """Powers of ten are written out."""
    assert {"0.01", "0.1", "1"} <= set(tick_names(Axis(log=True), 0.005, 2.0))


def test_steps_are_labelled_with_whole_numbers():
    """A dozen steps have no halves between them."""
    assert all(float(name.replace("\N{MINUS SIGN}", "-")).is_integer() for name in tick_names(Axis(), 1.0, 12.0))


def test_nothing_stands_between_whole_numbers_where_there_is_nothing():
    """Two or three steps are labelled as such, whether the axis is straight or logarithmic."""
    for axis in (Axis(whole=True), Axis(whole=True, log=True)):
        names = [name.replace("\N{MINUS SIGN}", "-") for name in tick_names(axis, 2.0, 3.0) if name]
        assert names
        assert all(float(name).is_integer() for name in names)


def test_limits_are_kept():
    """An axis shows what it was told to show."""
    drawing = Figure()
    axes = drawing.add_subplot()
    dress(axes, "y", Axis(limits=(-1.0, 3.0)))
    assert axes.get_ylim() == (-1.0, 3.0)


def test_long_class_names_are_turned_and_shortened():
    """Names that do not fit side by side stand upright."""
    drawing = Figure()
    axes = drawing.add_subplot()
    dress(axes, "x", Axis(kind="label", labels=tuple("a very long name of a class" for _ in range(5))))
    ticks = axes.get_xticklabels()
    assert (ticks[0].get_rotation(), ticks[0].get_text()) == (90.0, "a very … class")


@pytest.mark.parametrize(("text", "short"), [("abc", "abc"), ("abcd", "ab…")])
def test_a_long_text_ends_with_an_ellipsis(text, short):
    """A text keeps within its length."""
    assert shortened(text, 3) == short


def test_letters_shrink_as_classes_grow():
    """More classes leave less room for each."""
    assert font_size(2) > font_size(10) > font_size(20) > font_size(60)


def test_what_tells_long_names_apart_is_kept():
    """Beginning and end of a long name stay, within its length."""
    short = cut("recording room 17", 10)
    assert (short, len(short)) == ("recor…m 17", 10)


def test_a_wide_range_is_labelled_with_powers_of_ten():
    """Fifteen decades have labels, too."""
    names = tick_names(Axis(log=True), 1e-12, 1e3)
    assert len([name for name in names if name]) >= 3
