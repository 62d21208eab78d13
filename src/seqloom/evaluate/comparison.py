"""Paired comparison of two predictors on the same examples."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t

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
    pairs are therefore drawn instead of single ones (Künsch 1989). The interval is the mean difference plus and minus
    the standard deviation of its resamples times Student's quantile for the number of blocks, relative to the larger
    mean error; percentiles of the resamples would be far too narrow where blocks are few. As Agresti & Min (2005) do
    for paired proportions, two examples that only one of both gets wrong are imagined, so that a handful of mistakes
    proves nothing. Dependence between sequences is not accounted for.

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
    larger = float(means.max()) or 1.0
    relative = float(means[1] - means[0]) / larger
    block = min(max(1, block), max(1, examples))
    blocks = examples / block
    margin = _margin(pair, block, np.random.default_rng(seed)) / larger if blocks > 1 else np.inf
    return Comparison(
        alternative=name,
        title=title,
        error=error,
        model_error=float(means[0]),
        alternative_error=float(means[1]),
        relative=relative,
        low=max(-1.0, relative - margin),
        high=min(1.0, relative + margin),
        examples=examples,
        blocks=blocks,
    )


def _margin(pair: Matrix, block: int, random: np.random.Generator) -> float:
    """Half the 95 % interval of the mean difference of paired errors [2, E]."""
    examples = pair.shape[1]
    blocks = examples / block
    variance = _resampled_means(pair[1] - pair[0], block, random).var()
    variance *= blocks / (blocks - 1)  # blocks drawn from few vary less than the population they come from
    if pair.any():
        variance += 2 * (pair[pair > 0].mean() / examples) ** 2  # the two imagined examples
    return float(t.ppf((1 + CONFIDENCE) / 2, blocks - 1) * np.sqrt(variance))


def _resampled_means(differences: Matrix, block: int, random: np.random.Generator) -> Matrix:
    """Means of resamples made of blocks drawn with replacement, [resamples]."""
    sums = np.concatenate([[0.0], np.cumsum(differences)])
    block_means = (sums[block:] - sums[:-block]) / block  # [E - block + 1]
    count = -(-len(differences) // block)
    runs = np.array_split(np.arange(RESAMPLES), -(-RESAMPLES * count // CELLS))
    means = [block_means[random.integers(0, len(block_means), (len(run), count))].mean(axis=1) for run in runs]
    return np.concatenate(means)
