"""Whether two forecasts err equally, by the mean of their loss differences."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t

from seqloom.errors import DataError, SettingsError


@dataclass(frozen=True)
class DieboldMariano:
    """A test of equal accuracy.

    Args:
        statistic: positive where the model errs less than the alternative; Student's t under equal accuracy.
        p_value: two-sided, that chance alone comes so far; NaN where nothing can be told.
        horizon: steps ahead that were counted as dependent, h: autocovariances up to h - 1.
        examples: how many pairs of errors.
    """

    statistic: float
    p_value: float
    horizon: int
    examples: int


def diebold_mariano(
    model: NDArray[np.float64], alternative: NDArray[np.float64], *, horizon: int = 1
) -> DieboldMariano:
    """Test whether the expected loss of two forecasts is the same.

    With d(t) the loss of the alternative minus that of the model, m its mean over n pairs, and
    c(k) = sum over t > k of (d(t) - m) (d(t - k) - m) / n its autocovariances,

        DM  = m / sqrt((c(0) + 2 (c(1) + ... + c(h - 1))) / n)
        DM* = DM sqrt((n + 1 - 2 h + h (h - 1) / n) / n)

    and DM* is compared with Student's t with n - 1 degrees of freedom. DM: Diebold and Mariano, "Comparing predictive
    accuracy", Journal of Business & Economic Statistics 13, 1995. DM*: Harvey, Leybourne and Newbold, "Testing the
    equality of prediction mean squared errors", International Journal of Forecasting 13, 1997.

    Deviation: where the estimated variance is not positive, which the formula allows for h > 1, it is that of
    Bartlett's weights, 1 - k / h (Newey and West, Econometrica 55, 1987), which is never negative.

    Args:
        model: one loss per example, in the order of time, [E]; NaN where there is none.
        alternative: the same of the alternative.
        horizon: steps ahead of the forecasts, h; optimal ones depend on h - 1 neighbours.

    Raises:
        DataError: the arrays do not have the same length.
        SettingsError: a horizon below 1.

    Example:
        >>> found = diebold_mariano(np.array([1.0, 2, 1, 3, 1, 2]), np.array([2.0, 4, 1, 4, 3, 2]))
        >>> round(found.statistic, 4), round(found.p_value, 4)
        (2.7386, 0.0409)
    """
    if model.shape != alternative.shape or model.ndim != 1:
        raise DataError(
            "comparison of forecasts",
            expected="one loss per example from both",
            came=f"shapes {list(model.shape)} and {list(alternative.shape)}",
            fix="compare forecasts of the same examples",
        )
    if horizon < 1:
        raise SettingsError("horizon", expected="at least 1", came=str(horizon), fix="choose a larger number")
    differences = alternative - model
    differences = differences[np.isfinite(differences)]
    count = len(differences)
    correction = count + 1 - 2 * horizon + horizon * (horizon - 1) / count if count else 0.0
    if count < 2 or correction <= 0:  # noqa: PLR2004 - one difference has no variance
        return DieboldMariano(math.nan, math.nan, horizon, count)
    mean = float(differences.mean())
    variance = _variance(differences - mean, horizon)
    if variance == 0:
        statistic = math.copysign(math.inf, mean) if mean else 0.0
    else:
        statistic = mean / math.sqrt(variance / count) * math.sqrt(correction / count)
    return DieboldMariano(statistic, float(2 * t.sf(abs(statistic), count - 1)), horizon, count)


def _variance(centred: NDArray[np.float64], horizon: int) -> float:
    """The long-run variance of differences from their mean."""
    count = len(centred)
    lags = np.arange(min(horizon, count))
    covariances = np.array([float(centred[lag:] @ centred[: count - lag]) / count for lag in lags])
    rectangular = float(covariances[0] + 2 * covariances[1:].sum())
    if rectangular > 0:
        return rectangular
    return max(0.0, float(covariances[0] + 2 * ((1 - lags / horizon) * covariances)[1:].sum()))
