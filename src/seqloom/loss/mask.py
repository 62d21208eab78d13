"""The one place where missing targets are left out.

A target counts unless it is NaN; an integer class number counts unless it is negative.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from seqloom.errors import DataError

Known = tuple[NDArray[np.float64], ...]


def present(target: Tensor) -> Tensor:
    """Which targets count, bool, of the target's shape."""
    return ~torch.isnan(target) if target.is_floating_point() else target >= 0


def count(target: Tensor) -> int:
    """How many targets count.

    Example:
        >>> count(torch.tensor([1.0, float("nan"), 3.0])), count(torch.tensor([2, -1, 0]))
        (2, 2)
    """
    return int(present(target).sum())


def masked_mean(
    terms: Callable[[Tensor], Tensor], target: Tensor, weights: Callable[[Tensor], Tensor] | None = None
) -> Tensor:
    """Mean of a loss over the targets that count; 0, with gradients of 0, where none does.

    Missing targets are filled with 0 before the loss is computed, as a NaN would poison the gradient even where the
    loss itself is left out.

    Args:
        terms: from filled targets to one loss per target, of the target's shape.
        target: NaN or negative class numbers where missing.
        weights: from filled targets to the weight of each term in the denominator; None: all 1.
    """
    counts = present(target)
    if weights is None and counts.numel() and bool(counts.all()):
        return terms(target).sum() / counts.numel()
    filled = torch.where(counts, target, 0)
    losses = torch.where(counts, terms(filled), 0)
    total = counts.sum() if weights is None else torch.where(counts, weights(filled), 0).sum()
    return losses.sum() / torch.where(total > 0, total, 1)


def known(truth: NDArray[Any], *others: NDArray[Any]) -> Known:
    """The entries of all arrays where the truth is not NaN, float64, flat, the truth first.

    Args:
        truth: NaN where unknown.
        others: predictions of the same shape.

    Raises:
        DataError: the arrays differ in shape, or a prediction is not finite.

    Example:
        >>> [part.tolist() for part in known(np.array([1.0, np.nan]), np.array([3.0, 4.0]))]
        [[1.0], [3.0]]
    """
    for other in others:
        check_shapes(other.shape, truth.shape)
    counts = ~np.isnan(np.asarray(truth, dtype=np.float64))
    chosen = tuple(np.asarray(array, dtype=np.float64)[counts] for array in (truth, *others))
    for values in chosen[1:]:
        if not np.isfinite(values).all():
            raise DataError(
                "predictions",
                expected="finite numbers",
                came=f"{int((~np.isfinite(values)).sum())} of {len(values)} that are NaN or infinite",
                fix="train with a smaller learning rate or with clipping",
            )
    return chosen


def labelled(probabilities: NDArray[Any], truth: NDArray[Any]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Probabilities and class numbers of the sequences whose class is known.

    Args:
        probabilities: [B, K].
        truth: class numbers, negative where unlabelled, [B].

    Raises:
        DataError: there are not as many rows as class numbers.

    Example:
        >>> labelled(np.array([[0.4, 0.6], [1.0, 0.0]]), np.array([-1, 0]))[1].tolist()
        [0]
    """
    check_shapes(probabilities.shape[:1], truth.shape)
    counts = truth >= 0
    return probabilities[counts].astype(np.float64), truth[counts].astype(np.int64)


def check_shapes(came: tuple[int, ...], expected: tuple[int, ...]) -> None:
    """Refuse predictions that would be broadcast against the targets.

    Raises:
        DataError: the shapes differ.
    """
    if tuple(came) != tuple(expected):
        raise DataError(
            "predictions",
            expected=f"the shape of the targets {list(expected)}",
            came=str(list(came)),
            fix="compare like with like",
        )
