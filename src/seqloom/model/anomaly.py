"""Anomalies: at every step how far it is from what is usual."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from seqloom.model.anomaly_defaults import BOTTLENECK, choose_anomaly
from seqloom.model.encoder import Encoder
from seqloom.model.forecast import LOSSES
from seqloom.model.later import later
from seqloom.model.model import Asked, Carried, Chosen, Facts, SequenceModel
from seqloom.model.settings import InputSizes, ModelSettings
from seqloom.nn import State
from seqloom.prepare import Examples, Part, Pipeline, Split, asked_rows, own_rows, whole_sequences
from seqloom.sequence import AnomalyPrediction, Array, Batch, Packed, PreparedDataset
from seqloom.usual import Chart, Past, smoothed

LARGEST = 30.0
"""Inputs beyond so many scaled units are cut: what comes is far from all that was learned from."""


class Looked(NamedTuple):
    """What a network makes of a batch.

    Args:
        state: after the last step of each sequence.
        hidden: rows, [N, H].
        told: what each row says of others, [N, ahead, C].
    """

    state: State
    hidden: Tensor
    told: Tensor


class AnomalyModel(SequenceModel):
    """A recurrent network that learns what comes next, or what just came, and a measure of what is unusual about it.

    Three detectors. `forecast`: at every step the watched columns at the next `ahead` steps are forecast; a step is
    compared with the forecast made `ahead` steps before (as in Malhotra et al., "Long short term memory networks for
    anomaly detection in time series", ESANN 2015). `reconstruction`: at every step a narrow image of the state is to
    give back the last `ahead` steps; a step is compared with how it is given back (as in Malhotra et al., "LSTM-based
    encoder-decoder for multi-sensor anomaly detection", 2016, but step by step instead of window by window).
    `density`: the network forecasts, and it is its state that is compared with where states usually are.

    What is usual is measured in two ways. `training`: running means of the differences, on a chart measured on the
    validation part; see `Chart`. `stream`: the differences beside all that came before in the same stream; see `Past`.
    The score is 1 at the threshold, which so large a share of validation steps exceed as is stated.
    """

    task = "anomaly"
    by_steps = True
    target_kind = "watched"
    center: Tensor
    precision: Tensor
    threshold: Tensor

    def __init__(self, settings: ModelSettings, sizes: InputSizes) -> None:
        super().__init__(settings, sizes)
        self.targets, self.ahead = sizes.targets, settings.ahead or 1
        self.encoder = Encoder(settings, sizes, sizes.numbers)
        width = self.encoder.output_size
        self.dropout = nn.Dropout(settings.dropout or 0.0)
        self.narrow: nn.Module = nn.Identity()
        if settings.detector == "reconstruction":
            narrow = max(1, min(BOTTLENECK, width // 2, (self.ahead * self.targets + 1) // 2))
            self.narrow, width = nn.Linear(width, narrow), narrow
        self.head = nn.Linear(width, self.ahead * self.targets)
        self.past = Past(self.targets, settings.smoothing, settings.forget)
        self.signals = self.encoder.output_size if settings.detector == "density" else self.targets
        charted = self.signals if settings.usual == "training" else 0
        self.register_buffer("center", torch.zeros(charted, dtype=torch.float64))
        self.register_buffer("precision", torch.zeros(charted, charted, dtype=torch.float64))
        self.register_buffer("threshold", torch.tensor(1.0, dtype=torch.float64))

    @classmethod
    def choose(cls, settings: ModelSettings, facts: Facts) -> Chosen:
        """How far ahead, and the width, by the length of the data; see `choose_anomaly`."""
        return choose_anomaly(settings, facts)

    @classmethod
    def examples(cls, prepared: PreparedDataset, split: Split, part: Part, settings: ModelSettings) -> Examples:
        """Stretches to learn from; to be judged, each sequence's part with what came before it."""
        if part != "train":
            return own_rows(prepared, split, part)
        lookback = settings.lookback or 1
        return own_rows(prepared, split, part, lookback=lookback, stride=settings.stride or lookback)

    @classmethod
    def latest(cls, prepared: PreparedDataset, settings: ModelSettings) -> Examples:  # noqa: ARG003 - nothing to choose
        """All steps."""
        return whole_sequences(prepared)

    def loss(self, batch: Batch, state: State | None = None) -> tuple[Tensor, State]:
        """Mean distance of what the rows say of others from what those are."""
        looked = self._look(batch, state)
        came = self._meant(batch)
        return LOSSES[self.settings.loss](looked.told, came), looked.state

    def criterion(self, batch: Batch) -> tuple[float, int]:
        """The same, summed over all values."""
        terms = int(torch.isfinite(self._meant(batch)).sum())
        return (float(self.loss(batch)[0].detach()) * terms if terms else 0.0), terms

    def predict(self, batch: Batch) -> Mapping[str, Tensor]:
        """Of every row `score` [N], `parts` and `expected` [N, C], and `means` [N, W], what is charted.

        Scores are 1 at the threshold; `expected` is in scaled units.
        """
        everything = torch.arange(batch.rows)
        return self.read_on(batch, self.begin(batch.batch_size), Asked(everything, everything))[0]

    @property
    def reach(self) -> int | None:
        """Nothing but what is carried, where something is."""
        return 0 if self.encoder.recurrent.carries else None

    def begin(self, count: int) -> Carried:
        """The state; how many steps there were, up to `ahead`; forecasts that wait for theirs; what is usual so far."""
        waiting = self.ahead if self.settings.detector == "forecast" else 0
        width = self.past.width if self.settings.usual == "stream" else self.signals
        widths = (1, waiting * self.targets, width)
        return Carried(self.encoder.begin(count), tuple(torch.zeros(count, width) for width in widths))

    def read_on(self, batch: Batch, carried: Carried, asked: Asked) -> tuple[Mapping[str, Tensor], Carried]:
        """The same as `predict` of the rows that are asked, from what is carried."""
        gone, waiting, usual = carried.beside
        looked = self._look(batch, carried.state)
        expected, waiting = self._expected(batch.numbers, looked, gone, waiting)
        owner = batch.numbers.sequence_rows.numpy()
        answers, usual = self._compared(batch, looked, expected, owner, usual)
        told = {name: values[asked.rows] for name, values in answers.items()}
        gone = (gone + batch.numbers.lengths.unsqueeze(1)).clamp(max=self.ahead)
        return told, Carried(looked.state, (gone, waiting, usual))

    def prediction(self, outputs: dict[str, Array], pipeline: Pipeline, examples: Examples) -> AnomalyPrediction:
        """Scores of the rows that are asked, what was expected in the units of the data."""
        return anomaly_prediction(outputs, pipeline, examples)

    def distance(self, batch: Batch) -> Tensor:
        """How far each row by itself is from what is usual, in squared scaled units, [N]; 0 where nothing is expected.

        Of a density that of the state on its chart. Gradients flow through it.
        """
        looked = self._look(batch, None)
        if self.settings.detector == "density":
            away = looked.hidden.double() - self.center
            return (away * (away @ self.precision)).mean(dim=1).float()
        begin = self.begin(batch.batch_size)
        expected, _ = self._expected(batch.numbers, looked, *begin.beside[:2])
        away = batch.numbers.values[:, : self.targets] - expected
        return torch.where(torch.isfinite(away), away, 0.0).square().mean(dim=1)

    def measure(self, chart: Chart | None, threshold: float) -> None:
        """Take what is usual, and the score from which on a step is not.

        Args:
            chart: of the running means; None: what is usual is a stream's own past.
            threshold: a score as it is while the threshold is 1.
        """
        if chart is not None:
            self.center.copy_(torch.from_numpy(chart.center))
            self.precision.copy_(torch.from_numpy(chart.precision))
        self.threshold.fill_(threshold)

    def _look(self, batch: Batch, state: State | None) -> Looked:
        inputs = batch.numbers.values.clamp(-LARGEST, LARGEST)
        state, hidden = self.encoder(state, batch, inputs)
        told = self.head(self.narrow(self.dropout(hidden.values))).unflatten(1, (self.ahead, self.targets))
        if self.settings.usual == "stream" and self.settings.detector != "reconstruction":
            told = told + batch.numbers.values[:, None, : self.targets]  # from the last value on: levels may move
        return Looked(state, hidden.values, told)

    def _meant(self, batch: Batch) -> Tensor:
        """What the rows are to say: the targets of the steps ahead, or of the last ones, [N, ahead, C]; NaN: none."""
        distances = torch.arange(self.ahead)
        distances = -distances if self.settings.detector == "reconstruction" else distances + 1
        rows, there = later(batch.numbers, distances)
        return torch.where(there.unsqueeze(2), batch.target[rows], torch.nan)

    def _expected(self, packing: Packed, looked: Looked, gone: Tensor, waiting: Tensor) -> tuple[Tensor, Tensor]:
        """What was expected of each row, [N, C], NaN where nothing was; and what waits for its step, [B, ahead C]."""
        if self.settings.detector == "reconstruction":
            return looked.told[:, 0], waiting
        farthest = looked.told[:, -1]
        if self.settings.detector == "density":
            return torch.full_like(farthest, torch.nan), waiting
        count, ahead = len(waiting), self.ahead
        every = torch.cat([waiting.reshape(count * ahead, -1), farthest])
        step, sequence = packing.row_steps, packing.sequence_rows
        rows, there = later(packing, torch.tensor([-ahead]))
        held = sequence * ahead + step.clamp(max=ahead - 1)
        known = (gone[sequence, 0] + step) >= ahead
        expected = every[torch.where(there[:, 0], rows[:, 0] + count * ahead, held)]
        left = packing.lengths.unsqueeze(1) + torch.arange(ahead) - ahead  # their forecasts wait on
        own = torch.arange(count).unsqueeze(1)
        from_batch = packing.starts[left.clamp(min=0)] + own + count * ahead
        after = every[torch.where(left >= 0, from_batch, own * ahead + (left + ahead))]
        return torch.where(known.unsqueeze(1), expected, torch.nan), after.reshape(count, -1)

    def _compared(
        self, batch: Batch, looked: Looked, expected: Tensor, owner: Array, usual: Tensor
    ) -> tuple[dict[str, Tensor], Tensor]:
        """Scores, parts and what is charted of each row, and what is usual after the last ones."""
        came = batch.numbers.values[:, : self.targets]
        if self.settings.usual == "stream":
            surprise, after = self.past.surprise(_plain(came), _plain(expected), owner, usual.numpy())
            parts, means = torch.from_numpy(surprise).double(), torch.zeros(batch.rows, 0)
            score = parts.sum(dim=1)
        else:
            density = self.settings.detector == "density"
            vectors = looked.hidden if density else came - expected
            charted, after = smoothed(_plain(vectors), owner, usual.numpy(), self.settings.smoothing)
            means = torch.from_numpy(charted)
            away = means.double() - self.center
            parts = away * (away @ self.precision) / self.signals
            score = parts.sum(dim=1).clamp(min=0).sqrt()
            parts = torch.full(came.shape, torch.nan) if density else parts.clamp(min=0)
        parts = parts / parts.sum(dim=1, keepdim=True).clamp(min=torch.finfo(parts.dtype).tiny)
        answers = {"score": score / self.threshold, "parts": parts, "expected": expected, "means": means}
        return answers, torch.from_numpy(after)


def anomaly_prediction(outputs: dict[str, Array], pipeline: Pipeline, examples: Examples) -> AnomalyPrediction:
    """Scores of the rows that are asked.

    Args:
        outputs: of all rows of the examples `score` [N], `parts` and `expected` [N, C], the last in scaled units.
        pipeline: the fitted preparation.
        examples: what was asked.
    """
    places, rows, owner = asked_rows(examples)
    prepared = examples.prepared
    sequence = examples.sequence[owner]
    return AnomalyPrediction(
        scores=outputs["score"][places].astype(np.float64),
        parts=outputs["parts"][places].astype(np.float64),
        expected=pipeline.invert_targets(outputs["expected"][places], prepared.keys[sequence]),
        targets=prepared.target_names,
        keys=prepared.keys[sequence],
        steps=rows - prepared.offsets[sequence] + 1,
        times=None if prepared.times is None else prepared.times[rows],
    )


def _plain(values: Tensor) -> NDArray[np.float32]:
    """The same as an array of single precision."""
    found: NDArray[np.float32] = values.detach().float().contiguous().numpy()
    return found
