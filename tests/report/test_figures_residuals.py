import numpy as np
import pytest
from scipy.stats import norm

from seqloom.evaluate.residuals import autocorrelation
from seqloom.report.figures import draw
from seqloom.report.figures_residuals import (
    autocorrelation_figure,
    errors_by_length,
    predicted_against_actual,
    residual_histogram,
)


def marks(figure, panel=0):
    return {mark.name: mark for mark in figure.panels[panel].marks}


def noise(count: int = 2_000, seed: int = 0):
    return np.random.default_rng(seed).normal(size=(count, 1))


def test_both_axes_of_the_scatter_are_alike():
    """The diagonal is where predicted equals actual only if both axes show the same values."""
    panel = predicted_against_actual(noise(), 3 * noise(seed=1), ("load",)).panels[0]
    assert panel.x.limits == panel.y.limits
    assert panel.shape == "square"


def test_a_large_scatter_is_a_sample_and_says_so():
    """Of many values some are drawn, and the caption tells how many."""
    figure = predicted_against_actual(noise(), noise(), ("load",))
    assert len(marks(figure)["prediction"].x) == 700
    assert "700 of 2,000 values are drawn." in figure.caption


def test_unknown_truth_is_no_point():
    """Values without truth are left out."""
    truth = noise(10)
    truth[3] = np.nan
    assert len(marks(predicted_against_actual(noise(10), truth, ("load",)))["prediction"].x) == 9


def test_the_bars_add_up_to_all_values():
    """Heights are per cent of all residuals."""
    assert sum(marks(residual_histogram(noise(), ("load",)))["residuals"].y) == pytest.approx(100.0)


def test_the_normal_curve_has_the_residuals_mean_and_deviation():
    """The curve is SciPy's density, scaled to the bars."""
    values = 5.0 + 2.0 * noise()
    drawn = marks(residual_histogram(values, ("load",)))
    curve, width = drawn["normal curve"], drawn["residuals"].width
    expected = 100 * width * norm(values.mean(), values.std()).pdf(np.array(curve.x))
    np.testing.assert_allclose(curve.y, expected, rtol=1e-6)  # x is kept to nine digits


def test_equal_residuals_have_no_curve():
    """A single value has no deviation to draw a curve with."""
    figure = residual_histogram(np.full((30, 1), 2.0), ("load",))
    assert "normal curve" not in marks(figure)
    draw(figure).draw_without_rendering()


def test_without_residuals_the_panel_is_empty():
    """Where no truth is known nothing is drawn."""
    assert residual_histogram(np.full((5, 1), np.nan), ("load",)).panels[0].marks == ()


def test_each_lag_has_a_bar_over_the_band_of_chance():
    """Bars and bounds are those that were computed."""
    found = autocorrelation(noise(500)[:, 0])
    drawn = marks(autocorrelation_figure({"load": found}))
    np.testing.assert_allclose(drawn["autocorrelation"].y, found.values, rtol=1e-8)  # nine digits are kept
    assert drawn["95 % of chance"].high[0] == pytest.approx(found.bound)


def test_the_median_error_of_each_length_is_drawn():
    """With two lengths there are two groups, each with its own median."""
    lengths = np.repeat([5, 50], 20)
    errors = np.where(lengths == 5, 1.0, 3.0)[:, None]
    drawn = marks(errors_by_length(lengths, errors, ("life",)))["median"]
    assert (drawn.x, drawn.y) == ((5.0, 50.0), (1.0, 3.0))


def test_several_targets_have_a_panel_each():
    """Every target is named above its own panel."""
    figure = predicted_against_actual(np.ones((4, 2)), np.ones((4, 2)), ("a", "b"))
    assert [panel.title for panel in figure.panels] == ["a", "b"]
