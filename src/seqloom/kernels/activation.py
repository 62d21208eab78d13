"""Activations of vectors, to a few units in the last place, and their slopes.

An activation is a type, so that the code of a cell is compiled for the one it uses: `apply(Tanh(), x)`. Slopes are told
from the value: that is all a backward pass has kept.
"""

import math
from typing import Any, NamedTuple

from numba.extending import overload

from seqloom.kernels.compile import INLINED
from seqloom.kernels.vector import Vector, fma, maximum, minimum, nearest, positive, power_of_two

# tanh x = x p(x²) / q(x²), fitted by least squares, weighted anew until the largest relative error, 6e-9, was least;
# beyond the end its value there, which is 4 units in the last place below 1
TANH_END = 7.9
TANH_P = (1.54280628e-08, 2.20233084e-05, 0.00357899583, 0.134506238, 0.999999994)
TANH_Q = (8.59881636e-07, 0.000342365679, 0.0261922524, 0.467839518, 1.0)
# ln 2 in two parts, of which the first times a small whole number is exact
LN2_HIGH, LN2_LOW = 6.93145751953125e-1, 1.42860682030941723212e-6
LOG2_E = math.log2(math.e)
EXP_SINGLE = tuple(1 / math.factorial(power) for power in range(6, 0, -1))
EXP_DOUBLE = tuple(1 / math.factorial(power) for power in range(13, 0, -1))
LOG_SINGLE = tuple(1 / power for power in range(15, 1, -2))
LOG_DOUBLE = tuple(1 / power for power in range(33, 1, -2))
SINGLE = 32


class Tanh(NamedTuple):
    """The hyperbolic tangent."""


class Sigmoid(NamedTuple):
    """The logistic function."""


class Relu(NamedTuple):
    """The positive part."""


class Elu(NamedTuple):
    """The positive part, and eˣ - 1 below zero."""


Activation = Tanh | Sigmoid | Relu | Elu


def exp(x: Any) -> Any:
    """eˣ; beyond the range of normal numbers its ends.

    x = n ln 2 + r with a whole n and |r| ≤ ln 2 / 2, so that eˣ = 2ⁿ eʳ; eʳ by its Taylor series.
    """
    raise NotImplementedError  # compiled code only


@overload(exp, jit_options=INLINED)
def _exp(x: Any) -> Any:
    def code(x: Any) -> Any:
        less, scale = _split_exp(x)
        return fma(less, scale, scale)

    return code if isinstance(x, Vector) else None


def _split_exp(x: Any) -> Any:
    """eʳ - 1 and 2ⁿ, see `exp`."""
    raise NotImplementedError  # compiled code only


@overload(_split_exp, jit_options=INLINED)
def _split(x: Any) -> Any:
    single = x.element.bitwidth == SINGLE
    first, second, *others = EXP_SINGLE if single else EXP_DOUBLE
    series, most = tuple(others), 87.3 if single else 708.0

    def code(x: Any) -> Any:
        kept = maximum(minimum(x, most), -most)
        n = nearest(kept * LOG2_E)
        r = fma(n, -LN2_LOW, fma(n, -LN2_HIGH, kept))
        value = fma(r, first, second)
        for factor in series:
            value = fma(value, r, factor)
        return value * r, power_of_two(n)

    return code


def tanh(x: Any) -> Any:
    """The hyperbolic tangent: a rational function for single precision, by `exp` for double."""
    raise NotImplementedError  # compiled code only


@overload(tanh, jit_options=INLINED)
def _tanh(x: Any) -> Any:
    if not isinstance(x, Vector):
        return None

    def rational(x: Any) -> Any:
        kept = maximum(minimum(x, TANH_END), -TANH_END)
        square = kept * kept
        p = fma(square, TANH_P[0], TANH_P[1])
        for factor in TANH_P[2:]:
            p = fma(p, square, factor)
        q = fma(square, TANH_Q[0], TANH_Q[1])
        for factor in TANH_Q[2:]:
            q = fma(q, square, factor)
        return kept * p / q

    def exponential(x: Any) -> Any:
        less, scale = _split_exp(2.0 * x)
        above = fma(less, scale, scale - 1.0)  # e²ˣ - 1, exact where it is small
        return above / (above + 2.0)

    return rational if x.element.bitwidth == SINGLE else exponential


def sigmoid(x: Any) -> Any:
    """The logistic function."""
    raise NotImplementedError  # compiled code only


@overload(sigmoid, jit_options=INLINED)
def _sigmoid(x: Any) -> Any:
    def code(x: Any) -> Any:
        return 1.0 / (exp(0.0 - x) + 1.0)

    return code if isinstance(x, Vector) else None


def log_sigmoid(x: Any) -> Any:
    """The logarithm of the logistic function, exact where that is close to one: min(x, 0) - ln(1 + e⁻ˣ) for |x|.

    ln(1 + y) = 2 (z + z³ / 3 + z⁵ / 5 + …) with z = y / (2 + y), which is at most a third.
    """
    raise NotImplementedError  # compiled code only


@overload(log_sigmoid, jit_options=INLINED)
def _log_sigmoid(x: Any) -> Any:
    if not isinstance(x, Vector):
        return None
    first, *others = LOG_SINGLE if x.element.bitwidth == SINGLE else LOG_DOUBLE
    series = tuple(others)

    def code(x: Any) -> Any:
        below = minimum(x, 0.0)
        y = exp(2.0 * below - x)  # -|x|
        z = y / (y + 2.0)
        square = z * z
        value = square * first
        for factor in series:
            value = (value + factor) * square
        return below - 2.0 * fma(z, value, z)

    return code


def apply(activation: Activation, x: Any) -> Any:
    """The activation of `x`."""
    raise NotImplementedError  # compiled code only


@overload(apply, jit_options=INLINED)
def _apply(activation: Any, x: Any) -> Any:
    return {Tanh: _tanh_of, Sigmoid: _sigmoid_of, Relu: _relu_of, Elu: _elu_of}[activation.instance_class]


def _tanh_of(activation: Any, x: Any) -> Any:
    return tanh(x)


def _sigmoid_of(activation: Any, x: Any) -> Any:
    return sigmoid(x)


def _relu_of(activation: Any, x: Any) -> Any:
    return maximum(x, 0.0)


def _elu_of(activation: Any, x: Any) -> Any:
    half = tanh(0.5 * minimum(x, 0.0))  # eˣ - 1 = 2 t / (1 - t) with t = tanh(x / 2) keeps small numbers exact
    return maximum(x, 0.0) + 2.0 * half / (1.0 - half)


def slope(activation: Activation, y: Any) -> Any:
    """The derivative of an activation where its value is `y`."""
    raise NotImplementedError  # compiled code only


@overload(slope, jit_options=INLINED)
def _slope(activation: Any, y: Any) -> Any:
    return {Tanh: _tanh_slope, Sigmoid: _sigmoid_slope, Relu: _relu_slope, Elu: _elu_slope}[activation.instance_class]


def _tanh_slope(activation: Any, y: Any) -> Any:
    return 1.0 - y * y


def _sigmoid_slope(activation: Any, y: Any) -> Any:
    return y * (1.0 - y)


def _relu_slope(activation: Any, y: Any) -> Any:
    return positive(y)


def _elu_slope(activation: Any, y: Any) -> Any:
    return minimum(y, 0.0) + 1.0
