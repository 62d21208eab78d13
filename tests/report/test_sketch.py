import io

import numpy as np
import pytest
from rich.console import Console

from seqloom.report.sketch import Sketch


def sketch(**more) -> Sketch:
    steps = np.arange(40.0)
    fields = {"history": np.sin(steps[:30] / 4), "forecast": np.sin(steps[30:] / 4) + 0.1}
    fields |= {"low": fields["forecast"] - 0.5, "high": fields["forecast"] + 0.5, "truth": np.sin(steps[30:] / 4)}
    return Sketch(**(fields | more))


def printed(drawing: Sketch, width: int, encoding: str = "utf-8") -> list[str]:
    file = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    Console(file=file, width=width).print(drawing)
    file.seek(0)
    return file.read().splitlines()


@pytest.mark.parametrize("width", [40, 80, 200])
def test_no_line_is_wider_than_the_terminal(width):
    """The drawing fits the console, and grows to a hundred letters at most."""
    assert max(map(len, printed(sketch(), width))) <= min(width, 100)


def test_the_sketch_is_as_high_as_asked_for():
    """The drawing has its lines, its floor and its legend."""
    assert len(list(sketch(height=7).lines(80))) == 7 + 2


def test_a_terminal_without_unicode_gets_plain_letters():
    """An ASCII console is spared what it cannot print."""
    text = "\n".join(printed(sketch(), 60, encoding="ascii"))
    assert text.isascii()
    assert {"*", "o", ":"} <= set(text)


def test_forecast_truth_and_band_are_told_apart_without_colour():
    """Each has letters of its own."""
    text = "\n".join(line.plain for line in sketch().lines(80))
    assert "●" in text
    assert "░" in text
    assert any("\u2801" <= letter <= "\u28ff" for letter in text)


def test_the_scale_shows_the_extremes():
    """The highest and the lowest number drawn stand at the side."""
    drawing = sketch(history=np.array([-3.0, 7.0]), forecast=np.array([1.0]), low=None, high=None, truth=None)
    lines = [line.plain for line in drawing.lines(60)]
    assert lines[0].split()[0] == "7.000"
    assert lines[11].split()[0] == "-3.000"


def test_without_truth_the_legend_says_so():
    """What has not happened yet is not in the legend."""
    legend = list(sketch(truth=None).lines(80))[-1].plain
    assert "seen " in legend
    assert "happened" not in legend


def test_labels_stand_at_both_ends():
    """The first and the last moment are named below the drawing."""
    labels = list(sketch(labels=("monday", "friday", "sunday")).lines(80))[-2].plain
    assert labels.split() == ["monday", "friday", "sunday"]


def test_a_label_without_room_is_left_out():
    """The ends come first where the line is short."""
    drawing = sketch(labels=("2024-01-01 00:00", "2024-02-02 00:00", "2024-03-03 00:00"))
    assert "2024-02-02" not in list(drawing.lines(48))[-2].plain


def test_a_constant_series_can_be_drawn():
    """A flat line has a scale around it."""
    flat = Sketch(history=np.full(5, 2.0), forecast=np.full(2, 2.0))
    assert "3.000" in next(iter(flat.lines(40))).plain


def test_a_name_cannot_steer_the_terminal():
    """Escape sequences in a title are printed as blanks."""
    assert "\x1b" not in "".join(line.plain for line in sketch(title="\x1b[2Jload").lines(80))
