"""A layer that keeps less: only the states it had at a few steps, from which the way back computes the rest again.

State in, state out: a sequence cut at any step gives the bits of the whole. So a layer can run a few steps at a time,
and on the way back run each of these segments once more, now keeping its tape, and go back through it at once. That
takes half as much time again, and a fraction of the memory.

Source: Chen et al., "Training deep nets with sublinear memory cost" (2016).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from seqloom.kernels.back import Changes, run_back
from seqloom.kernels.kernel import Kernel, State
from seqloom.kernels.layer import Floats, Places, Weights
from seqloom.kernels.room import ROOM
from seqloom.kernels.run import Pass, run

SEGMENTS = 8
"""How many there are at most; the memory of a tape is divided by it."""


@dataclass(frozen=True)
class Layer:
    """What a layer reads.

    Args:
        kernel: its cell.
        weights: its weights.
        x: packed inputs, [N, F].
        sizes: sequences alive at each step, [T].
        reverse: whether sequences are read from their ends.
        kept: factors on hidden vectors where the weights read them, [B, H].
    """

    kernel: Kernel
    weights: Weights
    x: Floats
    sizes: Places
    reverse: bool
    kept: Floats | None


@dataclass(frozen=True)
class Segment:
    """A few steps of a layer.

    Args:
        first: the first step.
        last: the first one that is not of the segment.
        begin: the first step's first row.
        end: the first row that is not of the segment.
    """

    first: int
    last: int
    begin: int
    end: int

    def run(self, layer: Layer, state: State, *, keep: bool, threads: int) -> Pass:
        """Take the sequences that are alive through these steps, from a state [alive, H] each."""
        kept = None if layer.kept is None else layer.kept[: len(state[0])]
        rows, sizes = layer.x[self.begin : self.end], layer.sizes[self.first : self.last]
        options = {"reverse": layer.reverse, "keep": keep, "threads": threads}
        return run(layer.kernel, layer.weights, rows, state, sizes, kept=kept, **options)  # type: ignore[arg-type]  # as named


@dataclass(frozen=True)
class Outline:
    """A layer that has been run, with the states it had before each segment.

    Args:
        layer: what it read.
        outputs: hidden vectors after each row's step, [N, H].
        state: after each sequence's own last step, [B, H] each.
        stops: the segments, in the order in which they were read, and the state before each, [alive, H].
    """

    layer: Layer
    outputs: Floats
    state: State
    stops: Sequence[tuple[Segment, State]]


def outline(layer: Layer, state: State, *, threads: int = 1) -> Outline:
    """Run a layer, keeping little.

    Args:
        layer: what it reads.
        state: before the first step, [B, H] each.
        threads: threads to use at most.
    """
    now = tuple(part.copy() for part in state)
    outputs = ROOM.take((len(layer.x), now[0].shape[1]), layer.x.dtype)
    stops = []
    for segment in _segments(layer):
        before = tuple(part[: layer.sizes[segment.first]].copy() for part in now)
        passed = segment.run(layer, before, keep=False, threads=threads)
        outputs[segment.begin : segment.end] = passed.outputs
        _put(now, passed.state)
        stops.append((segment, before))
    return Outline(layer, outputs, now, stops)


def outline_back(
    run_before: Outline, outputs: Floats, state: State, *, needs_x: bool = True, threads: int = 1
) -> Changes:
    """Gradients of all that a layer read, segment by segment.

    Args:
        run_before: the layer's run.
        outputs: gradients of the outputs, [N, H].
        state: gradients of the final state, [B, H] each.
        needs_x: whether gradients of the inputs are asked for.
        threads: threads to use at most.
    """
    layer, now = run_before.layer, tuple(part.copy() for part in state)
    weights = Weights(*(np.zeros_like(weight) for weight in layer.weights))
    x = ROOM.take(layer.x.shape, layer.x.dtype) if needs_x else None
    for segment, before in reversed(run_before.stops):
        passed = segment.run(layer, before, keep=True, threads=threads)
        rows, alive = slice(segment.begin, segment.end), len(before[0])
        later = tuple(part[:alive] for part in now)
        changes = run_back(passed, outputs[rows], later, needs_x=needs_x, threads=threads)
        for whole, part in zip(weights, changes.weights, strict=True):
            np.add(whole, part, out=whole)
        if x is not None and changes.x is not None:
            x[rows] = changes.x
        _put(now, changes.state)
    return Changes(weights, now, x)


def _segments(layer: Layer) -> Iterator[Segment]:
    """Segments of about as many rows each, in the order in which they are read."""
    offsets = np.concatenate([[0], np.cumsum(layer.sizes)])
    wanted = np.linspace(0, offsets[-1], SEGMENTS + 1)
    cuts = np.unique(np.searchsorted(offsets, wanted))
    spans = list(zip(cuts[:-1].tolist(), cuts[1:].tolist(), strict=True))
    for first, last in reversed(spans) if layer.reverse else spans:
        yield Segment(first, last, int(offsets[first]), int(offsets[last]))


def _put(state: State, part: State) -> None:
    """The first sequences' state becomes another."""
    for whole, new in zip(state, part, strict=True):
        whole[: len(new)] = new
