"""The compiled engine as torch sees it: values, gradients, gradients of gradients, and what autograd expects."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
import torch
from torch import Tensor

from seqloom.nn import (
    ElmanCell,
    GRUCell,
    LRUCell,
    LSTMCell,
    MinGRUCell,
    MinLSTMCell,
    SLSTMCell,
    Weights,
    compiled,
    steps,
)
from seqloom.nn.cell import Cell
from seqloom.sequence import Packed

CELLS = {
    "lstm-tanh": LSTMCell(),
    "lstm-relu": LSTMCell("relu"),
    "lstm-peepholes": LSTMCell(peepholes=True),
    "lstm-norm": LSTMCell("relu", layer_norm=True),
    "slstm": SLSTMCell(),
    "gru": GRUCell(),
    "gru-before": GRUCell(reset_after=False),
    "mingru": MinGRUCell(),
    "minlstm": MinLSTMCell(),
    "lru": LRUCell(),
    "elman-tanh": ElmanCell(),
    "elman-relu": ElmanCell("relu"),
    "elman-elu": ElmanCell("elu"),
    "elman-sigmoid": ElmanCell("sigmoid"),
}
SIZES = {"small": (2, 3, (4, 2, 1)), "a vector and one": (5, 17, (5, 5, 3, 1, 1, 1, 1)), "wide": (33, 65, (3, 2))}
TORCH = {
    "lstm-tanh": (torch.nn.LSTM, {}),
    "gru": (torch.nn.GRU, {}),
    "elman-tanh": (torch.nn.RNN, {}),
    "elman-relu": (torch.nn.RNN, {"nonlinearity": "relu"}),
}
NAMES = ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0")
STATE = 1 + compiled.READ
"""Where the state begins among a trial's leaves."""
ROUNDING = {"rtol": 0, "atol": 1e-11}  # float64: sums of some hundred products of a few units in another order


@dataclass(frozen=True)
class Trial:
    """A cell with leaves of the graph: inputs, weights, and the parts of the initial state."""

    cell: Cell
    leaves: list[Tensor]
    sizes: Tensor
    kept: Tensor | None
    reverse: bool

    def run(self, *leaves: Tensor, torch_only: bool = False) -> tuple[Tensor, ...]:
        """Outputs and final state, by the engine or in plain torch."""
        x, parts = leaves[0], leaves[STATE:]
        weights = self.cell.prepare(Weights(*leaves[1:STATE], leaves[1][:0]))
        state = type(self.cell.initial_state(parts[0]))(*parts)
        rows, options = Packed(x, self.sizes), {"reverse": self.reverse, "kept": self.kept}
        if torch_only:
            final, outputs = steps.walk(self.cell, weights, state, rows, fused=False, **options)
        else:
            final, outputs = compiled.walk(self.cell, self.cell.kernel, weights, state, rows, **options)
        return outputs.values, *final

    def gradients(self, **options) -> tuple[Tensor, ...]:
        """Gradients of one number made of all results, with respect to all leaves."""
        return gradients_of(mixed(self.run(*self.leaves, **options)), self.leaves)


def gradients_of(whole: Tensor, leaves: list[Tensor], **options) -> tuple[Tensor, ...]:
    """Gradients of a number; zeros for what a cell does not have."""
    return torch.autograd.grad(whole, leaves, allow_unused=True, materialize_grads=True, **options)


def mixed(results: tuple[Tensor, ...]) -> Tensor:
    """One number in which every result counts differently."""
    return sum((part * torch.linspace(-1, 2, part.numel(), dtype=part.dtype).view_as(part)).sum() for part in results)


@pytest.fixture
def trial(generator):
    """Makes a trial: random leaves of a cell and size, in a direction, with factors on the hidden state or without."""

    def made(name, size="small", *, reverse=False, masked=False, precision=torch.float64):
        cell, (features, hidden, lengths) = CELLS[name], SIZES[size]
        batch, width, parts = len(lengths), cell.width(hidden), len(cell.initial_state(torch.zeros(1, 1)))
        shapes = [(sum(lengths), features), *cell.shapes(features, hidden)[: STATE - 1], *[(batch, width)] * parts]
        scales = [1, features**-0.5, hidden**-0.5, 0.3, 0.3, 0.3, *[1] * parts]
        drawn = [
            scale * torch.randn(shape, dtype=torch.float64, generator=generator)
            for scale, shape in zip(scales, shapes, strict=True)
        ]
        for normaliser in drawn[STATE + 2 : STATE + 3]:  # an sLSTM divides by it; no other state has a third part
            normaliser.abs_().add_(1)
        leaves = [leaf.to(precision).requires_grad_() for leaf in drawn]
        sizes = torch.tensor([sum(length > t for length in lengths) for t in range(max(lengths))])
        kept = torch.randint(0, 2, (batch, width), generator=generator).to(precision) * 2 if masked else None
        return Trial(cell, leaves, sizes, kept, reverse)

    return made


MODES = [(False, False), (True, False), (False, True), (True, True)]
MODE_NAMES = ["forward", "reverse", "masked", "masked in reverse"]


@pytest.mark.parametrize(("reverse", "masked"), MODES, ids=MODE_NAMES)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", CELLS)
def test_gradients_are_those_of_torch(trial, name, size, reverse, masked):
    """Gradients of inputs, weights and initial state are those of the same cell in plain torch."""
    tried = trial(name, size, reverse=reverse, masked=masked)
    torch.testing.assert_close(tried.gradients(), tried.gradients(torch_only=True), **ROUNDING)


@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize("name", CELLS)
def test_gradients_are_those_of_finite_differences(trial, name, reverse):
    """Every element of the Jacobian in double precision agrees with differences of the engine itself."""
    tried = trial(name, reverse=reverse)
    assert torch.autograd.gradcheck(tried.run, tried.leaves)


@pytest.mark.parametrize(
    "name", ["lstm-tanh", "lstm-peepholes", "slstm", "gru", "gru-before", "elman-tanh", "mingru", "lru"]
)
def test_gradients_of_gradients_are_those_of_finite_differences(trial, name):
    """A second derivative goes through plain torch, and agrees with differences of the first."""
    tried = trial(name)
    assert torch.autograd.gradgradcheck(tried.run, tried.leaves, fast_mode=True)


@pytest.mark.parametrize("name", CELLS)
def test_gradients_to_be_differentiated_are_the_same(trial, name):
    """With a graph of their own gradients have the values they have without."""
    tried = trial(name, masked=True)
    graph = gradients_of(mixed(tried.run(*tried.leaves)), tried.leaves, create_graph=True)
    torch.testing.assert_close(graph, tried.gradients(), **ROUNDING)


@pytest.mark.parametrize("name", ["lstm-tanh", "gru"])
def test_a_layer_run_twice_has_gradients_to_be_differentiated(trial, name):
    """Where the state of a second run depends on the weights by a first one, each path counts once."""
    tried = trial(name)

    def chained(*, create_graph):
        _, *final = tried.run(*tried.leaves)
        whole = mixed(tried.run(*tried.leaves[:STATE], *final))
        return gradients_of(whole, tried.leaves, create_graph=create_graph)

    torch.testing.assert_close(chained(create_graph=True), chained(create_graph=False), **ROUNDING)


def test_one_tensor_in_two_places_has_one_gradient(trial):
    """A tensor that is both parts of a state gets the sum of both gradients, differentiable or not."""
    tried = trial("lstm-tanh")
    both, others = tried.leaves[STATE], tried.leaves[:STATE]

    def gradient(*, create_graph):
        (found,) = torch.autograd.grad(mixed(tried.run(*others, both, both)), [both], create_graph=create_graph)
        return found

    torch.testing.assert_close(gradient(create_graph=True), gradient(create_graph=False), **ROUNDING)


@pytest.mark.parametrize("name", CELLS)
def test_a_second_way_back_gives_the_same_gradients(trial, name):
    """A graph that is kept gives the same gradients again, bit for bit, though the first way back used up its tape."""
    tried = trial(name)
    whole = mixed(tried.run(*tried.leaves))
    first = gradients_of(whole, tried.leaves, retain_graph=True)
    second = gradients_of(whole, tried.leaves)
    assert all(torch.equal(came, expected) for came, expected in zip(second, first, strict=True))


@pytest.mark.parametrize("asked", [[0], [1], [2], [3, 4], [6], [7], [0, 6, 7]], ids=str)
def test_only_what_needs_a_gradient_gets_one(trial, asked):
    """With some leaves held fixed the others get the gradients they have when none is."""
    tried = trial("lstm-tanh")
    expected = tried.gradients()
    leaves = [leaf.detach().requires_grad_(place in asked) for place, leaf in enumerate(tried.leaves)]
    mixed(tried.run(*leaves)).backward()
    torch.testing.assert_close(
        [leaves[place].grad for place in asked], [expected[place] for place in asked], rtol=0, atol=0
    )
    assert all(leaf.grad is None for place, leaf in enumerate(leaves) if place not in asked)


@pytest.mark.parametrize("part", [0, 1, 2], ids=["outputs", "hidden", "cell"])
def test_a_result_nobody_uses_counts_nothing(trial, part):
    """Gradients of one result alone are those of plain torch."""
    tried = trial("lstm-tanh")
    came, expected = (
        gradients_of(mixed(tried.run(*tried.leaves, torch_only=only)[part : part + 1]), tried.leaves)
        for only in (False, True)
    )
    torch.testing.assert_close(came, expected, **ROUNDING)


@pytest.mark.parametrize("name", TORCH)
@pytest.mark.parametrize("precision", [torch.float32, torch.float64])
def test_it_is_torchs_network_with_the_same_weights(trial, name, precision):
    """Outputs and gradients are those of torch's own network, packed, with these weights in its state_dict."""
    tried = trial(name, "a vector and one", precision=precision)
    build, options = TORCH[name]
    network = build(5, 17, **options).to(precision)
    network.load_state_dict(dict(zip(NAMES, tried.leaves[1:5], strict=True)))
    state = tuple(part.unsqueeze(0) for part in tried.leaves[STATE:])
    rows = Packed(tried.leaves[0], tried.sizes).to_torch()
    theirs, final = network(rows, state if len(state) > 1 else state[0])
    parts = [part[0] for part in (final if isinstance(final, tuple) else (final,))]
    weights = [network.get_parameter(name) for name in NAMES]
    expected = torch.autograd.grad(mixed((theirs.data, *parts)), [tried.leaves[0], *weights])
    off = 1e-11 if precision == torch.float64 else 2e-5  # sums of some hundred terms of a few units
    torch.testing.assert_close(tried.run(*tried.leaves), (theirs.data, *parts), rtol=0, atol=off)
    torch.testing.assert_close(tried.gradients()[:5], expected, rtol=1e-5, atol=off)


def test_outputs_changed_in_place_have_no_wrong_gradients(trial):
    """The way back reads the outputs, so that torch refuses it once they were changed."""
    tried = trial("gru")
    outputs, *_ = tried.run(*tried.leaves)
    outputs.mul_(2)
    with pytest.raises(RuntimeError, match="modified by an inplace operation"):
        outputs.sum().backward()


def test_inputs_changed_in_place_have_no_wrong_gradients(trial):
    """The way back reads the inputs, so that torch refuses it once they were changed."""
    tried = trial("gru")
    x = tried.leaves[0].detach().clone()
    outputs, *_ = tried.run(x, *tried.leaves[1:])
    x.mul_(2)
    with pytest.raises(RuntimeError, match="modified by an inplace operation"):
        outputs.sum().backward()


def test_final_states_changed_in_place_leave_the_gradients_right(trial):
    """A final state is a copy that the way back does not read."""
    tried = trial("lstm-tanh")
    outputs, hidden, cell = tried.run(*tried.leaves)
    hidden.mul_(2)
    cell.mul_(3)
    came = gradients_of(mixed((outputs, hidden / 2, cell / 3)), tried.leaves)
    torch.testing.assert_close(came, tried.gradients(), **ROUNDING)


def test_results_outlive_the_way_back(trial):
    """What a layer gave keeps its numbers while others are trained in the memory it used."""
    tried = trial("lstm-tanh", "wide")
    results = tried.run(*tried.leaves)
    copies = [part.detach().clone() for part in results]
    for _ in range(3):
        gradients_of(mixed(results), tried.leaves, retain_graph=True)
        trial("lstm-tanh", "wide").gradients()
    assert all(torch.equal(part, copy) for part, copy in zip(results, copies, strict=True))


def test_without_gradients_there_is_no_graph(trial):
    """Under `no_grad` the results are the same, bit for bit, and know of no graph."""
    tried = trial("lstm-tanh", "wide")
    expected = tried.run(*tried.leaves)
    with torch.no_grad():
        came = tried.run(*tried.leaves)
    assert not any(part.requires_grad for part in came)
    assert all(torch.equal(part, other) for part, other in zip(came, expected, strict=True))


@pytest.mark.parametrize("name", ["lstm-tanh", "gru"])
def test_tensors_need_not_lie_in_order(trial, name):
    """Transposed weights, strided inputs and expanded states and gradients give what copies of them give."""
    tried = trial(name)
    x, *weights = tried.leaves[:STATE]
    state = [part[:1].expand(len(part), -1) for part in tried.leaves[STATE:]]
    strided = torch.stack([x, x], dim=2)[..., 1]
    turned = [weight.t().contiguous().t() if weight.dim() > 1 else weight for weight in weights]
    came = gradients_of(sum(part.sum() for part in tried.run(strided, *turned, *state)), tried.leaves)
    copies = tried.run(x, *weights, *(part.contiguous() for part in state))
    expected = gradients_of(sum(part.sum() for part in copies), tried.leaves)
    assert all(torch.equal(part, other) for part, other in zip(came, expected, strict=True))


@pytest.mark.parametrize("name", CELLS)
def test_an_empty_batch_has_gradients_of_zero(trial, name):
    """Without steps and sequences there are results without rows, and no weight is asked to change."""
    tried = trial(name)
    empty = Trial(tried.cell, tried.leaves, tried.sizes[:0], None, reverse=False)
    leaves = [tried.leaves[0][:0], *tried.leaves[1:STATE], *(part[:0] for part in tried.leaves[STATE:])]
    results = empty.run(*leaves)
    gradients = gradients_of(sum(part.sum() for part in results), tried.leaves)
    assert [len(part) for part in results] == [0] * len(results)
    assert not any(gradient.any() for gradient in gradients)


def test_many_threads_train_at_once(trial):
    """Eight Python threads that go there and back at the same time get the gradients one alone gets."""
    trials = [trial(name, "wide") for name in ("lstm-tanh", "gru") * 4]
    expected = [tried.gradients() for tried in trials]
    with ThreadPoolExecutor(len(trials)) as pool:
        for came, other in zip(pool.map(Trial.gradients, trials), expected, strict=True):
            assert all(torch.equal(part, alone) for part, alone in zip(came, other, strict=True))


@pytest.mark.parametrize(
    ("tensors", "expected"),
    [
        ([torch.zeros(1), torch.zeros(2)], True),
        ([torch.zeros(1, dtype=torch.float64)], True),
        ([torch.zeros(1), torch.zeros(1, dtype=torch.float64)], False),
        ([torch.zeros(1, dtype=torch.float16)], False),
        ([torch.zeros(1, dtype=torch.int64)], False),
        ([torch.zeros(1, device="meta")], False),
    ],
    ids=["single", "double", "mixed", "half", "whole numbers", "another device"],
)
def test_it_serves_what_it_has_code_for(tensors, expected):
    """The engine takes tensors that are all single or all double precision, on the CPU."""
    assert compiled.serves(*tensors) is expected
