"""Kernels in Triton against their equations in NumPy; on a GPU, or interpreted."""

import os
import subprocess
import sys
from dataclasses import dataclass
from itertools import product

import numpy as np
import pytest
import torch
from torch import Tensor

from seqloom.sequence import Packed

ROUNDING = {"rtol": 0, "atol": 1e-12}  # float64: the same numbers in another order
LENGTHS = (9, 8, 8, 4, 1)
SIZES = torch.tensor([sum(length > t for length in LENGTHS) for t in range(max(LENGTHS))])
ROWS = sum(LENGTHS)


@dataclass(frozen=True)
class Numbers:
    """Random numbers in double precision, on a device."""

    device: torch.device

    def draw(self, *shape: int) -> Tensor:
        """Numbers of this shape, the same for the same shape."""
        generator = torch.Generator().manual_seed(sum(shape))
        return torch.randn(shape, dtype=torch.float64, generator=generator).to(self.device)


@pytest.fixture
def numbers(scanning):
    """Random numbers where the kernels run."""
    return Numbers(scanning)


@pytest.fixture
def places(triton_scan, scanning):
    """Where the rows of these lengths lie."""

    def made(*, reverse=False, sizes=SIZES):
        rows = Packed(sizes, sizes)
        return triton_scan.Places(rows.starts.to(scanning), rows.lengths.to(scanning), reverse)

    return made


def walked(step, initial, reverse):
    """Every row's result of a step from the one before, and the last of each sequence, in NumPy."""
    starts = np.cumsum([0, *SIZES])[:-1]
    hidden, final = {}, []
    for sequence, length in enumerate(LENGTHS):
        state, order = initial[sequence], range(length)
        for t in reversed(order) if reverse else order:
            row = starts[t] + sequence
            hidden[row] = state = step(row, state)
        final.append(state)
    return np.array([hidden[row] for row in range(ROWS)]), np.array(final)


def sigmoid(x):
    """The logistic function."""
    return 1 / (1 + np.exp(-x))


@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize("gates", [2, 3], ids=["mingru", "minlstm"])
def test_hidden_vectors_are_means_of_the_one_before_and_a_candidate(triton_scan, numbers, places, gates, reverse):
    """Rows and final states are those of the equations of minGRU and minLSTM."""
    projected, initial = numbers.draw(ROWS, gates * 5), numbers.draw(len(LENGTHS), 5)
    hidden, final = triton_scan.mix(projected, initial, places(reverse=reverse))
    *opened, new = np.split(projected.cpu().numpy(), gates, axis=1)
    share = sigmoid(opened[0]) if gates == 2 else sigmoid(opened[1]) / (sigmoid(opened[0]) + sigmoid(opened[1]))
    expected = walked(
        lambda row, state: (1 - share[row]) * state + share[row] * new[row], initial.cpu().numpy(), reverse
    )
    np.testing.assert_allclose(hidden.cpu(), expected[0], **ROUNDING)
    np.testing.assert_allclose(final.cpu(), expected[1], **ROUNDING)


@pytest.mark.parametrize("reverse", [False, True])
def test_complex_numbers_turn(triton_scan, numbers, places, reverse):
    """Rows and final states are those of the equation of the LRU in complex numbers."""
    projected, initial, factor = numbers.draw(ROWS, 6), numbers.draw(len(LENGTHS), 6), numbers.draw(3, 2) / 2
    real, imaginary = factor.T
    unit = torch.stack([real.repeat_interleave(2), torch.stack([-imaginary, imaginary], dim=1).flatten()])
    hidden, final = triton_scan.turn(projected, unit, initial, places(reverse=reverse))
    of, given, start = (torch.view_as_complex(part.view(-1, 3, 2)).cpu().numpy() for part in (unit, projected, initial))
    turns = of[0].real + 1j * unit[1, 1::2].cpu().numpy()
    expected = walked(lambda row, state: turns * state + given[row], start, reverse)
    for came, wanted in zip((hidden, final), expected, strict=True):
        np.testing.assert_allclose(torch.view_as_complex(came.view(-1, 3, 2)).cpu(), wanted, **ROUNDING)


def test_a_sequence_has_the_same_bits_alone(triton_scan, numbers, places):
    """What stands beside a sequence, and how long it is, changes not a bit of it."""
    projected, initial = numbers.draw(ROWS, 10), numbers.draw(len(LENGTHS), 5)
    hidden, final = triton_scan.mix(projected, initial, places())
    own = Packed(projected, SIZES).sequence_rows == 3
    alone = triton_scan.mix(projected[own.to(projected.device)], initial[3:4], places(sizes=SIZES[:4].clamp(max=1)))
    assert torch.equal(alone[0], hidden[own.to(hidden.device)])
    assert torch.equal(alone[1], final[3:4])


def test_closed_gates_do_not_divide_by_zero(triton_scan, numbers, places):
    """Where both gates of a minLSTM are as good as zero their quotient still is what it is."""
    projected = numbers.draw(ROWS, 15)
    projected[:, :5], projected[:, 5:10] = -2000, -2001
    _, final = triton_scan.mix(projected, torch.zeros_like(numbers.draw(5, 5)), places())
    assert torch.isfinite(final).all()
    last = projected[len(LENGTHS) - 1, 10:] * sigmoid(-1.0)  # the sequence of a single step
    torch.testing.assert_close(final[-1], last, **ROUNDING)


def test_an_empty_batch_has_no_rows(triton_scan, numbers, places):
    """Without sequences there is nothing to launch, and results without rows."""
    none = numbers.draw(1, 5)[:0]
    hidden, final = triton_scan.mix(numbers.draw(1, 10)[:0], none, places(sizes=SIZES[:0]))
    assert hidden.shape == final.shape == (0, 5)
    unit = numbers.draw(2, 4)
    wide = numbers.draw(1, 4)[:0]
    _, of_unit, _ = triton_scan.turn_back(unit, wide, wide, (wide, wide), places(sizes=SIZES[:0]))
    assert not of_unit.any()


COMPILE = """
import triton
import triton.language as tl
from triton.backends.compiler import GPUTarget
from triton.compiler import ASTSource
from seqloom.kernels import triton_scan

kernel, kind, gates, architecture = getattr(triton_scan, {kernel!r}), {kind!r}, {gates!r}, {architecture!r}
exact = "fp64" if kind == "fp64" else "fp32"
constants = dict(GATES=gates, REVERSE=True, STEPS=triton_scan.STEPS, BLOCK=triton_scan.UNITS)
constants |= dict(EXACT=tl.float64 if kind == "fp64" else tl.float32)
constants = {{name: value for name, value in constants.items() if name in kernel.arg_names}}
types = dict(offsets="*i64", lengths="*i64", units="i32", of_factor="*" + exact)
signature = {{name: "constexpr" if name in constants else types.get(name, "*" + kind) for name in kernel.arg_names}}
source, target = ASTSource(kernel, signature, constants), GPUTarget("cuda", architecture, 32)
done = triton.compile(source, target=target, options=dict(enable_fp_fusion=True))
print(len(done.asm["cubin"]))
"""


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["fp32", "bf16", "fp64"])
@pytest.mark.parametrize(
    ("kernel", "gates"), [*product(["_mix", "_mix_back"], [2, 3]), ("_turn", 0), ("_turn_back", 0)]
)
def test_kernels_compile_for_a_gpu(tmp_path, kernel, gates, kind):
    """Triton compiles every kernel for a GPU, here without one."""
    pytest.importorskip("triton", reason="triton is not installed")
    code = COMPILE.format(kernel=kernel, kind=kind, gates=gates, architecture=90)
    environment = {**os.environ, "TRITON_INTERPRET": "0", "TRITON_CACHE_DIR": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 0
