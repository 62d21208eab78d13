"""Convolution over packed rows, compared with each sequence convolved by itself."""

import pytest
import torch
from torch.nn import functional

from seqloom.errors import SettingsError
from seqloom.nn import Convolution, ConvolutionStack

LENGTHS = (9, 5, 5, 2, 1)
TOLERANCE = {"rtol": 0, "atol": 1e-12}  # float64: sums of the same numbers in another order


@pytest.mark.parametrize("kernel", [1, 3, 8])
@pytest.mark.parametrize("dilation", [1, 3])
@pytest.mark.parametrize("causal", [False, True])
def test_each_sequence_is_convolved_by_itself(draw, kernel, dilation, causal):
    """Every row is what torch's convolution gives on its sequence alone with zeros at both ends."""
    sequences, rows = draw(LENGTHS, 3)
    convolution = Convolution(3, 4, kernel, dilation=dilation, causal=causal).double()
    results = convolution(rows)
    ends = (kernel - 1, 0) if causal else ((kernel - 1) // 2, kernel // 2)
    ends = [steps * dilation for steps in ends]
    for place, sequence in enumerate(sequences):
        line = functional.pad(sequence.T, ends).unsqueeze(0)
        expected = functional.conv1d(line, convolution.weight, convolution.bias, dilation=dilation)[0].T
        torch.testing.assert_close(results.values[rows.sequence_rows == place], expected, **TOLERANCE)


def test_a_nan_stays_in_its_sequence(draw):
    """No window spans two sequences."""
    _, rows = draw(LENGTHS, 3)
    spoiled = torch.where((rows.sequence_rows == 1).unsqueeze(1), torch.nan, rows.values)
    results = Convolution(3, 4, 8).double()(rows.with_values(spoiled))
    assert torch.equal(torch.isnan(results.values).any(dim=1), rows.sequence_rows == 1)


def test_convolution_has_the_gradients_of_finite_differences(draw):
    """Gradients with respect to the rows agree with finite differences."""
    _, rows = draw((4, 2), 2)
    convolution = Convolution(2, 3, 3).double()
    assert torch.autograd.gradcheck(
        lambda values: convolution(rows.with_values(values)).values, rows.values.requires_grad_()
    )


def test_a_stack_normalises_over_all_rows(draw):
    """In training each layer's features have mean 0 and variance 1 over all rows of the batch, then relu."""
    _, rows = draw(LENGTHS, 3)
    branch = ConvolutionStack(3, (4,), 3).double()
    plain = branch.convolutions[0](rows).values
    normal = (plain - plain.mean(dim=0)) / (plain.var(dim=0, unbiased=False) + branch.norms[0].eps).sqrt()
    torch.testing.assert_close(branch(rows).values, normal.clamp(min=0), **TOLERANCE)


def test_a_causal_stack_never_looks_ahead(draw):
    """What comes later changes nothing before it, through all layers."""
    _, rows = draw((8,), 3)
    branch = ConvolutionStack(3, (4, 5), 3, causal=True).double().eval()
    changed = rows.values.clone()
    changed[5:] += 1
    assert torch.equal(branch(rows.with_values(changed)).values[:5], branch(rows).values[:5])


def test_each_convolution_of_a_stack_reaches_twice_as_far(draw):
    """Three of 9 steps see 4 + 8 + 16 steps to either side, and no further."""
    _, rows = draw((61,), 1)
    branch = ConvolutionStack(1, (2, 2, 2)).double().eval()
    for convolution in branch.convolutions:
        torch.nn.init.ones_(convolution.weight)
    values = torch.ones_like(rows.values).requires_grad_()
    branch(rows.with_values(values)).values[30].sum().backward()
    seen = torch.nonzero(values.grad[:, 0]).flatten()
    assert (int(seen.min()), int(seen.max())) == (2, 58)


@pytest.mark.parametrize("name", ["kernel", "dilation"])
def test_a_window_spans_at_least_one_step(name):
    """An empty one is refused."""
    with pytest.raises(SettingsError, match=f"{name}: expected a number of steps of at least 1, came 0"):
        Convolution(3, 4, **{"kernel": 3, name: 0})
