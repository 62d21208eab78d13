import numpy as np
import pytest
from sklearn.calibration import calibration_curve

from seqloom.evaluate.curves import Curve
from seqloom.report.figures import draw
from seqloom.report.figures_classify import calibration, confusion_figure, curves_figure


def curve(area: float = 0.8) -> Curve:
    return Curve(np.array([0.0, 0.2, 1.0]), np.array([0.0, 0.9, 1.0]), area)


def test_the_matrix_counts_and_colours_by_row():
    """Numbers are counts, colours are shares of the true class."""
    (cells,) = confusion_figure(np.array([[3, 1], [0, 4]]), ("no", "yes")).panels[0].marks
    assert cells.share == (0.75, 0.25, 0.0, 1.0)
    assert cells.text == ("3\n75 %", "1\n25 %", "", "4\n100 %")


def test_many_classes_leave_only_what_is_there():
    """A matrix of a hundred classes has no empty squares and no numbers."""
    (cells,) = confusion_figure(np.eye(100, dtype=np.int64), tuple(map(str, range(100)))).panels[0].marks
    assert len(cells.x) == 100
    assert set(cells.text) == {""}


def test_a_class_that_never_occurs_is_an_empty_row():
    """No division by nothing."""
    (cells,) = confusion_figure(np.array([[0, 0], [1, 1]]), ("no", "yes")).panels[0].marks
    assert cells.share == (0.0, 0.0, 0.5, 0.5)


def test_two_classes_have_one_curve_with_its_area():
    """The curve of the positive class is the model's own."""
    names = [key.name for key in curves_figure("roc", {"yes": curve()}).legend()]
    assert names == ["guessing", "yes (area 0.800)"]


def test_few_classes_have_a_colour_each():
    """Up to six curves are told apart by colour."""
    marks = curves_figure("roc", {str(k): curve() for k in range(6)}).panels[0].marks[1:]
    assert len({mark.ink for mark in marks}) == 6


def test_many_classes_show_the_hardest_and_the_mean():
    """Of nine curves the one with the smallest area stands out, and the mean of all is drawn."""
    curves = {str(k): curve(0.9 - k / 100) for k in range(9)}
    figure = curves_figure("roc", curves)
    assert [key.name for key in figure.legend()] == [
        "guessing",
        "other classes",
        "hardest: 8 (0.820)",
        "mean of the classes",
    ]


def test_the_mean_curve_of_equal_curves_reaches_them():
    """What nine equal curves reach at a false positive rate of 0.5, their mean reaches."""
    mean = curves_figure("roc", {str(k): curve() for k in range(9)}).panels[0].marks[-1]
    assert mean.y[mean.x.index(0.5)] == pytest.approx(0.9)


def test_guessing_has_the_precision_of_the_whole():
    """The line for reference is the precision of calling everything the class."""
    falling = Curve(np.array([1.0, 0.5, 0.0]), np.array([0.3, 0.6, 1.0]), 0.6)
    marks = curves_figure("precision-recall", {"yes": falling}).panels[0].marks
    assert marks[0].at == pytest.approx(0.3)


def test_calibration_agrees_with_scikit_learn():
    """Groups, stated and observed shares are those of `calibration_curve`."""
    rng = np.random.default_rng(0)
    stated = rng.uniform(size=500)
    came_true = rng.uniform(size=500) < stated**2
    observed, mean = calibration_curve(came_true, stated, n_bins=10)
    line = calibration(stated, came_true, "yes").panels[0].marks[-1]
    np.testing.assert_allclose(line.x, mean, rtol=1e-8)  # nine digits are kept
    np.testing.assert_allclose(line.y, observed, rtol=1e-8)


def test_certainty_belongs_to_the_last_group():
    """A probability of 1 is counted, not lost beyond the end."""
    bars = calibration(np.ones(3), np.ones(3, np.bool_), "yes").panels[1].marks[0]
    assert bars.y == (0.0,) * 9 + (3.0,)


def test_the_figures_can_be_drawn():
    """Every panel is accepted by matplotlib without a warning."""
    for figure in (
        confusion_figure(np.eye(3, dtype=np.int64), ("a", "b", "c")),
        curves_figure("precision-recall", {str(k): curve() for k in range(9)}),
        calibration(np.full(4, 0.3), np.ones(4, np.bool_), "yes"),
    ):
        draw(figure).draw_without_rendering()
