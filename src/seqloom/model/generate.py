"""Frames out of nothing, or after those of a piece: one after the other, each drawn given all before it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from seqloom.errors import DataError, SettingsError
from seqloom.model.frames import FrameModel, mixed
from seqloom.nn import FrameHead, IndependentHead, State
from seqloom.sequence import Array, Packed

Frames = NDArray[np.uint8]
MOST_NUMBERS = 1 << 31
"""Entries drawn in one call at most."""


@dataclass(frozen=True)
class Sampling:
    """How frames are drawn.

    Args:
        steps: new frames of each sequence.
        count: sequences.
        temperature: what logits are divided by: below 1 the probable becomes more probable, above 1 less.
        seed: the same one gives the same frames.

    Raises:
        SettingsError: a number that cannot be.
    """

    steps: int
    count: int = 1
    temperature: float = 1.0
    seed: int = 0

    def __post_init__(self) -> None:
        for name, value in (("length", self.steps), ("count", self.count)):
            if value < 1:
                raise SettingsError(name, expected="at least 1", came=str(value), fix="choose a larger number")
        if not 0 < self.temperature < np.inf:
            came = f"{self.temperature:g}"
            raise SettingsError("temperature", expected="a number above 0", came=came, fix="choose 1 for the model's")


@dataclass(frozen=True)
class Before:
    """Where sequences stand between two frames.

    Args:
        states: of the recurrence of each network.
        inputs: what the recurrence reads next, [B, K + 1].
    """

    states: tuple[State, ...]
    inputs: Tensor


def generate(model: FrameModel, sampling: Sampling, start: Array | None = None) -> Frames:
    """New sequences, frame by frame.

    Args:
        model: a trained model.
        sampling: how many, how long, how bold.
        start: frames the new ones follow, [T, K], of 0 and 1; None: sequences begin anew.

    Returns:
        The new frames, 1 where an entry is on, [B, T, K].

    Raises:
        DataError: the start has another width than the frames of the model, or they are too many to be held.
    """
    entries = model.sizes.targets
    if sampling.count * sampling.steps * entries > MOST_NUMBERS:
        came = f"{sampling.count} of {sampling.steps} frames"
        raise DataError("frames", expected=f"at most {MOST_NUMBERS:,} entries", came=came, fix="ask for fewer")
    generator = torch.Generator().manual_seed(sampling.seed)
    drawn = np.zeros((sampling.count, sampling.steps, entries), dtype=np.uint8)
    training = model.training
    model.eval()
    with torch.inference_mode():
        place = beginning(model, sampling.count) if start is None else after(model, sampling.count, start)
        for step in range(sampling.steps):
            uniform = torch.rand(sampling.count, entries, generator=generator)
            place, frame = advance(model, place, uniform, sampling.temperature)
            drawn[:, step] = frame.numpy()
    model.train(training)
    return drawn


def beginning(model: FrameModel, count: int) -> Before:
    """Before the first frame of so many sequences."""
    inputs = torch.zeros(count, model.sizes.targets + 1)
    inputs[:, -1] = 1
    return Before(tuple(network.encoder.stepwise.initial_state(count) for network in model.networks), inputs)


def after(model: FrameModel, count: int, start: Array) -> Before:
    """After the frames of a start, [T, K], the same for each of so many sequences.

    Raises:
        DataError: it has another width than the frames of the model, or no frame.
    """
    frames = np.asarray(start, dtype=np.float32)
    entries = model.sizes.targets
    if frames.ndim != 2 or not len(frames) or frames.shape[1] != entries:  # noqa: PLR2004 - steps and entries
        came = f"shape {list(frames.shape)}"
        fix = "start from data like that of the training"
        raise DataError("start", expected=f"frames of {entries} entries", came=came, fix=fix)
    values = torch.zeros(len(frames), entries + 1)
    values[0, -1] = 1
    values[1:, :-1] = torch.from_numpy(frames[:-1])
    rows = Packed(values.repeat_interleave(count, dim=0), torch.full((len(frames),), count))
    states = tuple(network.encoder.stepwise.sequence(None, rows)[0] for network in model.networks)
    last = torch.cat([torch.from_numpy(frames[-1]), torch.zeros(1)])
    return Before(states, last.repeat(count, 1))


def advance(model: FrameModel, place: Before, uniform: Tensor, temperature: float) -> tuple[Before, Tensor]:
    """One frame more of every sequence: state in, state out.

    Args:
        model: the model.
        place: where the sequences stand.
        uniform: random numbers between 0 and 1 that decide each entry, [B, K].
        temperature: what logits are divided by.

    Returns:
        Where the sequences stand then, and their frames, [B, K].
    """
    states, hidden = [], []
    for network, state in zip(model.networks, place.states, strict=True):
        then, output = network.encoder.stepwise.step(state, place.inputs)
        states.append(then)
        hidden.append(output)
    frame = _drawn([network.head for network in model.networks], hidden, uniform, temperature)
    return Before(tuple(states), torch.cat([frame, frame.new_zeros(len(frame), 1)], dim=1)), frame


def _drawn(heads: Sequence[FrameHead], hidden: Sequence[Tensor], uniform: Tensor, temperature: float) -> Tensor:
    """Entry by entry, each given those before it; all at once where they do not depend on each other."""
    known = [head.begin(rows) for head, rows in zip(heads, hidden, strict=True)]
    if all(isinstance(head, IndependentHead) for head in heads):
        return (uniform < torch.sigmoid(mixed(known) / temperature)).float()
    frame = torch.zeros_like(uniform)
    for entry in range(uniform.shape[1]):
        logit = mixed([head.logit(own, entry) for head, own in zip(heads, known, strict=True)])
        value = (uniform[:, entry] < torch.sigmoid(logit / temperature)).float()
        frame[:, entry] = value
        known = [head.after(own, entry, value) for head, own in zip(heads, known, strict=True)]
    return frame
