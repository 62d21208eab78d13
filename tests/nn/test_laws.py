"""The laws every recurrent network keeps: one table of cases, one test per law."""

from dataclasses import dataclass
from itertools import product
from typing import Any

import pytest
import torch

from seqloom.nn import (
    ElmanCell,
    GRUCell,
    LRUCell,
    LSTMCell,
    MinGRUCell,
    MinLSTMCell,
    Recurrent,
    SLSTMCell,
    State,
)
from seqloom.sequence import Packed

CELLS = {
    "rnn-tanh": (ElmanCell("tanh"), torch.nn.RNN, {"nonlinearity": "tanh"}),
    "rnn-relu": (ElmanCell("relu"), torch.nn.RNN, {"nonlinearity": "relu"}),
    "rnn-elu": (ElmanCell("elu"), None, {}),
    "rnn-sigmoid": (ElmanCell("sigmoid"), None, {}),
    "lstm-tanh": (LSTMCell("tanh"), torch.nn.LSTM, {}),
    "lstm-relu": (LSTMCell("relu"), None, {}),
    "gru-after": (GRUCell(reset_after=True), torch.nn.GRU, {}),
    "gru-before": (GRUCell(reset_after=False), None, {}),
    "lstm-peepholes": (LSTMCell(peepholes=True), None, {}),
    "lstm-norm": (LSTMCell(layer_norm=True), None, {}),
    "slstm": (SLSTMCell(), None, {}),
    "mingru": (MinGRUCell(), None, {}),
    "minlstm": (MinLSTMCell(), None, {}),
    "lru": (LRUCell(), None, {}),
}
LENGTHS = {
    "one-step": (1, 1),
    "equal": (6, 6, 6),
    "ragged": (7, 4, 4, 2, 1),  # short blocks: the cell walks step by step
    "blocks": (11, 11, 5, 5, 5),  # long blocks: torch's kernel where there is one
}
TOLERANCE = {"rtol": 0, "atol": 1e-12}  # float64: sums of the same numbers in another order
FEATURES, HIDDEN = 3, 4


@dataclass(frozen=True)
class Case:
    """One row of the table."""

    cell: str
    layers: int
    bidirectional: bool
    lengths: tuple[int, ...]

    def network(self) -> Recurrent:
        """Ours, with random weights, in float64 and as used for prediction."""
        cell, _, _ = CELLS[self.cell]
        torch.manual_seed(3)
        return Recurrent(cell, FEATURES, HIDDEN, self.layers, bidirectional=self.bidirectional).double().eval()

    def torch_network(self) -> torch.nn.RNNBase:
        """Torch's, with the same weights."""
        _, build, options = CELLS[self.cell]
        theirs = build(FEATURES, HIDDEN, self.layers, bidirectional=self.bidirectional, **options).double()
        theirs.load_state_dict(self.network().state_dict())
        return theirs

    def state(self, network: Recurrent, generator: torch.Generator) -> State:
        """A random state to start from."""
        zeros = network.initial_state(len(self.lengths))
        drawn = [torch.randn(part.shape, dtype=part.dtype, generator=generator) for part in zeros]
        for normaliser in drawn[2:3]:  # an sLSTM divides by it; no other state has a third part
            normaliser.abs_().add_(1)
        return type(zeros)(*drawn)


TABLE = [
    pytest.param(
        Case(cell, layers, both, LENGTHS[lengths]),
        id=f"{cell}-{layers}-{'both' if both else 'forward'}-{lengths}",
    )
    for cell, layers, both, lengths in product(CELLS, (1, 2), (False, True), LENGTHS)
]


def rows_where(**wanted: Any) -> list[Any]:
    """The rows of the table with these properties."""
    return [row for row in TABLE if all(getattr(row.values[0], name) == value for name, value in wanted.items())]


FORWARD = rows_where(bidirectional=False)
KNOWN_TO_TORCH = [row for row in TABLE if CELLS[row.values[0].cell][1] is not None]


def close(came: State | torch.Tensor, expected: State | torch.Tensor) -> None:
    """Compare tensors or states of them."""
    torch.testing.assert_close(came, expected, **TOLERANCE)


def of_sequence(rows: Packed, place: int) -> torch.Tensor:
    """The rows of one sequence, in the order of its steps."""
    return rows.values[rows.sequence_rows == place]


@pytest.mark.parametrize("case", KNOWN_TO_TORCH)
def test_equals_torch(case, draw, generator):
    """Outputs and final states are those of torch's network with the same weights on the same packed rows."""
    ours, (_, rows) = case.network(), draw(case.lengths, FEATURES)
    start = case.state(ours, generator)
    state, outputs = ours.sequence(start, rows)
    theirs, their_state = case.torch_network()(rows.to_torch(), tuple(start) if len(start) > 1 else start[0])
    close(outputs.values, theirs.data)
    close(tuple(state), their_state if isinstance(their_state, tuple) else (their_state,))


@pytest.mark.parametrize("case", KNOWN_TO_TORCH)
def test_has_the_gradients_of_torch(case, draw):
    """Gradients of all weights and of the input are those of torch's network."""
    ours, theirs, (_, rows) = case.network(), case.torch_network(), draw(case.lengths, FEATURES)
    values = rows.values.requires_grad_()
    _, outputs = ours.sequence(None, rows)
    mine = torch.autograd.grad(outputs.values.square().sum(), [values, *ours.parameters()])
    packed, _ = theirs(rows.to_torch())
    close(mine, torch.autograd.grad(packed.data.square().sum(), [values, *theirs.parameters()]))


@pytest.mark.parametrize("case", FORWARD)
def test_steps_equal_the_sequence(case, draw, generator):
    """One step after the other gives the outputs and the final state of the whole sequence."""
    network, (sequences, rows) = case.network(), draw(case.lengths, FEATURES)
    start = case.state(network, generator)
    final, outputs = network.sequence(start, rows)
    for place, sequence in enumerate(sequences):
        state = type(start)(*(part[:, place : place + 1] for part in start))
        steps = []
        for x in sequence:
            state, y = network.step(state, x.unsqueeze(0))
            steps.append(y)
        close(torch.cat(steps), of_sequence(outputs, place))
        close(state, type(final)(*(part[:, place : place + 1] for part in final)))


@pytest.mark.parametrize("case", FORWARD)
def test_split_anywhere_equals_unsplit(case, draw, generator):
    """Sequences cut at any step and run in two halves give the outputs and the final state of the whole."""
    network, (_, rows) = case.network(), draw(case.lengths, FEATURES)
    start = case.state(network, generator)
    final, outputs = network.sequence(start, rows)
    for step in range(1, rows.steps):
        cut = int(rows.sizes[:step].sum())
        middle, first = network.sequence(start, Packed(rows.values[:cut], rows.sizes[:step]))
        alive = int(rows.sizes[step])
        going_on = type(middle)(*(part[:, :alive] for part in middle))
        last, second = network.sequence(going_on, Packed(rows.values[cut:], rows.sizes[step:]))
        close(torch.cat([first.values, second.values]), outputs.values)
        ended = (torch.cat([late, early[:, alive:]], dim=1) for late, early in zip(last, middle, strict=True))
        close(type(final)(*ended), final)


@pytest.mark.parametrize("case", TABLE)
def test_a_sequence_is_not_changed_by_its_neighbours(case, draw, pack, generator):
    """Each sequence run alone gives the outputs and the final state it has in the batch."""
    network, (sequences, rows) = case.network(), draw(case.lengths, FEATURES)
    start = case.state(network, generator)
    final, outputs = network.sequence(start, rows)
    for place, sequence in enumerate(sequences):
        own = type(start)(*(part[:, place : place + 1] for part in start))
        alone, read = network.sequence(own, pack([sequence]))
        close(read.values, of_sequence(outputs, place))
        close(alone, type(final)(*(part[:, place : place + 1] for part in final)))


@pytest.mark.parametrize("case", TABLE)
def test_reordered_sequences_give_reordered_outputs(case, draw, pack):
    """Sequences of equal length may change places: outputs and states change places with them."""
    network, (sequences, rows) = case.network(), draw(case.lengths, FEATURES)
    places = sorted(range(len(sequences)), key=lambda place: (-case.lengths[place], -place))
    final, outputs = network.sequence(None, rows)
    moved_final, moved = network.sequence(None, pack([sequences[place] for place in places]))
    close(moved_final, type(final)(*(part[:, places] for part in final)))
    for new, old in enumerate(places):
        close(of_sequence(moved, new), of_sequence(outputs, old))


@pytest.mark.parametrize("case", FORWARD)
def test_a_nan_reaches_only_what_follows_it(case, draw):
    """A NaN in one step spoils that sequence from there on, and nothing before it or beside it."""
    network, (_, rows) = case.network(), draw(case.lengths, FEATURES)
    step = case.lengths[-1] - 1
    place = len(case.lengths) - 1
    spoiled = rows.values.clone()
    spoiled[int(rows.sizes[:step].sum()) + place] = torch.nan
    _, outputs = network.sequence(None, rows.with_values(spoiled))
    steps = torch.repeat_interleave(torch.arange(rows.steps), rows.sizes)
    reached = (rows.sequence_rows == place) & (steps >= step)
    assert torch.equal(torch.isnan(outputs.values).any(dim=1), reached)


@pytest.mark.parametrize("case", TABLE)
def test_what_lies_around_the_rows_is_never_read(case, draw):
    """Rows that are a window into a buffer full of NaN give the outputs they give by themselves."""
    network, (_, rows) = case.network(), draw(case.lengths, FEATURES)
    count = len(rows.values)
    buffer = torch.full((3 * count, FEATURES), torch.nan, dtype=torch.float64)
    buffer[count : 2 * count] = rows.values
    final, outputs = network.sequence(None, rows.with_values(buffer[count : 2 * count]))
    expected_final, expected = network.sequence(None, rows)
    assert torch.equal(outputs.values, expected.values)
    assert all(torch.equal(came, part) for came, part in zip(final, expected_final, strict=True))


@pytest.mark.parametrize("case", [row for row in TABLE if row.values[0].layers == 1])
def test_gradients_are_those_of_finite_differences(case, draw, generator):
    """The gradients of outputs and states in float64 agree with finite differences, for input, state and weights."""
    network, (_, rows) = case.network(), draw(case.lengths, FEATURES)
    start = case.state(network, generator)
    names = [name for name, _ in network.named_parameters()]

    def run(values: torch.Tensor, *rest: torch.Tensor) -> tuple[torch.Tensor, ...]:
        state = type(start)(*rest[: len(start)])
        weights = dict(zip(names, rest[len(start) :], strict=True))
        module = torch.nn.Module()
        module.forward = lambda state, values: network.sequence(state, rows.with_values(values))
        module.network = network
        named = {f"network.{name}": weight for name, weight in weights.items()}
        final, outputs = torch.func.functional_call(module, named, (state, values))
        return (outputs.values, *final)

    inputs = [rows.values, *start, *(weight.detach() for weight in network.parameters())]
    assert torch.autograd.gradcheck(run, [tensor.clone().requires_grad_() for tensor in inputs], fast_mode=True)
