"""Forecasts: at every step of the lookback, the next `P` values of the target."""

from dataclasses import replace
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from seqloom.loss import huber, mae, mse, pinball
from seqloom.model.encoder import Encoder
from seqloom.model.forecast_defaults import choose_forecast
from seqloom.model.model import Chosen, Facts, SequenceModel
from seqloom.model.settings import InputSizes, ModelSettings
from seqloom.model.spacing import judged_stride
from seqloom.model.widths import WidthRule
from seqloom.nn import State, band
from seqloom.prepare import Examples, Part, Pipeline, Split, joint, last_windows, windows, windows_so_far
from seqloom.sequence import Array, Batch, ForecastPrediction, PreparedDataset

SUPERVISED_VALUES = 1_500_000  # target values of one batch beyond which rows of the lookback are left out
KNOWN_WIDTH = 16
LOSSES = {"mse": mse, "mae": mae, "huber": huber}


class ForecastModel(SequenceModel):
    """A recurrent encoder with a direct head for all steps ahead, taught at every step of the lookback.

    The network reads and predicts distances from a level: the last value seen, the mean of the window so far, or
    their middle; beside them the change since the row before and the distance of the last value from the mean so
    far. All of these look back only, so every row may be taught, and a shift of the level changes nothing. Where
    only the last row is taught, no row is to know less than it, and the level of the last row is that of all. With
    `normalize="window"` it is the mean of the whole window, which early rows must not know: then only the last row
    is taught. A linear path from the target's own past to the forecast, shared by all targets, stands beside the
    recurrence as in LSTNet (Lai et al. 2018); relative to the last value it starts from the ridge solution, so that
    the recurrence learns what a linear map cannot say, else from nothing. Columns known ahead enter through the
    product of an embedding of the future step with a projection of the hidden row.

    Intervals are learned by pinball loss as distances below and above the point, so quantiles cannot cross, and from
    a detached hidden row, so that they cannot disturb the point; a conformal correction per step ahead, measured on
    validation windows, is kept in `interval_offsets`.
    """

    task = "forecast"
    by_steps = True
    target_kind = "values"
    interval_offsets: Tensor

    def __init__(self, settings: ModelSettings, sizes: InputSizes) -> None:
        super().__init__(settings, sizes)
        self.horizon, self.targets, self.segment = sizes.horizon, sizes.targets, settings.segment
        width = self.segment * sizes.numbers + (0 if settings.normalize == "none" else 2 * self.targets)
        self.encoder = Encoder(settings, sizes, width)
        outputs = self.horizon * self.targets
        self.dropout = nn.Dropout(settings.dropout or 0.0)
        self.point = nn.Linear(self.encoder.output_size, outputs)
        self.linear = nn.Linear(settings.linear, self.horizon, bias=False) if settings.linear else None
        if self.linear is not None:
            nn.init.zeros_(self.linear.weight)
        self.spread = nn.Linear(self.encoder.output_size, 2 * outputs)
        self.known = nn.Sequential(nn.Linear(len(sizes.known), KNOWN_WIDTH), nn.Tanh()) if sizes.known else None
        self.known_query = nn.Linear(self.encoder.output_size, KNOWN_WIDTH * self.targets) if sizes.known else None
        self.levels = levels_of(settings.interval)
        self.register_buffer("interval_offsets", torch.zeros(self.horizon, self.targets))

    @classmethod
    def choose(cls, settings: ModelSettings, facts: Facts) -> Chosen:
        """Horizon of a season, lookback of several, width by the number of steps; see `choose_forecast`."""
        return choose_forecast(settings, facts)

    def start_from(self, weights: NDArray[np.floating[Any]]) -> None:
        """Start the linear path from known weights [P, span], and the recurrence from correcting nothing.

        Nothing is done where there is no linear path, or one that is relative to another level than the last value.

        Args:
            weights: of the last `span` values, oldest first, relative to the last one.
        """
        if self.linear is None or self.settings.normalize != "last":
            return
        with torch.no_grad():
            self.linear.weight.copy_(torch.from_numpy(weights.astype(np.float32)))
            for correction in (self.point, self.known_query):
                if correction is not None:
                    nn.init.zeros_(correction.weight)
                    nn.init.zeros_(correction.bias)

    @classmethod
    def examples(cls, prepared: PreparedDataset, split: Split, part: Part, settings: ModelSettings) -> Examples:
        """Every window whose horizon lies in the part; of very many, some in even distances."""
        targets = len(prepared.target_names)
        judged = settings.judged_stride or judged_stride(split, part, settings.horizon or 1, targets)
        examples = windows(
            prepared,
            split,
            part,
            lookback=settings.lookback or 1,
            horizon=settings.horizon or 1,
            stride=(settings.stride or 1) if part == "train" else judged,
            segment=settings.segment,
            independent=settings.channels == "independent",
        )
        every = part == "train" and not _last_only(settings)
        return examples if every else replace(examples, supervised="last")

    @classmethod
    def latest(cls, prepared: PreparedDataset, settings: ModelSettings) -> Examples:
        """The last window of every sequence."""
        return last_windows(
            prepared,
            lookback=settings.lookback or 1,
            horizon=settings.horizon or 1,
            segment=settings.segment,
            independent=settings.channels == "independent",
        )

    @classmethod
    def so_far(cls, prepared: PreparedDataset, settings: ModelSettings) -> Examples:
        """Every window of each sequence, the last one included."""
        return windows_so_far(
            prepared,
            lookback=settings.lookback or 1,
            horizon=settings.horizon or 1,
            segment=settings.segment,
            independent=settings.channels == "independent",
        )

    def loss(self, batch: Batch, state: State | None = None) -> tuple[Tensor, State]:
        """Point loss plus pinball loss, averaged over all target values of the supervised rows."""
        state, point, quantiles, target = self._forecast(batch, state, self._supervised(batch))
        loss = LOSSES[self.settings.loss](point, target)
        return loss + pinball(quantiles, target, torch.tensor(self.levels)), state

    def criterion(self, batch: Batch) -> tuple[float, int]:
        """The point loss of the last row's forecast, summed over its known target values."""
        _, point, _, target = self._forecast(batch, None, slice(-1, None))
        terms = int(torch.isfinite(target).sum())
        loss = LOSSES[self.settings.loss](point, target)
        return (float(loss.detach()) * terms if terms else 0.0), terms

    def predict(self, batch: Batch) -> dict[str, Tensor]:
        """`values` [B, P, C] and `quantiles` [B, P, C, 2] after the last row."""
        _, point, quantiles, _ = self._forecast(batch, None, slice(-1, None))
        values, (below, above) = point[-1], quantiles[-1].unbind(-1)
        lower = torch.minimum(below - self.interval_offsets, values)
        upper = torch.maximum(above + self.interval_offsets, values)
        return {"values": values, "quantiles": torch.stack([lower, upper], dim=-1)}

    @property
    def reach(self) -> int:
        """The lookback: levels and what the linear path reads are those of a window."""
        return self.settings.lookback or 1

    def prediction(self, outputs: dict[str, Array], pipeline: Pipeline, examples: Examples) -> ForecastPrediction:
        """Forecasts in the units of the data; see `forecast_prediction`."""
        return forecast_prediction(outputs, pipeline, examples, self.settings.interval, self.widths)

    @property
    def widths(self) -> WidthRule | None:
        """See `widths_of`."""
        return widths_of(self.settings, self.sizes)

    def _supervised(self, batch: Batch) -> slice:
        """The rows to learn from: all, or every k-th back from the last where all would be too many."""
        if _last_only(self.settings):
            return slice(-1, None)
        first = max(0, -(-(self.settings.linear or 0) // self.segment) - 1)  # rows with all the linear path looks at
        rows = batch.numbers.steps - first
        stride = -(-rows * batch.batch_size * self.horizon * self.targets // SUPERVISED_VALUES)
        return slice(first + (rows - 1) % stride, None, stride)

    def _forecast(self, batch: Batch, state: State | None, steps: slice) -> tuple[State, Tensor, Tensor, Tensor]:
        """Point [T', B, P, C], quantiles [T', B, P, C, 2] and target [T', B, P, C] at the chosen steps."""
        batch = batch.shuffled(anew=self.training) if self.settings.order == "shuffled" else batch
        length, size = batch.numbers.steps, batch.batch_size
        rows = batch.numbers.values.reshape(length, size, self.segment, -1)  # [T, B, g, C + F]
        inputs, level = self._inputs(rows)
        state, hidden = self.encoder(state, batch, inputs.reshape(length * size, -1))
        hidden_rows = self.dropout(hidden.values.reshape(length, size, -1)[steps])  # [T', B, H]
        shape = (*hidden_rows.shape[:2], self.horizon, self.targets)
        point = self.point(hidden_rows).reshape(shape) + self._base(rows, level, steps)
        if self.known is not None and self.known_query is not None:
            point = point + self._known_effect(hidden_rows, rows, batch.future_numbers, steps)
        spread = nn.functional.softplus(self.spread(hidden_rows.detach()).reshape(*shape, 2))
        below, above = point.detach() - spread[..., 0], point.detach() + spread[..., 1]
        target = batch.target.reshape(-1, size, self.horizon, self.targets)
        target = target[steps] if len(target) == length else target
        return state, point, torch.stack([below, above], dim=-1), target

    def _inputs(self, rows: Tensor) -> tuple[Tensor, Tensor]:
        """What the recurrence reads [T, B, width], and the level forecasts start from [T, B, C]."""
        length, size = rows.shape[:2]
        if self.settings.normalize == "none":
            return rows.reshape(length, size, -1), rows.new_zeros(length, size, self.targets)
        history = rows[..., : self.targets]  # [T, B, g, C]
        last = history[:, :, -1]  # [T, B, C]
        counts = torch.arange(1, length + 1).reshape(-1, 1, 1)
        mean = torch.cumsum(history.mean(dim=2), dim=0) / counts
        level = {"last": last, "middle": (last + mean) / 2}.get(self.settings.normalize, mean)
        level = level[-1:].expand_as(level) if _last_only(self.settings) else level
        relative = torch.cat([history - level.unsqueeze(2), rows[..., self.targets :]], dim=-1)
        step = torch.diff(last, dim=0, prepend=last[:1])
        return torch.cat([relative.reshape(length, size, -1), step, last - mean], dim=-1), level

    def _base(self, rows: Tensor, level: Tensor, steps: slice) -> Tensor:
        """What the recurrence corrects: the level, or the forecast of the linear path, [T', B, P, C]."""
        if self.linear is None:
            return level[steps].unsqueeze(2)
        length, size = rows.shape[:2]
        series = rows[..., : self.targets].transpose(1, 2).reshape(-1, size, self.targets)  # [T g, B, C]
        span = self.linear.in_features
        before = series[:1].expand(span - 1, -1, -1)  # what lies before the window is taken to be its first value
        ends = torch.arange(self.segment - 1, length * self.segment, self.segment)[steps]
        seen = torch.cat([before, series]).unfold(0, span, 1)[ends]  # [T', B, C, span]
        start = level[steps].unsqueeze(-1)
        ahead: Tensor = start + self.linear(seen - start)  # [T', B, C, P]
        return ahead.transpose(2, 3)

    def _known_effect(self, hidden: Tensor, rows: Tensor, future: Tensor, steps: slice) -> Tensor:
        """What the columns known ahead add to each forecast step, [T', B, P, C]."""
        known = [self.targets + place for place in self.sizes.known]
        length, size, segment, _ = rows.shape
        past = rows[..., known].permute(0, 2, 1, 3).reshape(length * segment, size, -1)  # [T g, B, Fk]
        ahead = torch.cat([past[1:], future.transpose(0, 1)])  # from the second step on, horizon included
        embedded = self.known(ahead) if self.known is not None else ahead  # [T g + P - 1, B, E]
        query = self.known_query(hidden) if self.known_query is not None else hidden
        query = query.reshape(*hidden.shape[:2], self.targets, -1)  # [T', B, C, E]
        start, _, stride = steps.indices(length)
        effect: Tensor = band(query, embedded, segment - 1 + segment * start, segment * stride, self.horizon)
        return effect.transpose(2, 3)


def forecast_prediction(
    outputs: dict[str, Array],
    pipeline: Pipeline,
    examples: Examples,
    interval: float,
    widths: WidthRule | None = None,
) -> ForecastPrediction:
    """Forecasts in the units of the data; channels of one window are put side by side again.

    Args:
        outputs: `values` [E, P, C] and `quantiles` [E, P, C, 2], scaled.
        pipeline: the fitted preparation.
        examples: what was predicted.
        interval: share of the truth that the quantiles are to hold.
        widths: how widths follow what comes true, window after window; None: they do not.
    """
    channels = 1 if examples.channel is None else len(examples.prepared.target_names)
    values = side_by_side(outputs["values"], channels)
    quantiles = side_by_side(outputs["quantiles"], channels)
    keys = examples.keys()[::channels]
    followed = quantiles if widths is None else widths.followed(values, quantiles, joint(examples))
    return ForecastPrediction(
        values=pipeline.invert_targets(values, keys),
        quantiles=_inverted(followed, pipeline, keys),
        levels=levels_of(interval),
        targets=examples.prepared.target_names,
        keys=keys,
        times=examples.times()[::channels],
        calibrated=None if widths is None else _inverted(quantiles, pipeline, keys),
    )


def _inverted(quantiles: Array, pipeline: Pipeline, keys: Array) -> Array:
    """Each quantile [B, P, C, Q] in the units of the data."""
    each = [pipeline.invert_targets(quantiles[..., q], keys) for q in range(quantiles.shape[-1])]
    return np.stack(each, axis=-1)


def widths_of(settings: ModelSettings, sizes: InputSizes) -> WidthRule | None:
    """How the widths of a forecaster's intervals follow what comes true; None: they are fixed.

    Args:
        settings: of the model.
        sizes: of its data.
    """
    if settings.interval_width == "fixed":
        return None
    return WidthRule(sizes.horizon, settings.interval)


def levels_of(interval: float) -> tuple[float, float]:
    """The levels of the two quantiles that hold this share of the truth between them."""
    tail = (1 - interval) / 2
    return tail, 1 - tail


def _last_only(settings: ModelSettings) -> bool:
    """Whether only the last row of a lookback is taught."""
    return settings.supervise == "last" or settings.normalize == "window"


def side_by_side(values: Array, channels: int) -> Array:
    """[E, P, 1, ...] of examples that are one channel each -> [E / channels, P, channels, ...].

    Args:
        values: of the examples, the channels of a window one after the other.
        channels: how many there are; 1: nothing changes.
    """
    if channels == 1:
        return values
    windows_first = values.reshape(-1, channels, *values.shape[1:])[:, :, :, 0]  # [B, C, P, ...]
    return np.swapaxes(windows_first, 1, 2)
