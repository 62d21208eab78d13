import csv
import io

from seqloom.report.download import to_csv
from seqloom.report.figure_data import Axis, Band, Cells, FigureData, Heat, Line, Panel, Points, Rule


def table(*panels: Panel) -> list[list[str]]:
    return list(csv.reader(io.StringIO(to_csv(FigureData(name="f", title="t", caption="c", panels=panels)))))


def test_lines_share_the_rows_of_their_x():
    """Each series is a column; a cell is empty where a series has no point."""
    panel = Panel(
        x=Axis(label="epoch"),
        marks=(Line(name="a", x=(1.0, 2.0), y=(5.0, 6.0)), Line(name="b", x=(2.0, 3.0), y=(7.0, None))),
    )
    assert table(panel) == [["epoch", "a", "b"], ["1.0", "5.0", ""], ["2.0", "6.0", "7.0"], ["3.0", "", ""]]


def test_points_above_each_other_all_stay():
    """A scatter with the same x twice has two rows."""
    panel = Panel(marks=(Points(name="p", x=(1.0, 1.0), y=(5.0, 6.0)),))
    assert table(panel)[1:] == [["1.0", "5.0"], ["1.0", "6.0"]]


def test_a_band_has_two_columns():
    """The borders of a band are told apart."""
    panel = Panel(marks=(Band(name="90 %", x=(1.0,), low=(2.0,), high=(3.0,)),))
    assert table(panel) == [["x", "90 % low", "90 % high"], ["1.0", "2.0", "3.0"]]


def test_rows_name_their_panel_where_there_are_several():
    """The first column says which panel a row belongs to."""
    line = Line(name="a", x=(1.0,), y=(2.0,))
    assert table(Panel(title="one", marks=(line,)), Panel(title="two", marks=(line,)))[1:] == [
        ["one", "1.0", "2.0"],
        ["two", "1.0", "2.0"],
    ]


def test_lines_for_reference_are_left_out():
    """What is no data is not downloaded."""
    assert table(Panel(marks=(Rule(name="zero", along="across"),))) == [["x"]]


def test_a_matrix_names_row_and_column():
    """A square of the confusion matrix is a row with both classes, its share and its count."""
    cells = Cells(x=(0.0, 1.0), y=(0.0, 0.0), share=(0.75, 0.25), text=("3", "1"))
    axes = {kind: Axis(label=kind, kind="label", labels=("no", "yes")) for kind in ("predicted", "true")}
    rows = table(Panel(marks=(cells,), x=axes["predicted"], y=axes["true"]))
    assert rows == [
        ["predicted", "true", "share of the row", "count"],
        ["no", "no", "0.75", "3"],
        ["yes", "no", "0.25", "1"],
    ]


def test_names_with_commas_stay_one_cell():
    """Names are quoted where CSV needs it."""
    assert table(Panel(marks=(Line(name='a, "b"', x=(1.0,), y=(2.0,)),)))[0] == ["x", 'a, "b"']


def test_squares_of_several_kinds_keep_their_rows():
    """What is blue stands in another column than what is orange; no square takes the place of another."""
    blank = Axis(kind="label", labels=("", ""))
    marks = (
        Cells(name="up", x=(0.0, 1.0), y=(0.0, 1.0), share=(0.5, 0.25), text=("a", "d")),
        Cells(name="down", x=(1.0, 0.0), y=(0.0, 1.0), share=(0.75, 1.0), text=("b", "c")),
    )
    rows = table(Panel(x=blank, y=blank, marks=marks))
    assert rows[0] == ["x", "row", "up", "text", "down"]
    assert sorted(row[3] for row in rows[1:]) == ["a", "b", "c", "d"]


def test_heat_has_a_row_for_each_square():
    """Both signs beside each other."""
    marks = tuple(
        Heat(name=name, x=(0.0, 1.0), y=(0.0, 0.0), values=values, top=1.0)
        for name, values in (("up", (1.0, 0.0)), ("down", (0.0, 2.0)))
    )
    assert table(Panel(y=Axis(label="unit"), marks=marks)) == [
        ["x", "unit", "up", "down"],
        ["0.0", "0.0", "1.0", "0.0"],
        ["1.0", "0.0", "0.0", "2.0"],
    ]
