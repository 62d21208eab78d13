"""The trial of forecasts."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from seqloom.alternatives import training_series
from seqloom.evaluate.example_errors import squared_errors
from seqloom.evaluate.interval_record import interval_records
from seqloom.evaluate.trial import SQUARED_ERROR, Measured
from seqloom.prepare import Examples, Pipeline, joint
from seqloom.score import forecast_metrics, mase_scale
from seqloom.sequence import ForecastPrediction

ENOUGH_BLOCKS = 4
SCALED_BY = 1_000_000
"""The last rows of a training series by whose changes the mean absolute scaled error is scaled."""

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class ForecastTrial:
    """Test windows, all targets together.

    Args:
        examples: the windows.
        prediction: what the model forecast for them.
        pipeline: the fitted preparation.
        denominators: of the mean absolute scaled error, [E, C]; None where there is no training part.
        bounds: of intervals in the units of the data, by how their widths are set, [E, P, C, 2].
    """

    examples: Examples
    prediction: ForecastPrediction
    pipeline: Pipeline
    denominators: Matrix | None
    bounds: Mapping[str, Matrix] = field(default_factory=dict)

    @property
    def block(self) -> int:
        """Windows of one sequence whose horizons overlap, and half as many again where that leaves enough blocks."""
        shared = overlap(self.examples)
        return max(shared, min(shared * 3 // 2, len(self.examples) // ENOUGH_BLOCKS))

    def model(self) -> Measured:
        """Metrics with the coverage of the outermost quantiles."""
        levels, quantiles = self.prediction.levels, self.prediction.quantiles
        bounds = (quantiles[..., 0], quantiles[..., -1]) if len(levels) > 1 else None
        interval = levels[-1] - levels[0] if len(levels) > 1 else 0.0
        measured = self._measured(self._scaled(self.prediction.values), bounds, interval)
        truth = self.pipeline.invert_targets(self.examples.truth().astype(np.float64), self.examples.keys())
        return replace(measured, intervals=interval_records(self.bounds, truth, self.prediction.times, interval))

    def alternative(self, answers: Matrix) -> Measured:
        """Metrics of point forecasts, [E, P, C]."""
        return self._measured(answers)

    def _scaled(self, values: Matrix) -> Matrix:
        return self.pipeline.scale_targets(values, self.examples.keys())

    def _measured(self, scaled: Matrix, bounds: tuple[Matrix, Matrix] | None = None, interval: float = 0.0) -> Measured:
        known = self.examples.truth().astype(np.float64)
        keys = self.examples.keys()
        values, truth = (self.pipeline.invert_targets(each, keys) for each in (scaled, known))
        lower, upper = bounds or (None, None)
        scaled_lower, scaled_upper = (None, None) if bounds is None else map(self._scaled, bounds)
        order = np.lexsort((self.examples.stop, self.examples.sequence))
        return Measured(
            metrics=forecast_metrics(
                values, truth, lower=lower, upper=upper, scale=self.denominators, interval=interval
            ),
            scaled=forecast_metrics(scaled, known, lower=scaled_lower, upper=scaled_upper, interval=interval),
            errors={SQUARED_ERROR: squared_errors(scaled, known)[order]},
        )


def overlap(examples: Examples) -> int:
    """How many neighbouring windows of a sequence share a step of their horizon, at most all its windows."""
    order = np.lexsort((examples.stop, examples.sequence))
    stride = np.diff(examples.stop[order])[np.diff(examples.sequence[order]) == 0]
    if not len(stride):
        return 1
    most = int(np.unique(examples.sequence, return_counts=True)[1].max())
    return min(most, -(-examples.horizon // max(1, int(stride.min()))))


def mase_denominators(training: Examples, examples: Examples, pipeline: Pipeline, season: int) -> Matrix:
    """Mean absolute error of the seasonal naive on the training rows of each example's sequence, [E, C].

    Sequences are matched by their key. NaN where a sequence has no training rows or no more than a season of them.
    """
    windows = joint(training)
    keys = windows.prepared.keys
    scales = {}
    for sequence, rows in training_series(windows, windows.prepared.targets).items():
        if len(rows) > season:
            recent = rows[None, -max(SCALED_BY, season + 1) :]  # [1, rows, C]
            values = pipeline.invert_targets(recent, keys[sequence : sequence + 1])[0]
            scales[keys[sequence]] = mase_scale(values, season)
    unknown = np.full(len(examples.prepared.target_names), np.nan)
    return np.array([scales.get(key, unknown) for key in examples.prepared.keys])[examples.sequence]
