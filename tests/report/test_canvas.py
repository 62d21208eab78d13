import numpy as np

from seqloom.report.canvas import Canvas


def drawn(canvas: Canvas) -> list[str]:
    return [line.plain for line in canvas.lines()]


def test_a_line_runs_from_corner_to_corner():
    """Without braille a diagonal is one letter per column."""
    canvas = Canvas(3, 3, 0.0, 1.0, braille=False)
    canvas.line(np.array([0.0, 1.0]), np.array([0.0, 1.0]), letter="*")
    assert drawn(canvas) == ["  *", " * ", "*  "]


def test_braille_has_eight_dots_in_a_letter():
    """A flat line at the top sets the two upper dots of every letter."""
    canvas = Canvas(2, 1, 0.0, 1.0)
    canvas.line(np.array([0.0, 1.0]), np.array([1.0, 1.0]))
    assert drawn(canvas) == ["⠉⠉"]


def test_a_gap_stays_a_gap():
    """No line bridges a value that is not known."""
    canvas = Canvas(5, 1, 0.0, 1.0, braille=False)
    canvas.line(np.linspace(0, 1, 5), np.array([0.5, 0.5, np.nan, 0.5, 0.5]))
    assert drawn(canvas) == ["** **"]


def test_an_area_fills_between_its_lines():
    """Letters stand from the lower to the upper line."""
    canvas = Canvas(2, 4, 0.0, 4.0)
    canvas.area(np.array([0.0, 1.0]), np.array([1.5, 1.5]), np.array([2.5, 2.5]), ":", "")
    assert drawn(canvas) == ["  ", "::", "::", "  "]


def test_values_beyond_the_paper_stay_on_it():
    """What lies higher than the paper is drawn at its edge."""
    canvas = Canvas(1, 2, 0.0, 1.0)
    canvas.points(np.array([0.0]), np.array([99.0]), "o", "")
    assert drawn(canvas) == ["o", " "]


def test_an_upright_line_covers_every_row():
    """The present is marked from foot to head."""
    canvas = Canvas(3, 2, 0.0, 1.0)
    canvas.upright(0.5, "|", "")
    assert drawn(canvas) == [" | ", " | "]
