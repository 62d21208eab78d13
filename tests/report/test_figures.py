import matplotlib as mpl
import pytest
from matplotlib import _pylab_helpers
from matplotlib.figure import Figure

from seqloom.report.figure_data import Axis, Cells, FigureData, Line, Panel
from seqloom.report.figures import SIZES, draw, draw_panel, house_style


def panel(shape: str = "plain") -> Panel:
    return Panel(title=f"{shape} one", marks=(Line(name="model", x=(0.0, 1.0), y=(1.0, 2.0)),), shape=shape)


def figure(*shapes: str) -> FigureData:
    return FigureData(name="f", title="t", caption="c", panels=tuple(map(panel, shapes)))


def test_drawing_leaves_no_trace():
    """No setting of matplotlib is changed for good, and no figure is held by a window manager."""
    mpl.get_backend()  # is found out at the first question
    before = mpl.rcParams.copy()
    assert isinstance(draw(figure("plain")), Figure)
    assert mpl.rcParams == before
    assert not _pylab_helpers.Gcf.figs


def test_settings_are_put_back_after_a_failure():
    """An error while drawing does not leave our settings behind."""
    before = mpl.rcParams["font.size"]
    with pytest.raises(ZeroDivisionError), house_style():
        _ = 1 / 0
    assert mpl.rcParams["font.size"] == before


def test_plain_panels_stand_side_by_side():
    """Two panels share a row, a third begins the next."""
    rows = [axes.get_subplotspec().rowspan.start for axes in draw(figure("plain", "plain", "plain")).axes]
    assert rows == [0, 0, 1]


def test_a_wide_panel_has_a_row_of_its_own():
    """A wide panel reaches over all columns."""
    rows = [axes.get_subplotspec().rowspan.start for axes in draw(figure("plain", "wide", "plain")).axes]
    assert rows == [0, 1, 2]


def test_the_legend_names_each_series_once():
    """Several panels with the same series share one legend."""
    (legend,) = draw(figure("plain", "plain")).legends
    assert [text.get_text() for text in legend.get_texts()] == ["model"]


@pytest.mark.parametrize("shape", ["plain", "wide", "strip", "square"])
def test_a_panel_has_the_size_of_its_shape(shape):
    """One point of a panel is one pixel of the page."""
    assert tuple(draw_panel(panel(shape)).get_size_inches() * 72) == pytest.approx(SIZES[shape])


def test_a_matrix_is_read_from_the_top():
    """The first class stands in the first row."""
    cells = Cells(x=(0.0,), y=(0.0,), share=(1.0,), text=("1",))
    labels = Axis(kind="label", labels=("a",))
    (axes,) = draw_panel(Panel(marks=(cells,), x=labels, y=labels)).axes
    low, high = axes.get_ylim()
    assert low > high


@pytest.mark.parametrize("shape", ["wide", "plain"])
def test_aligned_panels_begin_and_end_at_the_same_places(shape):
    """Whatever their labels are: long names, or the ends of numbers."""
    numbers = Panel(marks=panel().marks, y=Axis(label="scaled"), shape="wide", aligned=True)
    names = numbers.model_copy(update={"y": Axis(kind="label", labels=("a long name", "another one"))})
    spans = [draw_panel(one, shape=shape).axes[0].get_position().intervalx.tolist() for one in (numbers, names)]
    assert spans[0] == spans[1]
    other = numbers.model_copy(update={"aligned": False})
    assert draw_panel(other, shape=shape).axes[0].get_position().intervalx.tolist() != spans[0]
