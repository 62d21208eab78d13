"""Gates are those by which the state really changes."""

import pytest
import torch

from seqloom.explain import gates, openness, trace
from seqloom.model.cells import build_cell
from seqloom.nn import Recurrent, initialise
from seqloom.sequence import Packed


def traced(name):
    """A layer that read two sequences."""
    torch.manual_seed(0)
    network = Recurrent(build_cell(name, None), 3, 5)
    initialise(network)
    rows = Packed(torch.randn(7, 3), torch.tensor([2, 2, 2, 1]))
    return trace(network, None, rows)[2][0]


@pytest.mark.parametrize("name", ["lstm", "peephole-lstm", "norm-lstm"])
def test_the_output_gate_shows_the_memory_cell(name):
    """What an LSTM shows is its gate times what is made of its cell; the forget gate times the old cell is kept."""
    own = traced(name)
    found = openness(own)
    for step, after in enumerate(own.after):
        shown = after.cell
        if name == "norm-lstm":
            shown = torch.nn.functional.layer_norm(shown, shown.shape[-1:])
        torch.testing.assert_close(found["output gate"][step] * torch.tanh(shown), after.hidden, atol=1e-4, rtol=1e-3)
        written = (after.cell - found["forget gate"][step] * own.before[step].cell) / found["input gate"][step]
        assert (written.abs() <= 1 + 1e-5).all()  # a candidate is a tanh


@pytest.mark.parametrize("name", ["gru", "reset-gru"])
def test_the_update_gate_keeps_the_state(name):
    """What is left of a GRU's state after its gate is a candidate between -1 and 1."""
    own = traced(name)
    for before, after, update in zip(own.before, own.after, openness(own)["update gate"], strict=True):
        candidate = (after.hidden - update * before.hidden) / (1 - update)
        assert (candidate.abs() <= 1 + 1e-4).all()


@pytest.mark.parametrize(("name", "kept"), [("mingru", None), ("minlstm", "share that is kept")])
def test_minimal_cells_have_shares(name, kept):
    """Between 0 and 1; kept and new make up the whole."""
    found = openness(traced(name))
    if kept is not None:
        for one, other in zip(found[kept], found["share that is new"], strict=True):
            torch.testing.assert_close(one + other, torch.ones_like(one))
    assert all(((step > 0) & (step < 1)).all() for steps in found.values() for step in steps)


def test_cells_without_gates_have_none(network):
    """Nothing is drawn for them."""
    assert gates(network("rnn")) == ()
    assert openness(traced("lru")) == {}


def test_gates_are_summed_up_step_by_step(network):
    """The band holds the mean; a gate that is always open is said to be."""
    question = network("lstm")
    with torch.no_grad():
        recurrent = next(part for part in question.model.modules() if isinstance(part, Recurrent))
        recurrent.weights(0).input_bias[5:10] = 50.0
    (found,) = gates(question)
    assert found.opened[found.names.index("forget gate")] == 1
    assert ((found.low <= found.means + 1e-6) & (found.means <= found.high + 1e-6)).all()
    assert len(found.figure().panels) == 3
