"""Activations: how far from NumPy in extended precision, and their slopes against differences."""

import numba
import numpy as np
import pytest

from seqloom.kernels import Elu, Relu, Sigmoid, Tanh, reference
from seqloom.kernels.activation import apply, exp, log_sigmoid, slope
from seqloom.kernels.memory import lanes_of, load, store

PRECISIONS = (np.float32, np.float64)
NAMES = ("exp", "tanh", "sigmoid", "relu", "elu", "log_sigmoid")
EXACT = (np.exp, np.tanh, reference.sigmoid, reference.relu, reference.elu, lambda x: -np.logaddexp(0, -x))
SLOPED = NAMES[1:5]
"""Those that a cell may be asked to use, and whose slopes it needs."""
ULPS = {"exp": (3, 2), "tanh": (5, 3), "sigmoid": (4, 3), "relu": (0, 0), "elu": (6, 3), "log_sigmoid": (6, 3)}
"""Units in the last place a result may be off, in single and double precision: as measured, rounded up."""

END = {np.float32: 87.0, np.float64: 707.0}
"""Where eˣ or e⁻ˣ is still a normal number."""


@numba.njit
def activate(out, x):
    """Each row of `out` is one function of `x`."""
    for at in range(0, x.shape[1], lanes_of(x)):
        value = load(x, 0, at)
        store(out, 0, at, exp(value))
        store(out, 1, at, apply(Tanh(), value))
        store(out, 2, at, apply(Sigmoid(), value))
        store(out, 3, at, apply(Relu(), value))
        store(out, 4, at, apply(Elu(), value))
        store(out, 5, at, log_sigmoid(value))


@numba.njit
def slopes(out, y):
    """Each row of `out` is the slope of an activation where its value is in the same row of `y`."""
    for at in range(0, y.shape[1], lanes_of(y)):
        store(out, 1, at, slope(Tanh(), load(y, 1, at)))
        store(out, 2, at, slope(Sigmoid(), load(y, 2, at)))
        store(out, 3, at, slope(Relu(), load(y, 3, at)))
        store(out, 4, at, slope(Elu(), load(y, 4, at)))


def activated(x):
    """All functions of some numbers, [functions, numbers]."""
    padded = np.zeros((1, -(-len(x) // 16) * 16), x.dtype)
    padded[0, : len(x)] = x
    out = np.zeros((len(NAMES), padded.shape[1]), x.dtype)
    activate(out, padded)
    return out[:, : len(x)]


@pytest.fixture(scope="module", params=PRECISIONS, ids=lambda dtype: dtype.__name__)
def trial(request):
    """Numbers of all sizes, tiny to large, more of them where functions bend, and all functions of them."""
    numbers, end = np.random.default_rng(3), END[request.param]
    tiny = 10.0 ** numbers.uniform(-30, 2, 100_000).clip(max=np.log10(end))
    x = np.concatenate([tiny, -tiny, numbers.uniform(-end, end, 50_000), numbers.uniform(-20, 20, 200_000)])
    x = x.astype(request.param)
    return x, activated(x)


@pytest.mark.parametrize("name", NAMES)
def test_values_are_off_by_a_few_units_in_the_last_place(trial, name):
    """Over the whole range every value lies within so many units of NumPy's in extended precision."""
    (x, out), place = trial, NAMES.index(name)
    exact = EXACT[place](x.astype(np.longdouble))
    units = np.abs(out[place] - exact) / np.spacing(np.abs(exact).astype(x.dtype))
    assert units.max() <= ULPS[name][PRECISIONS.index(x.dtype.type)]


LIMITS = {
    "tanh": (-1.0, 1.0),
    "sigmoid": (0.0, 1.0),
    "relu": (0.0, np.inf),
    "elu": (-1.0, np.inf),
}


@pytest.mark.parametrize("dtype", PRECISIONS)
@pytest.mark.parametrize("name", LIMITS)
def test_infinities_give_the_limits_and_nothing_beyond(dtype, name):
    """At either infinity a function has its limit, as exact as anywhere, and never passes it."""
    out = activated(np.array([-np.inf, np.inf], dtype))[NAMES.index(name)]
    off = max(ULPS[name]) * np.finfo(dtype).eps / 2  # units just below 1
    np.testing.assert_allclose(out, LIMITS[name], rtol=0, atol=off)
    assert np.all((LIMITS[name][0] <= out) & (out <= LIMITS[name][1]))


@pytest.mark.parametrize("dtype", PRECISIONS)
def test_nan_gives_nan_and_only_in_its_own_lane(dtype):
    """A NaN comes out of every function where it went in, and its neighbours are what they are without it."""
    x = np.linspace(-3, 3, 16, dtype=dtype)
    expected, x[5] = activated(x), np.nan
    expected[:, 5] = np.nan
    np.testing.assert_array_equal(activated(x), expected)


@pytest.mark.parametrize("dtype", PRECISIONS)
def test_beyond_its_range_the_exponential_stays_at_its_ends(dtype):
    """It neither overflows nor vanishes, so that nothing made of it becomes NaN."""
    out = activated(np.array([-1e4, 1e4], dtype))[0]
    assert np.all(np.isfinite(out) & (out > 0))


@pytest.mark.parametrize("name", SLOPED)
def test_slopes_are_those_of_central_differences(name):
    """The slope told from the value is the difference quotient of the function, on either side of a bend."""
    x, place, step = np.linspace(-4, 4, 4096) + 1e-3, NAMES.index(name), 1e-5
    out = np.zeros((len(NAMES), len(x)))
    slopes(out, activated(x))
    differences = (EXACT[place](x + step) - EXACT[place](x - step)) / (2 * step)
    np.testing.assert_allclose(out[place], differences, rtol=0, atol=1e-9)  # step² of truncation, ε / step of rounding


def test_slopes_at_zero_are_those_of_torch():
    """Where the positive part bends its slope is 0, that of the exponential unit 1."""
    out = np.full((len(NAMES), 16), np.nan)
    slopes(out, activated(np.zeros(16)))
    np.testing.assert_array_equal(out[1 : 1 + len(SLOPED), 0], [1.0, 0.25, 0.0, 1.0])
