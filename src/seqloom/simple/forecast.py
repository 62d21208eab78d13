"""Simple forecasts as models."""

from typing import ClassVar

import numpy as np
import torch
from torch import Tensor

from seqloom.alternatives import Alternative
from seqloom.model import ForecastModel, InputSizes, ModelSettings, WidthRule, forecast_prediction, widths_of
from seqloom.prepare import Examples, Pipeline
from seqloom.sequence import Array, ForecastPrediction
from seqloom.simple.model import SimpleModel


class SimpleForecast(SimpleModel):
    """A simple forecast, with an interval as wide as its errors on the validation part were.

    The interval is split-conformal (Vovk, Gammerman & Shafer, "Algorithmic learning in a random world", 2005): the same
    distance below and above the point, one for each step ahead and target, kept in `interval_offsets`.
    """

    network = ForecastModel
    heard: ClassVar[tuple[str, ...]] = ("horizon", "lookback", "stride")
    interval_offsets: Tensor

    def __init__(self, settings: ModelSettings, sizes: InputSizes, alternative: Alternative) -> None:
        super().__init__(settings, sizes, alternative)
        self.register_buffer("interval_offsets", torch.zeros(sizes.horizon, sizes.targets))

    def at_once(self, examples: Examples, *, ends: bool = False) -> dict[str, Array]:  # noqa: ARG002 - there are no steps
        """`values` [E, P, C] and `quantiles` [E, P, C, 2]."""
        values = self.asked(examples, len(examples), self.sizes.horizon, self.sizes.targets)
        offsets = self.interval_offsets.numpy().astype(np.float64)
        return {"values": values, "quantiles": np.stack([values - offsets, values + offsets], axis=-1)}

    def prediction(self, outputs: dict[str, Array], pipeline: Pipeline, examples: Examples) -> ForecastPrediction:
        """Forecasts in the units of the data."""
        return forecast_prediction(outputs, pipeline, examples, self.settings.interval, self.widths)

    @property
    def widths(self) -> WidthRule | None:
        """See `widths_of`."""
        return widths_of(self.settings, self.sizes)
