"""Gradient flow against derivatives that are known."""

import numpy as np
import pytest
import torch

from seqloom.explain import GradientFlow, flow_of, gradient_flow, trace
from seqloom.nn import ElmanCell, GRUCell, LSTMCell, Recurrent
from seqloom.sequence import Packed

STEPS = 12


def layer(cell, units=4):
    """A layer in double precision, and the rows of one sequence."""
    torch.manual_seed(0)
    network = Recurrent(cell, 2, units).double()
    return network, Packed(torch.randn(STEPS, 2).double(), torch.ones(STEPS, dtype=torch.int64))


def test_a_linear_recurrence_fades_by_its_factor():
    """Relu above zero with weights of 0.8 times the unit matrix: 0.8 of the gradient is left with each step back."""
    network, rows = layer(ElmanCell("relu"))
    weights = network.weights(0)
    with torch.no_grad():
        weights.recurrent.copy_(0.8 * torch.eye(4))
        weights.input.zero_()
        weights.input_bias.fill_(1.0)
    _, outputs, traces = trace(network, None, rows)
    flow = flow_of(outputs.values[-1].sum(), traces, "the sum")
    np.testing.assert_allclose(flow.norms[0] / flow.norms[0][0], 0.8 ** np.arange(STEPS), rtol=1e-6)
    assert flow.per_step[0] == pytest.approx(0.8)


@pytest.mark.parametrize("cell", [ElmanCell(), GRUCell(), LSTMCell()])
def test_norms_are_those_of_finite_differences(cell):
    """The derivative by the state after a step: the state is moved a little and the rest is run again."""
    network, rows = layer(cell)
    _, outputs, traces = trace(network, None, rows)
    flow = flow_of(outputs.values[-1].sum(), traces, "the sum")
    at, size = 5, 1e-6
    state, rest = traces[0].after[at], Packed(rows.values[at + 1 :], rows.sizes[at + 1 :])
    for place, part in enumerate(state._fields):
        slopes = []
        for unit in range(4):
            ends = []
            for sign in (1, -1):
                changed = getattr(state, part).detach().clone()
                changed[0, unit] += sign * size
                start = type(state)(*(own.detach().unsqueeze(0) for own in state._replace(**{part: changed})))
                ends.append(float(network.sequence(start, rest)[1].values[-1].sum().detach()))
            slopes.append((ends[0] - ends[1]) / (2 * size))
        back = STEPS - 1 - at
        direct = np.linalg.norm(slopes)
        if part == "hidden" or len(state) == 1:  # the hidden vector after a step is read by nothing but the next one
            assert flow.norms[place][back] == pytest.approx(direct, rel=1e-5)
        else:  # the memory cell also shows itself in its hidden vector, which is held fixed here
            assert flow.norms[place][back] > 0


def test_a_flow_is_named():
    """Vanishing, exploding with its cure, or arriving; by the part of the state that keeps most."""
    far = np.arange(50.0)
    vanishing = GradientFlow("x", ("hidden",), (0.7**far,))
    exploding = GradientFlow("x", ("hidden",), (1.3**far,))
    carried = GradientFlow("x", ("hidden", "cell"), (0.5**far, 0.99**far))
    assert "vanishes: 49 steps back" in vanishing.verdict()
    assert "explodes" in exploding.verdict()
    assert "clip_norm=1" in exploding.verdict()
    assert "arrives: 49 steps back 61.1 % of it is left" in carried.verdict()
    assert "No gradient" in GradientFlow("x", ("hidden",), (np.zeros(5),)).verdict()


@pytest.mark.parametrize("cell", ["rnn", "lstm"])
def test_layers_and_directions_have_a_line_each(network, cell):
    """Two layers in both directions."""
    flow = gradient_flow(network(cell, layers=2, bidirectional=True))
    assert len(flow.names) == (4 if cell == "rnn" else 8)
    assert flow.figure().panels[0].y.log
    assert len(flow.figure().panels[0].marks) == len(flow.names)


def test_an_answer_may_hang_on_earlier_states_alone():
    """A forecast made some steps before: what is left is a share of the first gradient there is."""
    flow = GradientFlow("the error", ("layer 1",), (np.array([0.0, 0.0, 4.0, 2.0, 1.0]),))
    assert flow.left.tolist() == [0.25]
    assert flow.verdict().startswith("The gradient arrives")
