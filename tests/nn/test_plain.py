"""Whether there are numbers to compute with."""

import pytest
import torch
from torch._subclasses import FakeTensorMode
from torch.autograd import forward_ad

from seqloom.nn.plain import plain

NUMBERS = torch.ones(2)


class Marked(torch.Tensor):
    """A tensor with a meaning of its own."""


PLAIN = {
    "numbers": NUMBERS,
    "a parameter": torch.nn.Parameter(NUMBERS.clone()),
    "part of a graph": NUMBERS.clone().requires_grad_() * 2,
}
OTHERS = {
    "a subclass": NUMBERS.as_subclass(Marked),
    "a sparse tensor": NUMBERS.to_sparse(),
    "a negated view": torch.ones(2, dtype=torch.complex64).conj().imag,
}


@pytest.mark.parametrize("name", PLAIN)
def test_numbers_are_plain(name):
    """Tensors as they usually are."""
    assert plain(NUMBERS, PLAIN[name])


@pytest.mark.parametrize("name", OTHERS)
def test_what_only_stands_for_numbers_is_not_plain(name):
    """One such tensor among others suffices."""
    assert not plain(NUMBERS, OTHERS[name])


@pytest.mark.filterwarnings("ignore:.*torch.jit.trace.* is deprecated:DeprecationWarning")
def test_tracing_is_noticed():
    """While a graph is recorded nothing is plain."""
    found = []
    torch.jit.trace(lambda x: found.append(plain(NUMBERS)) or x + 1, NUMBERS, check_trace=False)
    assert found == [False]


def test_compiling_and_exporting_are_noticed():
    """While torch takes a function apart nothing is plain."""

    class Layer(torch.nn.Module):
        """Adds one where it is plain, and two where it is not."""

        def forward(self, x):
            """The sum."""
            return x + 1 if plain(x) else x + 2

    exported = torch.export.export(Layer(), (NUMBERS,))
    assert torch.compile(Layer(), backend="eager")(NUMBERS).tolist() == [3, 3]
    assert exported.module()(NUMBERS).tolist() == [3, 3]


def test_transforms_are_noticed():
    """Inside functorch's transforms nothing is plain."""
    found = []
    torch.func.vmap(lambda x: found.append(plain(NUMBERS)) or x)(NUMBERS)
    torch.func.grad(lambda x: found.append(plain(NUMBERS)) or x.sum())(NUMBERS)
    assert found == [False, False]


def test_forward_derivatives_are_noticed():
    """Where tangents may travel with numbers nothing is plain."""
    with forward_ad.dual_level():
        assert not plain(NUMBERS)
    assert plain(NUMBERS)


def test_modes_that_look_at_operators_are_noticed():
    """Under a dispatch mode nothing is plain."""
    with FakeTensorMode():
        assert not plain(NUMBERS)
    assert plain(NUMBERS)
