"""How far gates are open, step by step."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from seqloom.explain.question import Floats, Question
from seqloom.explain.trace import LayerTrace
from seqloom.explain.watched import watch
from seqloom.kernels import NORM_EPSILON
from seqloom.nn import Cell, GRUCell, LSTMCell, MinGRUCell, MinLSTMCell
from seqloom.report import Axis, Band, FigureData, Line, Panel

CLOSED, OPEN = 0.1, 0.9
"""Below and above these a gate counts as closed and as open (Karpathy, Johnson & Fei-Fei 2016)."""


@dataclass(frozen=True)
class Gates:
    """How far the gates of one layer and direction are open.

    Args:
        layer: its name.
        names: of the gates.
        means: mean over units and sequences at each step, [gates, T].
        low: the tenth of the units and sequences that is least open is below it, [gates, T].
        high: the tenth that is most open is above it, [gates, T].
        closed: share of units that are closed, over all steps, [gates].
        opened: share that is open, [gates].
    """

    layer: str
    names: tuple[str, ...]
    means: Floats
    low: Floats
    high: Floats
    closed: Floats
    opened: Floats

    def figure(self) -> FigureData:
        """How far each gate is open, step by step."""
        x = np.arange(1, self.means.shape[1] + 1, dtype=np.float64)
        panels = tuple(
            Panel(
                title=f"{name}: {100 * shut:.0f} % closed, {100 * wide:.0f} % open",
                marks=(
                    Band(name="four fifths of the units", x=x, low=low, high=high),
                    Line(name="mean", x=x, y=mean, dots=len(x) == 1),
                ),
                x=Axis(label="step"),
                y=Axis(label="openness", limits=(-0.02, 1.02)),
            )
            for name, mean, low, high, shut, wide in zip(
                self.names, self.means, self.low, self.high, self.closed, self.opened, strict=True
            )
        )
        return FigureData(
            name=f"gates-{self.layer.replace(' ', '-').replace(',', '')}",
            title=f"How far gates are open: {self.layer}",
            caption="0: nothing passes, 1: everything does; mean and range over units and sequences. An open forget"
            " gate"
            " keeps what the cell holds, an open update gate of a GRU keeps the state; a band that touches 1 belongs"
            " to units"
            f" that remember for long. Closed is below {CLOSED}, open above {OPEN}. Late steps are those of long"
            " sequences alone.",
            panels=panels,
        )


def openness(traced: LayerTrace) -> dict[str, tuple[Tensor, ...]]:
    """How far each gate of a layer is open, by name, for the sequences alive at each step, [B_t, H] each.

    Cells without gates between 0 and 1 have none.
    """
    opened = _GATES.get(type(traced.cell))
    if opened is None:
        return {}
    found: dict[str, list[Tensor]] = {}
    for before, after, projected in zip(traced.before, traced.after, traced.projected, strict=True):
        for name, values in opened(traced, before, after, projected).items():
            found.setdefault(name, []).append(values)
    return {name: tuple(values) for name, values in found.items()}


def gates(question: Question) -> tuple[Gates, ...]:
    """How far the gates of the first network are open while it reads; none where its cell has none."""
    with torch.no_grad():
        watched, _ = watch(question)
    return tuple(own for traced in watched.traces[0] if (own := _summary(traced)) is not None)


def _summary(traced: LayerTrace) -> Gates | None:
    found = openness(traced)
    if not found:
        return None
    steps = [[values.detach().cpu().numpy() for values in each] for each in found.values()]
    flat = [np.concatenate([values.ravel() for values in each]) for each in steps]
    quantiles = np.array([[np.quantile(values, (0.1, 0.9)) for values in each] for each in steps])  # [gates, T, 2]
    return Gates(
        layer=traced.name,
        names=tuple(found),
        means=np.array([[values.mean() for values in each] for each in steps], dtype=np.float64),
        low=quantiles[..., 0],
        high=quantiles[..., 1],
        closed=np.array([(values < CLOSED).mean() for values in flat]),
        opened=np.array([(values > OPEN).mean() for values in flat]),
    )


def _lstm(traced: LayerTrace, before: Any, after: Any, projected: Tensor) -> dict[str, Tensor]:  # noqa: ANN401 - states
    weights, cell = traced.weights, traced.cell
    sums = torch.addmm(projected, before.hidden, weights.recurrent.t()).view(len(projected), 4, -1)
    if getattr(cell, "layer_norm", False):
        norms = len(weights.unit) // 2
        sums = functional.layer_norm(sums, sums.shape[-1:], eps=NORM_EPSILON)
        sums = sums * weights.unit[:4] + weights.unit[norms : norms + 4]
    written, forget, _, shown = sums.unbind(dim=1)
    if getattr(cell, "peepholes", False):
        written, forget = written + weights.unit[0] * before.cell, forget + weights.unit[1] * before.cell
        shown = shown + weights.unit[2] * after.cell
    named = {"input gate": written, "forget gate": forget, "output gate": shown}
    return {name: values.sigmoid() for name, values in named.items()}


def _gru(traced: LayerTrace, before: Any, after: Any, projected: Tensor) -> dict[str, Tensor]:  # noqa: ANN401, ARG001 - states
    weights, width = traced.weights, before.hidden.shape[1]
    both = slice(2 * width)
    sums = projected[:, both] + functional.linear(before.hidden, weights.recurrent[both], weights.recurrent_bias[both])
    reset, update = sums.sigmoid().chunk(2, dim=1)
    return {"reset gate": reset, "update gate": update}


def _mingru(traced: LayerTrace, before: Any, after: Any, projected: Tensor) -> dict[str, Tensor]:  # noqa: ANN401, ARG001 - states
    return {"update gate": projected.chunk(2, dim=1)[0].sigmoid()}


def _minlstm(traced: LayerTrace, before: Any, after: Any, projected: Tensor) -> dict[str, Tensor]:  # noqa: ANN401, ARG001 - states
    forget, written, _ = projected.chunk(3, dim=1)
    share = torch.sigmoid(functional.logsigmoid(written) - functional.logsigmoid(forget))
    return {"share that is kept": 1 - share, "share that is new": share}


_GATES: Mapping[type[Cell[Any]], Callable[[LayerTrace, Any, Any, Tensor], dict[str, Tensor]]] = MappingProxyType(
    {LSTMCell: _lstm, GRUCell: _gru, MinGRUCell: _mingru, MinLSTMCell: _minlstm}
)
