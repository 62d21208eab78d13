"""Paired comparison of two predictors on the same examples."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm, t

from seqloom.errors import DataError

RESAMPLES = 2_000
CONFIDENCE = 0.95
CELLS = 4_000_000
"""Blocks drawn at once."""

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Comparison:
    """How much less a model errs than an alternative, and how sure that is.

    Args:
        alternative: name of the alternative.
        title: how a sentence calls it.
        error: what kind of error was compared: `squared error`, `mistakes`.
        model_error: mean error of the model.
        alternative_error: mean error of the alternative.
        relative: share of the larger mean error that the better one saves: 0.2 where the model's is 20 % smaller than
            the alternative's, -0.2 where the alternative's is 20 % smaller than the model's.
        low: lower end of the 95 % interval of `relative`, at least -1.
        high: upper end of it, at most 1.
        examples: how many examples both were compared on.
        blocks: how many of them are independent, as far as overlap goes.
    """

    alternative: str
    title: str
    error: str
    model_error: float
    alternative_error: float
    relative: float
    low: float
    high: float
    examples: int
    blocks: float

    @property
    def difference(self) -> float:
        """Mean error of the alternative minus that of the model: positive where the model is better."""
        return self.alternative_error - self.model_error

    @property
    def margin(self) -> float:
        """Half the width of the interval."""
        return (self.high - self.low) / 2


def compare(
    model: Matrix,
    alternative: Matrix,
    *,
    block: int = 1,
    name: str = "alternative",
    title: str = "the alternative",
    error: str = "error",
    seed: int = 0,
) -> Comparison:
    """Compare paired errors by the moving-block bootstrap.

    Neighbouring windows share most of their steps, so that their errors are not independent. Blocks of neighbouring
    examples are therefore drawn instead of single ones (Künsch 1989), the same for both predictors. Deviation: the
    percentile interval is widened by the ratio of Student's to the normal quantile for the number of blocks, as the
    bootstrap of few blocks is known to be too narrow. Dependence between sequences is not accounted for.

    Args:
        model: one error per example, in the order of sequence and time, [E]; NaN where there is none.
        alternative: the same of the alternative.
        block: how many neighbouring examples depend on each other, at least the overlap of their horizons.
        name: of the alternative.
        title: how a sentence calls it.
        error: what kind of error this is, as a sentence calls it.
        seed: seed of the resampling.

    Raises:
        DataError: the arrays do not have the same length.

    Example:
        >>> result = compare(np.array([1.0, 2, 1, 2] * 10), np.array([2.0, 4, 2, 4] * 10))
        >>> result.relative, result.low > 0
        (0.5, True)
    """
    if model.shape != alternative.shape or model.ndim != 1:
        raise DataError(
            f"comparison with {name}",
            expected="one error per example from both",
            came=f"shapes {list(model.shape)} and {list(alternative.shape)}",
            fix="compare predictions of the same examples",
        )
    known = np.isfinite(model) & np.isfinite(alternative)
    pair = np.stack([model[known], alternative[known]])  # [2, E]
    examples = pair.shape[1]
    means = pair.mean(axis=1) if examples else np.zeros(2)
    relative = float(_saved(means))
    blocks = examples / min(max(1, block), max(1, examples))
    low, high = _interval(pair, block, relative, seed) if blocks > 1 else (-1.0, 1.0)
    return Comparison(name, title, error, float(means[0]), float(means[1]), relative, low, high, examples, blocks)


def _saved(means: Matrix) -> Matrix:
    """Share of the larger of two means that the smaller one saves, positive where the first is smaller; [2, ...]."""
    larger = means.max(axis=0)
    saved: Matrix = np.zeros_like(larger)
    np.divide(means[1] - means[0], larger, out=saved, where=larger > 0)
    return saved


def _interval(pair: Matrix, block: int, relative: float, seed: int) -> tuple[float, float]:
    """The widened 95 % percentile interval of the relative saving."""
    block = max(1, block)
    blocks = pair.shape[1] / block
    drawn = _saved(_resampled_means(pair, block, np.random.default_rng(seed)))
    tail = (1 - CONFIDENCE) / 2
    bounds = np.quantile(drawn, [tail, 1 - tail])
    wider = t.ppf(1 - tail, blocks - 1) / norm.ppf(1 - tail)
    low, high = np.clip(relative + (bounds - relative) * wider, -1.0, 1.0)
    return float(low), float(high)


def _resampled_means(pair: Matrix, block: int, random: np.random.Generator) -> Matrix:
    """Means of resamples made of blocks drawn with replacement, [2, resamples]."""
    examples = pair.shape[1]
    sums = np.concatenate([np.zeros((2, 1)), np.cumsum(pair, axis=1)], axis=1)
    block_means = (sums[:, block:] - sums[:, :-block]) / block  # [2, E - block + 1]
    count = -(-examples // block)
    runs = -(-RESAMPLES * count // CELLS)
    means = []
    for share in np.array_split(np.arange(RESAMPLES), runs):
        chosen = random.integers(0, block_means.shape[1], (len(share), count))
        means.append(block_means[:, chosen].mean(axis=2))
    return np.concatenate(means, axis=1)
