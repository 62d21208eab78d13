"""torch.nn: its recurrent layers and cells, and a plain loop that trains a forecaster."""

from collections.abc import Callable

import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import PackedSequence

from benchmarks.speed.case import Case
from benchmarks.speed.inputs import (
    alive,
    lengths_of,
    operations,
    operations_back,
    packed,
    readings_of,
    shown,
    steps_of,
    weights_of,
)
from benchmarks.speed.peer import Numbers, Refused, Work, serve
from benchmarks.speed.series import BATCH, HIDDEN, HORIZON, LOOKBACK, series

LAYERS = {"LSTM": nn.LSTM, "GRU": nn.GRU, "Elman": nn.RNN}
CELLS = {"LSTM": nn.LSTMCell, "GRU": nn.GRUCell, "Elman": nn.RNNCell}
NAMES = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")


def prepare(case: Case, variant: str) -> Work:
    """A case of `train`, `infer`, `step` or `forecast`."""
    if case.work == "forecast":
        return _forecast()
    if case.cell not in LAYERS:
        raise Refused(f"torch.nn has no {case.cell}")
    makers: dict[str, Callable[[Case, str], Work]] = {"train": _train, "infer": _infer, "step": _step}
    return makers[case.work](case, variant)


def layer_of(case: Case) -> nn.RNNBase:
    """The layer with the weights of the case."""
    layer = LAYERS[case.cell](case.features, case.hidden, case.layers, bidirectional=case.bidirectional)
    with torch.no_grad():
        for index, weights in enumerate(weights_of(case)):
            suffix = f"_l{index // case.directions}" + ("_reverse" if index % case.directions else "")
            for name, weight in zip(NAMES, weights, strict=True):
                getattr(layer, name + suffix).copy_(torch.from_numpy(weight))
    return layer


def _runner(case: Case, variant: str) -> tuple[nn.RNNBase, Callable[[], Tensor]]:
    """The layer, and what runs it: outputs of the steps of sequences, and zeros beside them if padded."""
    layer, x = layer_of(case), torch.from_numpy(steps_of(case))
    if variant == "packed":
        rows = PackedSequence(torch.from_numpy(packed(case, steps_of(case))), torch.from_numpy(alive(case)))
        return layer, lambda: layer(rows)[0].data
    if not case.varied:
        return layer, lambda: layer(x)[0]
    here = torch.from_numpy(lengths_of(case)) > torch.arange(case.steps).unsqueeze(1)  # [T, B]
    mask = here.unsqueeze(2).to(x)
    return layer, lambda: layer(x)[0] * mask


def _train(case: Case, variant: str) -> Work:
    layer, run = _runner(case, variant)
    terms = int(lengths_of(case).sum()) * case.directions * case.hidden

    def step() -> Tensor:
        layer.zero_grad()
        loss = run().square().sum() / terms
        loss.backward()
        return loss

    return Work(step, lambda: trained(layer, step), facts={"operations": operations(case) + operations_back(case)})


def trained(layer: nn.Module, step: Callable[[], Tensor]) -> Numbers:
    """The loss, and the length of the gradient of all weights but the biases."""
    loss = float(step().detach())
    squares = sum(
        float(weight.grad.square().sum())
        for name, weight in layer.named_parameters()
        if weight.grad is not None and name.startswith("weight")
    )
    return {"loss": [loss], "gradient": [squares**0.5]}


def _infer(case: Case, variant: str) -> Work:
    _, run = _runner(case, variant)

    def call() -> Tensor:
        with torch.inference_mode():
            return run()

    def check() -> Numbers:
        out = call().numpy()
        return {"outputs": shown(out if variant == "packed" else packed(case, out))}

    return Work(call, check, facts={"operations": operations(case)})


def _step(case: Case, variant: str) -> Work:
    """One step of one stream, its state kept."""
    reading = torch.from_numpy(readings_of(case, 1))
    if variant == "cell":
        cell = CELLS[case.cell](case.features, case.hidden)
        cell.load_state_dict({name: torch.from_numpy(w) for name, w in zip(NAMES, weights_of(case)[0], strict=True)})
        one, state = (lambda: cell(reading, held[0])), None
    else:
        layer, rows = layer_of(case), reading.unsqueeze(0)
        one, state = (lambda: layer(rows, held[0])[1]), None
    held = [state]

    def call() -> None:
        with torch.inference_mode():
            held[0] = one()

    def check() -> Numbers:
        held[0] = None
        for _ in range(3):
            call()
        state = held[0][0] if isinstance(held[0], tuple) else held[0]
        return {"outputs": shown(state.numpy())}

    return Work(call, check)


def _forecast() -> Work:
    """A loop as one writes it: windows gathered by their places, an LSTM, a linear layer, Adam."""
    torch.manual_seed(0)
    values = torch.from_numpy(series())
    windows = values.unfold(0, LOOKBACK + HORIZON, 1)
    layer, head = nn.LSTM(1, HIDDEN, batch_first=True), nn.Linear(HIDDEN, HORIZON)
    optimizer = torch.optim.Adam([*layer.parameters(), *head.parameters()], lr=1e-3)

    def call() -> None:
        batch = windows[torch.randint(len(windows), (BATCH,))]
        optimizer.zero_grad()
        outputs, _ = layer(batch[:, :LOOKBACK].unsqueeze(2))
        loss = nn.functional.mse_loss(head(outputs[:, -1]), batch[:, LOOKBACK:])
        loss.backward()
        optimizer.step()
        loss.item()

    return Work(call)


if __name__ == "__main__":
    serve(prepare, {"torch": torch.__version__})
