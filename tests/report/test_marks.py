import numpy as np
import pytest
from matplotlib.figure import Figure

from seqloom.report.figure_data import Axis, Band, Bars, Cells, Heat, Line, Panel, Points, Rule
from seqloom.report.marks import paint_mark


def painted(mark, **axes):
    paper = Figure().add_subplot()
    paint_mark(paper, mark, Panel(marks=(mark,), **axes), 3.0)
    return paper


def test_a_line_goes_through_its_points():
    """A point that is not known leaves a gap."""
    (line,) = painted(Line(x=(0.0, 1.0, 2.0), y=(5.0, None, 7.0))).lines
    np.testing.assert_array_equal(line.get_ydata(), [5.0, np.nan, 7.0])


def test_times_are_drawn_in_days():
    """Matplotlib counts days where the data counts milliseconds."""
    (line,) = painted(Line(x=(86_400_000.0,), y=(0.0,)), x=Axis(kind="time")).lines
    assert line.get_xdata().tolist() == [1.0]


def test_the_model_is_drawn_bolder_than_the_truth():
    """What the report is about can be found at a glance."""
    model, truth = (painted(Line(x=(0.0,), y=(0.0,), ink=ink)).lines[0].get_linewidth() for ink in ("model", "truth"))
    assert model > truth


def test_points_are_not_joined():
    """A scatter has no line."""
    assert painted(Points(x=(0.0, 1.0), y=(0.0, 1.0))).lines[0].get_linestyle() == "None"


def test_bars_stand_on_zero():
    """A bar's height is its value."""
    (bar,) = painted(Bars(x=(1.0,), y=(3.0,), width=1.0)).patches
    assert (bar.get_y(), bar.get_height()) == (0.0, 3.0)


def test_a_band_lies_between_its_borders():
    """The area reaches from low to high."""
    (area,) = painted(Band(x=(0.0, 1.0), low=(1.0, 1.0), high=(2.0, 4.0))).collections
    heights = area.get_paths()[0].vertices[:, 1]
    assert (heights.min(), heights.max()) == (1.0, 4.0)


def test_a_stronger_share_has_a_stronger_colour():
    """The colour of a square follows its share, and text on it can always be read."""
    cells = Cells(x=(0.0, 1.0), y=(0.0, 0.0), share=(0.1, 1.0), text=("1", "10"))
    labels = Axis(kind="label", labels=("a", "b"))
    faint, strong = (patch.get_alpha() for patch in painted(cells, x=labels, y=labels).patches)
    assert faint < strong < 0.61


@pytest.mark.parametrize("along", ["across", "upright", "diagonal"])
def test_a_rule_is_one_line(along):
    """A reference is drawn once, whatever its direction."""
    assert len(painted(Rule(along=along, at=1.0)).lines) == 1


def test_a_name_with_a_leading_underscore_is_in_the_legend():
    """Matplotlib hides such names; a column may be called so."""
    _, names = painted(Line(name="_load", x=(0.0,), y=(0.0,))).get_legend_handles_labels()
    assert [name.lstrip("\u200b") for name in names] == ["_load"]


def test_heat_is_clear_at_zero_and_full_at_its_top():
    """Rows from top to bottom; values beyond the top are no stronger."""
    mark = Heat(x=(0.0, 1.0, 0.0, 1.0), y=(0.0, 0.0, 1.0, 1.0), values=(0.0, 1.0, 2.0, 9.0), top=2.0)
    (picture,) = painted(mark).get_images()
    np.testing.assert_allclose(picture.get_array()[..., 3], [[0, 0.5], [1, 1]])
    assert picture.get_extent() == [-0.5, 1.5, 1.5, -0.5]
