"""Layer norm of some numbers of a row, there and back.

The numbers lie in vectors, `hidden` of them in all, a vector every `step` columns from `column` on.

Source: Ba, Kiros & Hinton, "Layer normalization", 2016.
"""

from typing import Any

from seqloom.kernels.compile import inlined
from seqloom.kernels.layer import NORM_EPSILON, Floats
from seqloom.kernels.memory import lanes_of, load, ones, splat
from seqloom.kernels.vector import fma, root, total


@inlined
def moments(array: Floats, row: int, column: int, step: int, hidden: int) -> tuple[Any, Any]:
    """The mean of some numbers, and what brings their variance to one; either in every lane."""
    lanes = lanes_of(array)
    whole = splat(array, 0.0)
    for unit in range(0, hidden, lanes):
        whole = fma(ones(array, hidden - unit), load(array, row, column + unit // lanes * step), whole)
    mean = total(whole) / hidden
    whole = splat(array, 0.0)
    for unit in range(0, hidden, lanes):
        off = (load(array, row, column + unit // lanes * step) - mean) * ones(array, hidden - unit)
        whole = fma(off, off, whole)
    return mean, 1.0 / root(total(whole) / hidden + NORM_EPSILON)


@inlined
def back_through_norm(change: Any, value: Any, means: tuple[Any, Any], scale: Any) -> Any:
    """The gradient of numbers from that of the normalised ones.

    Args:
        change: gradient of the normalised numbers.
        value: the normalised numbers.
        means: over all of the row, of `change` and of `change * value`.
        scale: what brought the variance to one.
    """
    return scale * (change - means[0] - value * means[1])
