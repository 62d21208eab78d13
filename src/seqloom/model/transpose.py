"""Music in other keys: pieces moved up or down by some semitones while a model learns."""

import torch
from torch import Tensor

from seqloom.sequence import Packed


def shifts(batch_size: int, most: int) -> Tensor:
    """By how many entries each sequence is moved up, from `-most` to `most`, [B]; drawn from torch's generator."""
    return torch.randint(-most, most + 1, (batch_size,))


def moved(frames: Tensor, rows: Packed, by: Tensor) -> Tensor:
    """Frames whose entries are moved up, each by the number of its sequence; what leaves the frame is lost.

    Args:
        frames: [N, K].
        rows: which sequence each belongs to.
        by: entries up, [B].
    """
    entries = frames.shape[1]
    sources = torch.arange(entries) - by[rows.sequence_rows].unsqueeze(1)  # [N, K]
    inside = (sources >= 0) & (sources < entries)
    return frames.gather(1, sources.clamp(0, entries - 1)) * inside
