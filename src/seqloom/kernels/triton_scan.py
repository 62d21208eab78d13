"""Recurrences that are linear in their state, on a GPU: kernels in Triton, an optional package.

A program walks some units of one sequence through time, a chunk of steps at once. Within a chunk `h' = a h + b` is
scanned in parallel, as two steps one after the other are again one of this form; from chunk to chunk the state is
carried. Rows are packed: sequence `s` has its row of step `t` at `offsets[t] + s`, and ends at its own length.

On the way back the gradient of the hidden vector is scanned in the same manner, `g = a g' + b` with the `a` of the step
after it and the `b` that comes from outside. The chunks go one place further than there are steps, to what is left
of the gradient before the first of them.

Triton reads the source of what is marked `jit`: that looks like Python but is its own language, in which
arguments in capitals are known while it is compiled.
"""

from functools import partial
from typing import Any, NamedTuple

import torch
import triton
import triton.language as tl
from torch import Tensor

STEPS = 16
"""Steps of a chunk, a power of two; the same for all lengths, so that no sequence depends on those beside it."""

UNITS = 64
"""Most hidden units of a program, a power of two."""


class Places(NamedTuple):
    """Where the rows of packed sequences lie, and in which order they are read.

    Args:
        offsets: first row of each step, int64, [T].
        lengths: steps of each sequence, int64, [B].
        reverse: whether sequences are read from their ends.
    """

    offsets: Tensor
    lengths: Tensor
    reverse: bool


def mix(projected: Tensor, initial: Tensor, places: Places) -> tuple[Tensor, Tensor]:
    """Hidden vectors that are a mean of the one before and a candidate: minGRU and minLSTM.

    Args:
        projected: gates of each row before their activation, and last the candidate, [N, G * H]; one gate and the
            candidate are a minGRU, two and the candidate a minLSTM.
        initial: hidden vectors before the first steps, [B, H].
        places: of the rows.

    Returns:
        The hidden vector of each row, [N, H], and the last of each sequence, [B, H].
    """
    width = initial.shape[1]
    found = projected.new_empty(len(projected), width), torch.empty_like(initial)
    _launch(_mix, (projected, initial, *found), places, width, GATES=projected.shape[1] // width)
    return found


def mix_back(
    projected: Tensor, initial: Tensor, hidden: Tensor, changes: tuple[Tensor, Tensor], places: Places
) -> tuple[Tensor, Tensor]:
    """Gradients of what `mix` was given.

    Args:
        projected: as given, [N, G * H].
        initial: as given, [B, H].
        hidden: what came out, [N, H].
        changes: gradients of both results, [N, H] and [B, H].
        places: of the rows.

    Returns:
        Gradients of `projected` and of `initial`.
    """
    width = initial.shape[1]
    found = torch.empty_like(projected), torch.empty_like(initial)
    given = (projected, initial, hidden, *changes, *found)
    _launch(_mix_back, given, places, width, GATES=projected.shape[1] // width)
    return found


def turn(projected: Tensor, unit: Tensor, initial: Tensor, places: Places) -> tuple[Tensor, Tensor]:
    """Complex numbers that turn and shrink, each at its own speed: LRU.

    Args:
        projected: what each row adds, real and imaginary parts side by side, [N, 2 H].
        unit: the factor of each number: its real part twice, and its imaginary part with either sign, [2, 2 H].
        initial: the numbers before the first steps, [B, 2 H].
        places: of the rows.

    Returns:
        The numbers of each row, [N, 2 H], and the last of each sequence, [B, 2 H].
    """
    found = torch.empty_like(projected), torch.empty_like(initial)
    _launch(_turn, (projected, unit, initial, *found), places, initial.shape[1] // 2)
    return found


def turn_back(
    unit: Tensor, initial: Tensor, hidden: Tensor, changes: tuple[Tensor, Tensor], places: Places
) -> tuple[Tensor, Tensor, Tensor]:
    """Gradients of what `turn` was given.

    Args:
        unit: as given, [2, 2 H].
        initial: as given, [B, 2 H].
        hidden: what came out, [N, 2 H].
        changes: gradients of both results, [N, 2 H] and [B, 2 H].
        places: of the rows.

    Returns:
        Gradients of `projected`, of `unit`, and of `initial`. That of `unit` is summed over the steps of each sequence
        and then over these, in the same order every time.
    """
    batch, width = initial.shape
    parts = torch.empty(batch, 2, width, dtype=_exact(unit), device=unit.device)
    found = torch.empty_like(hidden), parts, torch.empty_like(initial)
    _launch(_turn_back, (unit, initial, hidden, *changes, *found), places, width // 2)
    return found[0], parts.sum(0).to(unit.dtype), found[2]


def _launch(kernel: Any, tensors: tuple[Tensor, ...], places: Places, units: int, **constants: int) -> None:
    """Run a program for each sequence and block of units; none where there are no sequences."""
    batch, block = len(places.lengths), min(UNITS, triton.next_power_of_2(units))
    if batch == 0:
        return
    launch = partial(
        kernel[batch, triton.cdiv(units, block)],
        **constants,
        REVERSE=places.reverse,
        STEPS=STEPS,
        BLOCK=block,
        EXACT=tl.float64 if _exact(tensors[0]) == torch.float64 else tl.float32,
        enable_fp_fusion=True,  # a product and a sum, rounded once
    )
    with torch.cuda.device_of(tensors[0]):
        launch(*tensors, places.offsets, places.lengths, units)


def _exact(tensor: Tensor) -> torch.dtype:
    """The precision that sums of such numbers are made in."""
    return torch.float64 if tensor.dtype == torch.float64 else torch.float32


@triton.jit
def _after(a, b, next_a, next_b):
    """Two steps as one."""
    return a * next_a, next_a * b + next_b


@triton.jit
def _after_complex(a, ai, b, bi, next_a, next_ai, next_b, next_bi):
    """Two steps of complex numbers as one, each real part followed by the imaginary one."""
    return (
        a * next_a - ai * next_ai,
        a * next_ai + ai * next_a,
        next_a * b - next_ai * bi + next_b,
        next_a * bi + next_ai * b + next_bi,
    )


@triton.jit
def _sigmoid(x):
    """The logistic function; the exponential is of numbers below zero and cannot overflow."""
    e = tl.exp(-tl.abs(x))
    return tl.where(x < 0, e, 1.0) / (1.0 + e)


@triton.jit
def _softplus(x):
    """The logarithm of `1 + exp(x)`; it stays NaN where `x` is, by its second term."""
    return tl.maximum(x, 0.0) + tl.log(1.0 + tl.exp(-tl.abs(x)))


@triton.jit
def _share(gates, mask, units, GATES: tl.constexpr, EXACT: tl.constexpr):
    """How much of the candidate gets into the hidden vector; nothing where there is no row."""
    given = tl.load(gates, mask=mask, other=0.0).to(EXACT)
    if GATES == 3:  # i / (f + i) of sigmoids, from their logarithms, as both may be zero
        written = tl.load(gates + units, mask=mask, other=0.0).to(EXACT)
        given = _softplus(-given) - _softplus(-written)
    return tl.where(mask, _sigmoid(given), 0.0)


@triton.jit
def _rows(offsets, place, length, REVERSE: tl.constexpr):
    """The rows of places in the order of reading, and whether there are such, as columns."""
    there = (place >= 0) & (place < length)
    step = length - 1 - place if REVERSE else place
    rows = tl.load(offsets + step, mask=there, other=0) + tl.program_id(0)
    return rows[:, None], there[:, None]


@triton.jit
def _mix(
    projected,
    initial,
    hidden,
    final,
    offsets,
    lengths,
    units,
    GATES: tl.constexpr,
    REVERSE: tl.constexpr,
    STEPS: tl.constexpr,
    BLOCK: tl.constexpr,
    EXACT: tl.constexpr,
):
    """Forward: `a` is one minus the share of the candidate, `b` the share times the candidate."""
    unit, inside, own, length = _place(lengths, units, BLOCK)
    state = tl.load(initial + own, mask=inside, other=0.0).to(EXACT)
    count = tl.arange(0, STEPS)
    for start in range(0, length, STEPS):
        rows, there = _rows(offsets, start + count, length, REVERSE)
        mask = there & inside[None, :]
        gates = projected + rows * units * GATES + unit[None, :]
        share = _share(gates, mask, units, GATES, EXACT)
        new = tl.load(gates + (GATES - 1) * units, mask=mask, other=0.0).to(EXACT)
        a, b = tl.associative_scan((1.0 - share, share * new), 0, _after)
        h = a * state[None, :] + b
        tl.store(hidden + rows * units + unit[None, :], h, mask=mask)
        state = _last(h, count, STEPS)
    tl.store(final + own, state, mask=inside)


@triton.jit
def _mix_back(
    projected,
    initial,
    hidden,
    of_hidden,
    of_final,
    of_projected,
    of_initial,
    offsets,
    lengths,
    units,
    GATES: tl.constexpr,
    REVERSE: tl.constexpr,
    STEPS: tl.constexpr,
    BLOCK: tl.constexpr,
    EXACT: tl.constexpr,
):
    """Backward: from `g`, the share, and how far the candidate is from the hidden vector before."""
    unit, inside, own, length = _place(lengths, units, BLOCK)
    state = tl.load(initial + own, mask=inside, other=0.0).to(EXACT)
    change = tl.load(of_final + own, mask=inside, other=0.0).to(EXACT)
    count = tl.arange(0, STEPS)
    for start in range(0, length + 1, STEPS):
        place = length - 1 - start - count
        rows, there = _rows(offsets, place + 1, length, REVERSE)
        later = _share(projected + rows * units * GATES + unit[None, :], there & inside[None, :], units, GATES, EXACT)
        rows, there = _rows(offsets, place, length, REVERSE)
        mask = there & inside[None, :]
        given = tl.load(of_hidden + rows * units + unit[None, :], mask=mask, other=0.0).to(EXACT)
        a, b = tl.associative_scan((1.0 - later, given), 0, _after)
        g = a * change[None, :] + b
        change = _last(g, count, STEPS)
        gates, found = rows * units * GATES + unit[None, :], of_projected + rows * units * GATES + unit[None, :]
        share = _share(projected + gates, mask, units, GATES, EXACT)
        new = tl.load(projected + gates + (GATES - 1) * units, mask=mask, other=0.0).to(EXACT)
        tl.store(found + (GATES - 1) * units, g * share, mask=mask)
        rows, there = _rows(offsets, place - 1, length, REVERSE)
        before = tl.load(hidden + rows * units + unit[None, :], mask=there & inside[None, :], other=0.0).to(EXACT)
        before = tl.where(there, before, state[None, :])
        slope = g * (new - before) * share * (1.0 - share)
        if GATES == 3:
            forget = tl.load(projected + gates, mask=mask, other=0.0).to(EXACT)
            write = tl.load(projected + gates + units, mask=mask, other=0.0).to(EXACT)
            tl.store(found, -slope * _sigmoid(-forget), mask=mask)
            tl.store(found + units, slope * _sigmoid(-write), mask=mask)
        else:
            tl.store(found, slope, mask=mask)
    tl.store(of_initial + own, change, mask=inside)


@triton.jit
def _place(lengths, units, BLOCK: tl.constexpr):
    """This program's units, which of them there are, where they lie in a state, and the steps of its sequence."""
    sequence = tl.program_id(0).to(tl.int64)
    unit = tl.program_id(1) * BLOCK + tl.arange(0, BLOCK)
    return unit, unit < units, sequence * units + unit, tl.load(lengths + sequence)


@triton.jit
def _last(values, count, STEPS: tl.constexpr):
    """The last row of a chunk; after the end of a sequence rows repeat the last one it has."""
    return tl.sum(tl.where(count[:, None] == STEPS - 1, values, 0.0), 0)


@triton.jit
def _turn(
    projected,
    factor,
    initial,
    hidden,
    final,
    offsets,
    lengths,
    units,
    REVERSE: tl.constexpr,
    STEPS: tl.constexpr,
    BLOCK: tl.constexpr,
    EXACT: tl.constexpr,
):
    """Forward: `a` is the factor, `b` what the row adds; all complex."""
    unit, inside, own, length = _place(lengths, units, BLOCK)
    real, imaginary = _factor(factor, unit, inside, units, EXACT)
    state, state_i = _pair(initial + 2 * own, inside, EXACT)
    count = tl.arange(0, STEPS)
    for start in range(0, length, STEPS):
        rows, there = _rows(offsets, start + count, length, REVERSE)
        mask, pairs = there & inside[None, :], rows * units * 2 + 2 * unit[None, :]
        b, bi = _pair(projected + pairs, mask, EXACT)
        a, ai = tl.where(there, real[None, :], 1.0), tl.where(there, imaginary[None, :], 0.0)
        a, ai, b, bi = tl.associative_scan((a, ai, b, bi), 0, _after_complex)
        h, hi = a * state[None, :] - ai * state_i[None, :] + b, a * state_i[None, :] + ai * state[None, :] + bi
        _put(hidden + pairs, h, hi, mask)
        state, state_i = _last(h, count, STEPS), _last(hi, count, STEPS)
    _put(final + 2 * own, state, state_i, inside)


@triton.jit
def _turn_back(
    factor,
    initial,
    hidden,
    of_hidden,
    of_final,
    of_projected,
    of_factor,
    of_initial,
    offsets,
    lengths,
    units,
    REVERSE: tl.constexpr,
    STEPS: tl.constexpr,
    BLOCK: tl.constexpr,
    EXACT: tl.constexpr,
):
    """Backward: `a` is the conjugate of the factor; `g` is the gradient of what the row adds, too."""
    unit, inside, own, length = _place(lengths, units, BLOCK)
    real, imaginary = _factor(factor, unit, inside, units, EXACT)
    state, state_i = _pair(initial + 2 * own, inside, EXACT)
    change, change_i = _pair(of_final + 2 * own, inside, EXACT)
    same, same_i = tl.zeros((BLOCK,), dtype=EXACT), tl.zeros((BLOCK,), dtype=EXACT)
    other, other_i = tl.zeros((BLOCK,), dtype=EXACT), tl.zeros((BLOCK,), dtype=EXACT)
    count = tl.arange(0, STEPS)
    for start in range(0, length + 1, STEPS):
        place = length - 1 - start - count
        rows, there = _rows(offsets, place, length, REVERSE)
        mask, pairs = there & inside[None, :], rows * units * 2 + 2 * unit[None, :]
        b, bi = _pair(of_hidden + pairs, mask, EXACT)
        turns = ((place + 1 >= 0) & (place + 1 < length))[:, None]
        a, ai = tl.where(turns, real[None, :], 1.0), tl.where(turns, -imaginary[None, :], 0.0)
        a, ai, b, bi = tl.associative_scan((a, ai, b, bi), 0, _after_complex)
        g, gi = a * change[None, :] - ai * change_i[None, :] + b, a * change_i[None, :] + ai * change[None, :] + bi
        change, change_i = _last(g, count, STEPS), _last(gi, count, STEPS)
        _put(of_projected + pairs, g, gi, mask)
        rows, earlier = _rows(offsets, place - 1, length, REVERSE)
        h, hi = _pair(hidden + rows * units * 2 + 2 * unit[None, :], earlier & inside[None, :], EXACT)
        h, hi = tl.where(earlier, h, state[None, :]), tl.where(earlier, hi, state_i[None, :])
        same += tl.sum(tl.where(mask, g * h, 0.0), 0)
        same_i += tl.sum(tl.where(mask, gi * hi, 0.0), 0)
        other += tl.sum(tl.where(mask, g * hi, 0.0), 0)
        other_i += tl.sum(tl.where(mask, gi * h, 0.0), 0)
    _put(of_initial + 2 * own, change, change_i, inside)
    sums = of_factor + tl.program_id(0).to(tl.int64) * units * 4 + 2 * unit
    _put(sums, same, same_i, inside)
    _put(sums + 2 * units, other, other_i, inside)


@triton.jit
def _factor(factor, unit, inside, units, EXACT: tl.constexpr):
    """Real and imaginary part of each number's factor."""
    real = tl.load(factor + 2 * unit, mask=inside, other=1.0).to(EXACT)
    return real, tl.load(factor + 2 * units + 2 * unit + 1, mask=inside, other=0.0).to(EXACT)


@triton.jit
def _pair(where, mask, EXACT: tl.constexpr):
    """Real and imaginary parts that lie side by side."""
    real = tl.load(where, mask=mask, other=0.0).to(EXACT)
    return real, tl.load(where + 1, mask=mask, other=0.0).to(EXACT)


@triton.jit
def _put(where, real, imaginary, mask):
    """Store real and imaginary parts side by side."""
    tl.store(where, real, mask=mask)
    tl.store(where + 1, imaginary, mask=mask)
