"""A cell over time in plain torch."""

from dataclasses import dataclass, field

import pytest
import torch

from seqloom.nn import LSTMCell, Recurrent
from seqloom.nn.steps import walk


@dataclass(frozen=True)
class Counted(LSTMCell):
    """An LSTM cell that counts its calls."""

    calls: dict = field(default_factory=lambda: {"step": 0, "block": 0})

    def step(self, *arguments):
        """Count and step."""
        self.calls["step"] += 1
        return super().step(*arguments)

    def block(self, *arguments):
        """Count and run the kernel."""
        self.calls["block"] += 1
        return super().block(*arguments)


@pytest.mark.parametrize(
    ("lengths", "calls"),
    [
        ((9, 9, 9), {"step": 0, "block": 1}),
        ((12, 12, 5), {"step": 0, "block": 2}),
        ((6, 5, 3, 1), {"step": 6, "block": 0}),
    ],
    ids=["equal", "long blocks", "short blocks"],
)
@pytest.mark.parametrize("reverse", [False, True])
def test_kernels_run_where_blocks_are_long(draw, lengths, calls, reverse):
    """Equal lengths take one call of torch's kernel, long blocks one each, short ones a walk step by step."""
    cell, network, (_, rows) = Counted(), Recurrent(LSTMCell(), 2, 3).double(), draw(lengths, 2)
    state = cell.initial_state(rows.values.new_zeros(len(lengths), 3))
    walk(cell, network.weights(0), state, rows, reverse=reverse)
    assert cell.calls == calls


@pytest.mark.parametrize("lengths", [(9, 9, 9), (12, 12, 5), (6, 5, 3, 1)])
@pytest.mark.parametrize("reverse", [False, True])
def test_kernel_and_walk_agree(draw, lengths, reverse):
    """Factors of 1 on the hidden state force the walk; it gives what the kernel gives."""
    network, (_, rows) = Recurrent(LSTMCell(), 2, 3).double(), draw(lengths, 2)
    zeros = rows.values.new_zeros(len(lengths), 3)
    state, weights = network.cell.initial_state(zeros), network.weights(0)
    final, outputs = walk(network.cell, weights, state, rows, reverse=reverse)
    walked_final, walked = walk(network.cell, weights, state, rows, reverse=reverse, kept=torch.ones_like(zeros))
    torch.testing.assert_close(walked.values, outputs.values, rtol=0, atol=1e-12)  # float64, another order of sums
    torch.testing.assert_close(walked_final, final, rtol=0, atol=1e-12)  # as above
