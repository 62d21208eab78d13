"""Student's distribution, beside tables of it and its limit."""

import math
from statistics import NormalDist

import pytest

from seqloom.monitor.student import beyond


@pytest.mark.parametrize(
    ("chance", "degrees", "expected"), [(0.05, 1, 6.3138), (0.025, 10, 2.2281), (0.005, 30, 2.75), (0.5, 4, 0.0)]
)
def test_quantiles_are_those_of_tables(chance, degrees, expected):
    """They are what printed tables of the distribution have, to their four digits."""
    assert beyond(chance, degrees) == pytest.approx(expected, abs=1e-4)


def test_degrees_need_not_be_whole():
    """With two degrees the quantile is known in closed form; a little more of them lowers it a little."""
    exact = (1 - 2 * 0.1) / math.sqrt(2 * 0.1 * 0.9)
    assert beyond(0.1, 2.0) == pytest.approx(exact, rel=1e-12)
    assert beyond(0.1, 2.001) == pytest.approx(exact, rel=1e-3)
    assert beyond(0.1, 2.001) < exact


def test_many_degrees_are_a_normal_distribution():
    """With ever more degrees it is the normal distribution."""
    assert beyond(1e-7, 1e9) == pytest.approx(-NormalDist().inv_cdf(1e-7), rel=1e-6)
