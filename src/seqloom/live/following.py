"""Forecasts whose intervals follow what comes true, a reading further."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqloom.live.arrival import Arrivals
from seqloom.model import SequenceModel, WidthRule, Widths, forecast_prediction, side_by_side
from seqloom.prepare import Examples, Pipeline, joint
from seqloom.sequence import Array, ForecastPrediction, PreparedDataset


@dataclass(frozen=True)
class Following:
    """How widths follow the readings of a stream: as they follow the rows of a file.

    Args:
        rule: of the model.
        first: what is followed before the first reading, see `WidthRule.flat`.
    """

    rule: WidthRule
    first: NDArray[np.float32]

    @classmethod
    def of(cls, model: SequenceModel, targets: int) -> "Following | None":
        """That of a model; None: its widths are fixed.

        Args:
            model: the model.
            targets: columns that it forecasts.
        """
        rule = model.widths
        return None if rule is None else cls(rule, rule.flat(rule.begin(targets)))

    def answered(
        self,
        arrivals: Arrivals,
        prepared: PreparedDataset,
        examples: Examples,
        outputs: dict[str, Array],
        pipeline: Pipeline,
    ) -> tuple[ForecastPrediction, list[NDArray[np.float32]]]:
        """The forecasts after one more reading of each stream, and what their widths follow from now on.

        Args:
            arrivals: the readings.
            prepared: the kept steps of each stream, its new one, and those ahead.
            examples: the last window of each.
            outputs: what the model answers for them.
            pipeline: to undo the scaling.
        """
        columns = 1 if examples.channel is None else len(prepared.target_names)
        values, quantiles = (side_by_side(outputs[name], columns) for name in ("values", "quantiles"))
        bounds, after = np.empty(quantiles.shape, np.float32), []
        for place, memory in enumerate(arrivals.memories):
            before = self.rule.opened(memory.widths)
            rows = _since_known(prepared, place, int(arrivals.kept[place]))
            widths = self._learned(before, rows)
            bounds[place] = self.rule.bounds(widths, values[place], quantiles[place])
            after.append(self.rule.flat(self.rule.said(widths, bounds[place])) if len(rows) else memory.widths)
        scaled: dict[str, Array] = {"values": values, "quantiles": bounds}
        return forecast_prediction(scaled, pipeline, joint(examples), self.rule.interval), after

    def _learned(self, widths: Widths, rows: Array) -> Widths:
        for row in rows[: self.rule.horizon]:
            widths = self.rule.learned(widths, row)
        return widths


def _since_known(prepared: PreparedDataset, stream: int, kept: int) -> Array:
    """Scaled targets of the steps after the last that were known, up to the new one; none if it has none."""
    first = int(prepared.offsets[stream])
    rows = prepared.targets[first : first + kept + 1]
    known = np.flatnonzero(np.isfinite(rows).any(axis=1))
    if not len(known) or known[-1] < kept:
        return rows[:0]
    return rows[int(known[-2]) + 1 if len(known) > 1 else 0 :]
