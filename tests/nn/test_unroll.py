"""Which way a layer goes: through the compiled engine where it can, through torch where it must."""

import tracemalloc

import pytest
import torch

from seqloom.kernels.room import ROOM
from seqloom.nn import ElmanCell, GRUCell, LSTMCell, Recurrent, compiled, steps
from seqloom.nn.unroll import unroll
from seqloom.sequence import Packed


def run(network, rows, **options):
    """Run the first layer of a network over rows, from zeros as precise as they are."""
    state = network.cell.initial_state(rows.values.new_zeros(rows.batch_size, 3))
    return unroll(network.cell, network.weights(0), state, rows, **options)


CASES = {
    "single precision": (LSTMCell(), torch.float32, ["compiled"]),
    "double precision": (LSTMCell(), torch.float64, ["compiled"]),
    "half precision": (LSTMCell(), torch.float16, ["torch"]),
    "brain floats": (LSTMCell(), torch.bfloat16, ["torch"]),
    "reset before the product": (GRUCell(reset_after=False), torch.float32, ["compiled"]),
    "reset after the product": (GRUCell(), torch.float32, ["compiled"]),
    "relu in an LSTM": (LSTMCell("relu"), torch.float32, ["compiled"]),
    "elu": (ElmanCell("elu"), torch.float32, ["compiled"]),
}


@pytest.mark.parametrize("case", CASES)
def test_cell_and_precision_decide(ways, draw, case):
    """Cells that are compiled go through the engine in single and double precision, all others through torch."""
    cell, precision, expected = CASES[case]
    _, rows = draw((3, 2), 2)
    run(Recurrent(cell, 2, 3).to(precision), rows.with_values(rows.values.to(precision)))
    assert ways == expected


def test_under_autocast_torch_decides_on_precision(ways, draw):
    """Where torch casts numbers the layer goes through torch, which knows how."""
    _, rows = draw((3, 2), 2)
    rows = rows.with_values(rows.values.float())
    with torch.autocast("cpu", torch.bfloat16):
        run(Recurrent(LSTMCell(), 2, 3), rows)
    assert ways == ["torch"]


def test_tensors_of_another_device_go_through_torch(ways):
    """Tensors that are not on the CPU are none of the engine's."""
    assert not compiled.serves(torch.zeros(2, 3), torch.zeros(2, 3, device="meta"))


def test_mixed_precisions_are_refused_by_torch(draw):
    """Single precision weights on double precision rows are an error, never cast in silence."""
    _, rows = draw((3, 2), 2)
    with pytest.raises(RuntimeError, match="dtype"):
        run(Recurrent(LSTMCell(), 2, 3), rows)


@pytest.mark.parametrize("precision", [torch.float16, torch.bfloat16])
@pytest.mark.parametrize("cell", [LSTMCell(), GRUCell(), ElmanCell()], ids=repr)
def test_low_precision_gives_what_single_precision_gives(draw, cell, precision):
    """Half floats and brain floats follow the engine as far as their few digits go."""
    network, (_, rows) = Recurrent(cell, 2, 3), draw((5, 3, 3), 2)
    rows = rows.with_values(rows.values.float())
    _, expected = run(network, rows)
    _, came = run(network.to(precision), rows.with_values(rows.values.to(precision)))
    off = 8 * torch.finfo(precision).eps  # states below one, through a few steps
    torch.testing.assert_close(came.values.float(), expected.values.to(precision).float(), rtol=0, atol=off)


@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize("masked", [False, True])
@pytest.mark.parametrize("cell", [LSTMCell(), GRUCell(), ElmanCell()], ids=repr)
def test_both_ways_lead_to_the_same_place(draw, generator, cell, reverse, masked):
    """The engine and torch give the same outputs and final states, with factors on the hidden state or without."""
    network, (_, rows) = Recurrent(cell, 2, 3).double(), draw((6, 5, 3, 1), 2)
    kept = torch.randint(0, 2, (4, 3), generator=generator).double() * 2 if masked else None
    final, outputs = run(network, rows, reverse=reverse, kept=kept)
    state = network.cell.initial_state(rows.values.new_zeros(4, 3))
    expected_final, expected = steps.walk(network.cell, network.weights(0), state, rows, reverse=reverse, kept=kept)
    torch.testing.assert_close(outputs.values, expected.values, rtol=0, atol=1e-13)  # float64, another order of sums
    torch.testing.assert_close(final, expected_final, rtol=0, atol=1e-13)  # as above


@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize("precision", [torch.float64, torch.bfloat16])
def test_computing_again_changes_no_number(draw, reverse, precision):
    """Outputs, states and gradients are those of a layer that keeps everything, in the engine and in torch."""
    network, (_, rows) = Recurrent(LSTMCell(), 2, 3).to(precision), draw((40, 31, 3, 1), 2)
    values = rows.values.to(precision).requires_grad_()

    def trained(**options):
        final, outputs = run(network, rows.with_values(values), reverse=reverse, **options)
        whole = outputs.values.square().sum() + final.cell.sum()
        return outputs.values, *final, *torch.autograd.grad(whole, [values, *network.parameters()])

    for came, expected in zip(trained(recompute=True), trained(), strict=True):
        torch.testing.assert_close(came, expected, rtol=0, atol=1e-12)  # float64: rows added up in another order


def test_computing_again_keeps_a_fraction_of_the_memory():
    """Between the way there and the way back, of a layer of a few hundred steps."""
    network, rows = Recurrent(LSTMCell(), 4, 64), Packed(torch.randn(16 * 400, 4), torch.full((400,), 16))
    kept = []
    for recompute in (False, True):
        network.recompute = recompute
        network.sequence(None, rows)[1].values.sum().backward()  # compiled, and freed memory filled up
        ROOM._begin()
        tracemalloc.start()
        _, outputs = network.sequence(None, rows)
        kept.append(tracemalloc.get_traced_memory()[0] - outputs.values.nbytes)
        tracemalloc.stop()
    assert kept[1] < 0.2 * kept[0]
