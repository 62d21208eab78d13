"""Vanishing and exploding gradients, measured: Elman's network, GRU and LSTM side by side on a long wait.

The first of a hundred symbols has to be told after the last one (the long-memory task of Hochreiter & Schmidhuber 1997
in its smallest form). Gates begin open for as long as the wait (Tallec & Ollivier, "Can recurrent neural networks warp
time?", ICLR 2018), as any that are to remember so far should; an Elman network has none. Measured are the norm of the
derivative of the loss by the state after each step, before the training and after it, the spectral radius of the
recurrent weights over the training, and what becomes of a network whose recurrent weights are too large, without
clipping and with it.
"""

import argparse
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from seqloom.explain import GradientFlow, flow_of, trace
from seqloom.nn import Cell, ElmanCell, GRUCell, LSTMCell, Recurrent, spectral_radius
from seqloom.report import SERIES, Axis, FigureData, Line, Panel, Report, Rule, Section, records_table
from seqloom.sequence import Packed

SYMBOLS, BATCH, UNITS, LARGE = 4, 64, 32, 1.8
parser = argparse.ArgumentParser(prog="seqloom recipe run gradient_flow", description=__doc__)
parser.add_argument("folder", nargs="?", type=Path, default=Path("gradient_flow"), help="where the page goes")
parser.add_argument("--steps", type=int, default=100, help="symbols of a sequence [default: 100]")
parser.add_argument("--updates", type=int, default=800, help="batches to learn from [default: 800]")
parser.add_argument("--seed", type=int, default=0, help="seed of weights and sequences [default: 0]")
options = parser.parse_args()
options.folder.mkdir(parents=True, exist_ok=True)
alive = torch.full((options.steps,), BATCH)
# By name: the cell, the spectral radius it begins with, what gradients are clipped to, how it learns.
runs: dict[str, tuple[Cell[Any], float | None, float | None, Any]] = {
    "Elman": (ElmanCell(), 0.9, 1.0, torch.optim.Adam),
    "GRU": (GRUCell(), None, 1.0, torch.optim.Adam),
    "LSTM": (LSTMCell(), None, 1.0, torch.optim.Adam),
    "Elman, relu, large weights": (ElmanCell("relu"), LARGE, None, torch.optim.SGD),
    "Elman, relu, large weights, clipped": (ElmanCell("relu"), LARGE, 1.0, torch.optim.SGD),
}
flows: dict[str, dict[str, GradientFlow]] = {"before": {}, "after": {}}
losses, norms, radii = ({name: list[float]() for name in runs} for _ in range(3))

for name, (cell, radius, clip, learn) in runs.items():
    draw = torch.Generator().manual_seed(options.seed)
    network, head = Recurrent(cell, SYMBOLS, UNITS), nn.Linear(UNITS, SYMBOLS)
    network.reset_parameters(draw)
    for weight in (head.weight, head.bias):
        nn.init.uniform_(weight, -0.1, 0.1, generator=draw)
    matrix, bias = network.weights(0).recurrent, network.weights(0).input_bias
    if radius is not None:
        nn.init.orthogonal_(matrix, gain=radius, generator=draw)
    else:  # the second gate is the one that keeps: of an LSTM forget, of a GRU update; the first of an LSTM lets in
        waits = torch.log(torch.empty(UNITS).uniform_(1, options.steps - 1, generator=draw))
        with torch.no_grad():
            bias[UNITS : 2 * UNITS] = waits
            bias[:UNITS] = -waits if isinstance(cell, LSTMCell) else 0.0
    weights = [*network.parameters(), *head.parameters()]
    optimizer = learn(weights, lr=0.005)
    for update in range(options.updates + 1):
        shown = torch.randint(0, SYMBOLS, (options.steps, BATCH), generator=draw)
        rows = Packed(nn.functional.one_hot(shown, SYMBOLS).float().flatten(0, 1), alive)
        if update in (0, options.updates):  # step by step, so that the derivative by each state is at hand
            _, outputs, traces = trace(network, None, rows)
            loss = nn.functional.cross_entropy(head(outputs.values[-BATCH:]), shown[0])
            flows["before" if update == 0 else "after"][name] = flow_of(loss, traces, "the loss")
        answers = head(network.sequence(None, rows)[1].values[-BATCH:])
        loss = nn.functional.cross_entropy(answers, shown[0])
        optimizer.zero_grad()
        torch.autograd.backward(loss)
        norm = float(nn.utils.clip_grad_norm_(weights, clip if clip is not None else float("inf")))
        radius_now = float(spectral_radius(matrix.detach().view(-1, UNITS, UNITS)).max())
        for kept, value in ((losses, float(loss.detach())), (norms, norm), (radii, radius_now)):
            kept[name].append(value)
        if not np.isfinite(norm):
            break  # the weights are lost
        optimizer.step()
    told = flows["before"][name].verdict()
    largest, last = max(norms[name]), float(np.mean(losses[name][-20:]))
    end = (
        "then the loss is no longer a number" if not np.isfinite(norm) else f"loss {losses[name][0]:.3g} to {last:.3g}"
    )
    print(f"{name}: {told} Largest gradient in training {largest:.3g}; {end}.", flush=True)

panels = []
for when, measured in flows.items():
    marks = tuple(
        Line(
            name=name,
            ink=ink,
            x=-np.arange(options.steps, dtype=float)[::-1],
            y=np.where(total > 0, total, np.nan)[::-1],
            dashed="large" in name,
        )
        for ink, (name, flow) in zip(SERIES, measured.items(), strict=False)
        for total in [np.sqrt(np.sum([own**2 for own in flow.norms], axis=0))]  # hidden vector and memory cell together
    )
    x, y = Axis(label="step, counted from the last one"), Axis(label="norm", log=True)
    panels.append(Panel(title=f"{when} the training", marks=marks, x=x, y=y, shape="wide"))
flowing = FigureData(
    name="gradient-flow",
    title="How far back the gradient reaches",
    caption="The norm of the derivative of the loss by the state after each step (of an LSTM hidden vector and"
    " memory cell"
    " together), mean over a batch; the vertical axis is logarithmic. A straight fall to the left vanishes, a rise"
    " explodes."
    " What has to be remembered was shown at the left end.",
    panels=tuple(panels),
)
curves = {"loss": losses, "length of the gradient": norms, "spectral radius": radii}
course = FigureData(
    name="course",
    title="Loss, gradient and spectral radius over the training",
    caption="Chance is ln 4 = 1.39, the dashed line in the first panel. Without clipping a single gradient as long"
    " as this throws the"
    " weights away; clipped to length 1 it only tells the direction. The spectral radius is the largest of all"
    " gates; above 1,"
    " the dashed line of the last panel, a linear recurrence grows.",
    panels=tuple(
        Panel(
            title=title,
            marks=(
                *(() if at is None else (Rule(along="across", at=at),)),
                *(
                    Line(name=name, ink=ink, x=np.arange(len(own)), y=np.array(own), dashed="large" in name)
                    for ink, (name, own) in zip(SERIES, values.items(), strict=False)
                ),
            ),
            x=Axis(label="update"),
            y=Axis(label=title, log=title != "spectral radius", limits=(0.01, 100.0) if title == "loss" else None),
            shape="wide",
        )
        for (title, values), at in zip(curves.items(), (float(np.log(SYMBOLS)), None, 1.0), strict=True)
    ),
)
records = [
    {
        "network": name,
        "left before, %": 100 * float(np.nanmax(flow.left)),
        "left after, %": 100 * float(np.nanmax(flows["after"][name].left)) if name in flows["after"] else None,
        "largest gradient": max(norms[name]),
        "loss at the end": float(np.mean(losses[name][-20:])),
    }
    for name, flow in flows["before"].items()
]
table = records_table(f"The gradient {options.steps - 1} steps back, as a share of that at the last step", records)
section = Section(title="Gradients", tables=(table,), figures=(flowing, course))
report = Report(title=f"Gradients over {options.steps} steps", task="classify", sections=(section,))
report.save(options.folder / "gradient_flow.html")
print(f"page    {options.folder / 'gradient_flow.html'}")
