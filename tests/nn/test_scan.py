"""Cells that are linear in their state, by kernels in Triton: the laws of every recurrent network, and torch's numbers.

On a GPU the layers take this way by themselves; elsewhere they are led here, and Triton interprets its kernels.
"""

from dataclasses import dataclass
from itertools import product

import pytest
import torch
from torch import Tensor

from seqloom.nn import LRUCell, LSTMCell, MinGRUCell, MinLSTMCell, Recurrent, Weights, compiled, scan, steps
from seqloom.nn.cell import Cell
from seqloom.nn.state import LinearState
from seqloom.sequence import Packed

CELLS = {"mingru": MinGRUCell(), "minlstm": MinLSTMCell(), "lru": LRUCell()}
LENGTHS = {
    "one-step": (1, 1),
    "equal": (4, 4),
    "ragged": (9, 7, 4, 4, 1),  # more than two chunks where these are small
    "chunks": (35, 32, 16, 2),  # more than two chunks everywhere
}
ROUNDING = {"rtol": 0, "atol": 1e-11}  # float64: sums of the same numbers in another order
FEATURES, HIDDEN = 2, 3


@dataclass(frozen=True)
class Trial:
    """A cell with leaves of the graph: inputs, weights, and the initial state."""

    cell: Cell
    leaves: list[Tensor]
    sizes: Tensor
    reverse: bool

    def run(self, *leaves: Tensor, torch_only: bool = False) -> tuple[Tensor, ...]:
        """Outputs and final state, by the kernels or step by step in plain torch."""
        x, *weights, hidden = leaves
        prepared, way = self.cell.prepare(Weights(*weights)), steps if torch_only else scan
        final, outputs = way.walk(self.cell, prepared, LinearState(hidden), Packed(x, self.sizes), reverse=self.reverse)
        return self.cell.output(prepared, x, outputs.values), *final

    def gradients(self, **options) -> tuple[Tensor, ...]:
        """Gradients of one number made of all results, with respect to all leaves."""
        return gradients_of(mixed(self.run(*self.leaves, **options)), self.leaves)


def gradients_of(whole: Tensor, leaves: list[Tensor], **options) -> tuple[Tensor, ...]:
    """Gradients of a number; zeros for what a cell does not have."""
    return torch.autograd.grad(whole, leaves, allow_unused=True, materialize_grads=True, **options)


def mixed(results: tuple[Tensor, ...]) -> Tensor:
    """One number in which every result counts differently."""
    return sum((part * torch.linspace(-1, 2, part.numel()).to(part).view_as(part)).sum() for part in results)


@pytest.fixture
def trial(generator, scanning, triton_scan):
    """Makes a trial on the device the kernels run on."""

    def made(name, lengths="ragged", *, reverse=False, precision=torch.float64):
        cell, many = CELLS[name], LENGTHS[lengths]
        shapes = [(sum(many), FEATURES), *cell.shapes(FEATURES, HIDDEN), (len(many), cell.width(HIDDEN))]
        drawn = [0.7 * torch.randn(shape, dtype=torch.float64, generator=generator) for shape in shapes]
        leaves = [leaf.to(scanning, precision).requires_grad_() for leaf in drawn]
        sizes = torch.tensor([sum(length > t for length in many) for t in range(max(many))])
        return Trial(cell, leaves, sizes, reverse)

    return made


@pytest.fixture
def network(scanning, triton_scan, monkeypatch):
    """Makes a network whose layers take this way."""
    if scanning.type == "cpu":
        monkeypatch.setattr(compiled, "serves", lambda *_: False)
        monkeypatch.setattr(scan, "serves", lambda cell, *_: type(cell) in scan.TURNS)

    def made(name, **options):
        torch.manual_seed(3)
        return Recurrent(CELLS[name], FEATURES, HIDDEN, **options).to(scanning, torch.float64).eval()

    return made


CASES = [*product(CELLS, LENGTHS)]


@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize(("name", "lengths"), CASES)
def test_results_are_those_of_torch(trial, name, lengths, reverse):
    """Outputs and final states are those of the same cell, step by step."""
    tried = trial(name, lengths, reverse=reverse)
    torch.testing.assert_close(tried.run(*tried.leaves), tried.run(*tried.leaves, torch_only=True), **ROUNDING)


@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize(("name", "lengths"), CASES)
def test_gradients_are_those_of_torch(trial, name, lengths, reverse):
    """Gradients of inputs, weights and initial state are those of the same cell, step by step."""
    tried = trial(name, lengths, reverse=reverse)
    torch.testing.assert_close(tried.gradients(), tried.gradients(torch_only=True), **ROUNDING)


@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize("name", CELLS)
def test_gradients_are_those_of_finite_differences(trial, name, reverse):
    """In double precision they agree with differences of the kernels themselves."""
    tried = trial(name, reverse=reverse)
    assert torch.autograd.gradcheck(tried.run, tried.leaves, fast_mode=True)


@pytest.mark.parametrize("name", CELLS)
def test_gradients_of_gradients_are_those_of_finite_differences(trial, name):
    """A second derivative goes through plain torch, and agrees with differences of the first."""
    tried = trial(name, "equal")
    assert torch.autograd.gradgradcheck(tried.run, tried.leaves, fast_mode=True)


@pytest.mark.parametrize("name", CELLS)
def test_gradients_to_be_differentiated_are_the_same(trial, name):
    """With a graph of their own gradients have the values they have without."""
    tried = trial(name)
    graph = gradients_of(mixed(tried.run(*tried.leaves)), tried.leaves, create_graph=True)
    torch.testing.assert_close(graph, tried.gradients(), **ROUNDING)


@pytest.mark.parametrize("name", CELLS)
def test_many_gradients_at_once_are_those_one_by_one(trial, name):
    """Rows of a Jacobian that are computed together are those that are computed alone."""
    tried = trial(name, "equal")
    (outputs, _), x = tried.run(*tried.leaves), tried.leaves[0]
    each = torch.eye(outputs.numel()).to(outputs).view(-1, *outputs.shape)[:3]
    (together,) = torch.autograd.grad(outputs, [x], each, is_grads_batched=True, retain_graph=True)
    alone = [torch.autograd.grad(outputs, [x], one, retain_graph=True)[0] for one in each]
    torch.testing.assert_close(together, torch.stack(alone), **ROUNDING)


@pytest.mark.parametrize("name", CELLS)
def test_a_second_way_back_gives_the_same_bits(trial, name):
    """Every sum is made in the same order every time."""
    tried = trial(name)
    whole = mixed(tried.run(*tried.leaves))
    first = gradients_of(whole, tried.leaves, retain_graph=True)
    second = gradients_of(whole, tried.leaves)
    assert all(torch.equal(came, expected) for came, expected in zip(second, first, strict=True))


@pytest.mark.parametrize("precision", [torch.float32, torch.bfloat16, torch.float16])
@pytest.mark.parametrize("name", CELLS)
def test_other_precisions_are_as_exact_as_their_numbers(trial, name, precision):
    """Results and gradients of few digits follow those of the same numbers in double precision."""
    few = trial(name, precision=precision)
    exact = Trial(few.cell, [leaf.detach().double().requires_grad_() for leaf in few.leaves], few.sizes, reverse=False)
    rounding = 16 * torch.finfo(precision).eps  # products, states and gradients are each rounded, and then added up
    pairs = [(few.run(*few.leaves), exact.run(*exact.leaves)), (few.gradients(), exact.gradients())]
    for came, expected in pairs:
        for part, wanted in zip(came, expected, strict=True):
            assert part.dtype == precision
            scale = max(1.0, float(wanted.detach().abs().max())) if wanted.numel() else 1.0
            torch.testing.assert_close(part.double() / scale, wanted / scale, rtol=0, atol=rounding)


@pytest.mark.parametrize("changed", [0, 1], ids=["input", "output"])
def test_what_is_changed_in_place_has_no_wrong_gradients(trial, changed):
    """The way back reads what came in and what went out, so that torch refuses it once they were changed."""
    tried = trial("mingru")
    x, *others = tried.leaves
    x = x.detach().clone()
    outputs, _ = tried.run(x, *others)
    (x, outputs)[changed].mul_(2)
    with pytest.raises(RuntimeError, match="modified by an inplace operation"):
        outputs.sum().backward()


def test_tensors_need_not_lie_in_order(trial):
    """Strided inputs and expanded states and gradients give what copies of them give."""
    tried = trial("lru")
    x, *weights, hidden = tried.leaves
    strided, state = torch.stack([x, x], dim=2)[..., 1], hidden[:1].expand(len(hidden), -1)
    came = gradients_of(sum(part.sum() for part in tried.run(strided, *weights, state)), tried.leaves)
    copies = tried.run(x, *weights, state.contiguous())
    expected = gradients_of(sum(part.sum() for part in copies), tried.leaves)
    torch.testing.assert_close(came, expected, **ROUNDING)


@pytest.mark.parametrize("name", CELLS)
def test_layers_take_this_way(network, ways, draw, scanning, name):
    """Stacks of these cells, in both directions, go through the kernels, each layer and direction."""
    _, rows = draw((3, 2), FEATURES)
    layers = network(name, layers=2, bidirectional=True)
    layers.sequence(None, rows.with_values(rows.values.to(scanning)))
    assert ways == ["scan"] * 4


@pytest.mark.parametrize(("name", "lengths"), CASES)
def test_split_anywhere_equals_unsplit(network, draw, scanning, name, lengths):
    """Sequences cut at any step and run in two halves give the outputs and the final state of the whole."""
    layer, (_, rows) = network(name), draw(LENGTHS[lengths], FEATURES)
    rows = rows.with_values(rows.values.to(scanning))
    final, outputs = layer.sequence(None, rows)
    for step in {1, rows.steps // 2, rows.steps - 1} - {0, rows.steps}:
        cut = int(rows.sizes[:step].sum())
        middle, first = layer.sequence(None, Packed(rows.values[:cut], rows.sizes[:step]))
        alive = int(rows.sizes[step])
        going_on = type(middle)(*(part[:, :alive] for part in middle))
        last, second = layer.sequence(going_on, Packed(rows.values[cut:], rows.sizes[step:]))
        torch.testing.assert_close(torch.cat([first.values, second.values]), outputs.values, **ROUNDING)
        ended = torch.cat([last.hidden, middle.hidden[:, alive:]], dim=1)
        torch.testing.assert_close(ended, final.hidden, **ROUNDING)


@pytest.mark.parametrize("name", CELLS)
def test_a_sequence_is_not_changed_by_its_neighbours(network, draw, pack, scanning, name):
    """Each sequence run alone, in both directions, gives the outputs and the final state it has in the batch."""
    layer, (sequences, rows) = network(name, bidirectional=True), draw(LENGTHS["ragged"], FEATURES)
    final, outputs = layer.sequence(None, rows.with_values(rows.values.to(scanning)))
    for place, sequence in enumerate(sequences):
        alone, read = layer.sequence(None, pack([sequence.to(scanning)]))
        own = (rows.sequence_rows == place).to(scanning)
        torch.testing.assert_close(read.values, outputs.values[own], **ROUNDING)
        torch.testing.assert_close(alone.hidden[:, 0], final.hidden[:, place], **ROUNDING)


@pytest.mark.parametrize("name", CELLS)
def test_a_nan_reaches_only_what_follows_it(network, draw, scanning, name):
    """A NaN in one step spoils that sequence from there on, and nothing before it or beside it."""
    layer, (_, rows) = network(name), draw(LENGTHS["ragged"], FEATURES)
    place, step = 2, 1
    values = rows.values.clone()
    values[int(rows.sizes[:step].sum()) + place] = torch.nan
    _, outputs = layer.sequence(None, rows.with_values(values.to(scanning)))
    reached = (rows.sequence_rows == place) & (rows.row_steps >= step)
    assert torch.equal(torch.isnan(outputs.values.cpu()).any(dim=1), reached)


@pytest.mark.parametrize("name", CELLS)
def test_what_lies_around_the_rows_is_never_read(network, draw, scanning, name):
    """Rows that are a window into a buffer full of NaN give the outputs they give by themselves."""
    layer, (_, rows) = network(name), draw(LENGTHS["ragged"], FEATURES)
    count = len(rows.values)
    buffer = torch.full((3 * count, FEATURES), torch.nan, dtype=torch.float64, device=scanning)
    buffer[count : 2 * count] = rows.values
    final, outputs = layer.sequence(None, rows.with_values(buffer[count : 2 * count]))
    expected_final, expected = layer.sequence(None, rows.with_values(rows.values.to(scanning)))
    assert torch.equal(outputs.values, expected.values)
    assert torch.equal(final.hidden, expected_final.hidden)


class Other(MinGRUCell):
    """A cell that may compute something else."""


def test_on_a_gpu_it_serves_what_it_has_code_for(scanning):
    """The kernels take their own cells, in every precision, where nobody casts numbers or looks on."""
    if scanning.type == "cpu":
        pytest.skip("no CUDA device")
    ones = {precision: torch.ones(2, 3, dtype=precision, device=scanning) for precision in scan.PRECISIONS}
    assert all(scan.serves(cell, each) for each in ones.values() for cell in CELLS.values())
    x = ones[torch.float32]
    assert not any(scan.serves(cell, x) for cell in (LSTMCell(), Other()))
    assert not scan.serves(MinGRUCell(), x, ones[torch.float64])
    with torch.autocast("cuda"):
        assert not scan.serves(MinGRUCell(), x)
    seen = []
    torch.func.vmap(lambda part: seen.append(scan.serves(MinGRUCell(), part)) or part)(x)
    assert seen == [False]


def test_the_processor_is_left_to_others():
    """Tensors that are on no GPU are none of these kernels'."""
    assert not any(scan.serves(cell, torch.ones(2, 3)) for cell in CELLS.values())


def test_triton_is_found_or_not(monkeypatch):
    """Whether the package is there is asked without loading it."""
    monkeypatch.setattr(scan, "find_spec", lambda name: None if name == "triton" else name)
    assert not scan.triton_installed()
    monkeypatch.setattr(scan, "find_spec", lambda name: name)
    assert scan.triton_installed()
