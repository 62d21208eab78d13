"""Residuals put to the test."""

import numpy as np
from statsmodels.tsa.stattools import pacf

from seqloom.explain import diagnose

RNG = np.random.default_rng(0)


def test_noise_passes():
    """No bias, normal tails, no pattern."""
    found = diagnose(RNG.normal(size=500), "load")
    said = " ".join(found.sentences)
    assert "no more than chance" in said
    assert "about as a normal distribution" in said
    assert "look like noise" in said
    assert [figure.name for figure in found.figures()] == [
        "residuals",
        "residual-quantiles",
        "autocorrelation",
        "partial-autocorrelation",
    ]


def test_bias_heavy_tails_and_memory_are_named():
    """A walk that forgets slowly, with leaps, away from zero."""
    noise = RNG.standard_t(2, size=800)
    walk = np.zeros(800)
    for step in range(1, 800):
        walk[step] = 0.8 * walk[step - 1] + noise[step]
    found = diagnose(walk + 3, "load")
    said = " ".join(found.sentences)
    assert "more than chance would bring" in said
    assert "heavier than normal" in said
    assert "structure the model has not learned" in said
    np.testing.assert_allclose(found.partial, pacf(walk + 3, nlags=len(found.partial), method="ywm")[1:])
    assert abs(found.partial[0]) > 0.6
    assert abs(found.partial[3]) < 0.2


def test_quantiles_of_normal_residuals_lie_on_the_line():
    """Expected and found deviations are about the same."""
    figure = diagnose(RNG.normal(2, 3, 2000), "load").figures()[1]
    points = figure.panels[0].marks[1]
    x, y = np.array(points.x), np.array(points.y)
    inner = np.abs(x) < 2
    assert np.abs(x - y)[inner].max() < 0.2


def test_unknown_truth_and_few_residuals_are_said():
    """Nothing is drawn of what is not there."""
    assert diagnose(np.full(30, np.nan), "load").figures() == ()
    assert "no truth" in diagnose(np.full(30, np.nan), "load").sentences[0]
    assert len(diagnose(RNG.normal(size=10), "load").figures()) == 2
    unordered = diagnose(RNG.normal(size=100), "load", ordered=False)
    assert "order is that of the data" in unordered.sentences[-1]
