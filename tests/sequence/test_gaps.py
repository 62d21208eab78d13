import numpy as np
import pytest
from scipy import integrate, stats

from seqloom.sequence import Gaps

MIXTURE = Gaps(
    np.array([0.2, 0.0]),
    np.array([[0.3, 0.7], [1.0, 0.0]]),
    np.array([[0.0, 2.0], [1.0, 0.0]]),
    np.array([[0.5, 0.25], [1.0, 1.0]]),
)


def density(row, gap):
    """The mixture's density by scipy's log-normals."""
    parts = zip(MIXTURE.weights[row], MIXTURE.centers[row], MIXTURE.spreads[row], strict=True)
    return (1 - MIXTURE.zero[row]) * sum(w * stats.lognorm(s=s, scale=np.exp(c)).pdf(gap) for w, c, s in parts)


def test_the_likelihood_of_a_gap_is_its_density():
    """Positive gaps have the density of a mixture of log-normals."""
    gaps = np.array([1.3, 4.0])
    expected = [np.log(density(row, gap)) for row, gap in enumerate(gaps)]
    np.testing.assert_allclose(MIXTURE.log_likelihood(gaps), expected, rtol=1e-10)


def test_point_mass_and_density_sum_to_one():
    """What is not the probability of zero is the area under the density."""
    area, _ = integrate.quad(lambda gap: density(0, gap), 0, 100, limit=200)
    assert MIXTURE.zero[0] + area == pytest.approx(1.0, abs=1e-6)  # the tail beyond 100 is far below


def test_a_gap_of_zero_has_the_probability_of_the_point_mass():
    """No density is asked at 0."""
    assert MIXTURE.log_likelihood(np.array([0.0, 1.0]))[0] == pytest.approx(np.log(0.2))


def test_an_unknown_gap_has_no_likelihood():
    """NaN stays NaN."""
    assert np.isnan(MIXTURE.log_likelihood(np.array([np.nan, 1.0]))).tolist() == [True, False]


@pytest.mark.parametrize("level", [0.25, 0.5, 0.95])
def test_a_quantile_is_not_exceeded_with_its_probability(level):
    """The cumulative probability at a quantile is its level."""
    np.testing.assert_allclose(MIXTURE.cumulative(MIXTURE.quantile(level)), level, atol=1e-9)


def test_quantiles_within_the_point_mass_are_zero():
    """A fifth of the gaps are zero, and with it every level up to a fifth."""
    assert MIXTURE.quantile(0.1)[0] == 0.0
    assert MIXTURE.quantile(0.1)[1] > 0.0


def test_the_median_is_that_of_a_sample():
    """Half of a hundred thousand drawn gaps are longer."""
    random = np.random.default_rng(0)
    component = random.choice(2, 100_000, p=MIXTURE.weights[0])
    drawn = np.exp(random.normal(MIXTURE.centers[0][component], MIXTURE.spreads[0][component]))
    drawn[random.random(100_000) < MIXTURE.zero[0]] = 0.0
    assert MIXTURE.quantile(0.5)[0] == pytest.approx(np.median(drawn), rel=0.02)  # the error of so many draws
