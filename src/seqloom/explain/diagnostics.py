"""Residuals put to the test: how large, how normal, and whether one announces the next."""

from dataclasses import dataclass

import numpy as np
from scipy.stats import norm
from statsmodels.tsa.stattools import pacf

from seqloom.evaluate import Autocorrelation, Histogram, autocorrelation, histogram
from seqloom.explain.question import Floats
from seqloom.report import (
    Axis,
    Band,
    Bars,
    FigureData,
    Panel,
    Points,
    Rule,
    autocorrelation_figure,
    residual_histogram,
    spread,
)

DRAWN = 500
"""Points of a Q-Q plot at most."""
HEAVY = 1.0
"""Excess kurtosis from which on tails are called heavy."""
LEVEL = 1.96
"""Standard errors of 95 % of chance."""


@dataclass(frozen=True)
class Diagnostics:
    """What residuals say.

    Args:
        name: of the target.
        residuals: truth minus prediction, in order, NaN left out, [n].
        histogram: how often residuals of each size occur; None: there are none.
        autocorrelation: how they depend on those before, with the Ljung-Box test; None: too few.
        partial: the same without what lies between, from lag 1 on, [lags].
        ordered: whether their order is one of time.
    """

    name: str
    residuals: Floats
    histogram: Histogram | None
    autocorrelation: Autocorrelation | None
    partial: Floats
    ordered: bool

    @property
    def sentences(self) -> tuple[str, ...]:
        """What it means, in words."""
        if self.histogram is None:
            return (f"{self.name}: no truth is known.",)
        mean, deviation, count = self.histogram.mean, self.histogram.deviation, len(self.residuals)
        error = deviation / np.sqrt(count)
        off = abs(mean) > LEVEL * error
        bias = (
            f"{self.name}: on average the truth is {mean:+.4g} away from the prediction (deviation {deviation:.4g}), "
        )
        bias += "more than chance would bring." if off else "no more than chance would bring."
        said = [bias + (" Neighbours depend on each other, so chance brings more than is assumed here." if off else "")]
        if deviation > 0:
            excess = float(np.mean(((self.residuals - mean) / deviation) ** 4) - 3)
            tails = "heavier than normal: large errors are more frequent than their deviation suggests"
            said.append(f"Tails are {tails if excess > HEAVY else 'about as a normal distribution has them'}.")
        if self.autocorrelation is not None:
            said.append(self.autocorrelation.sentence)
            if not self.ordered:
                said.append("Their order is that of the data: if it has no meaning, neither has this test.")
        return tuple(said)

    def figures(self) -> tuple[FigureData, ...]:
        """Histogram, Q-Q plot, autocorrelation and partial autocorrelation."""
        if self.histogram is None:
            return ()
        drawn = [residual_histogram(self.residuals[:, None], (self.name,)), self._quantiles()]
        if self.autocorrelation is not None:
            drawn += [autocorrelation_figure({self.name: self.autocorrelation}), self._partial()]
        return tuple(drawn)

    def _quantiles(self) -> FigureData:
        values = np.sort(self.residuals)
        places = spread(len(values), DRAWN)
        expected = norm.ppf((places + 0.5) / len(values))
        scale = float(values.std()) or 1.0
        return FigureData(
            name="residual-quantiles",
            title="Q-Q plot of the residuals",
            caption="Residuals in order of size, in standard deviations, against what a normal distribution would have."
            " On the line: normal. Ends that bend away from it, down at the left and up at the right: large errors are"
            " more frequent than normal ones, and intervals made of the deviation alone are too narrow.",
            panels=(
                Panel(
                    marks=(
                        Rule(name="normal", along="diagonal"),
                        Points(name="residual", x=expected, y=(values[places] - values.mean()) / scale),
                    ),
                    x=Axis(label="expected, deviations"),
                    y=Axis(label="found, deviations"),
                ),
            ),
        )

    def _partial(self) -> FigureData:
        count, bound = len(self.partial), LEVEL / np.sqrt(len(self.residuals))
        half = np.full(2, bound)
        return FigureData(
            name="partial-autocorrelation",
            title="Partial autocorrelation of the residuals",
            caption="What a residual so many places back says about the present one beyond those between them. A single"
            " bar outside the band at lag k: an autoregressive term of order k would help.",
            panels=(
                Panel(
                    marks=(
                        Band(
                            name="95 % of chance", ink="reference", x=np.array([0.4, count + 0.6]), low=-half, high=half
                        ),
                        Bars(name="partial autocorrelation", x=np.arange(1, count + 1), y=self.partial, width=0.6),
                        Rule(along="across", at=0.0),
                    ),
                    x=Axis(label="lag"),
                    y=Axis(label="partial autocorrelation"),
                ),
            ),
        )


def diagnose(residuals: Floats, name: str, *, season: int = 1, ordered: bool = True) -> Diagnostics:
    """Put residuals to the test.

    Sources: Ljung & Box, "On a measure of lack of fit in time series models", Biometrika 65 (1978); partial
    autocorrelations by Yule and Walker, as statsmodels computes them.

    Args:
        residuals: truth minus prediction, in order of time, NaN where not known, [n].
        name: of the target.
        season: steps of a season.
        ordered: whether the order is one of time.
    """
    known = residuals[np.isfinite(residuals)]
    found = autocorrelation(known, season=season)
    partial = np.zeros(0) if found is None else pacf(known, nlags=len(found.values), method="ywm")[1:]
    return Diagnostics(name, known, histogram(known), found, partial, ordered)
