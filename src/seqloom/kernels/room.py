"""Memory that is used again: a step of training asks for the same sizes as the one before it."""

import math
import os
from collections import deque
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from seqloom.kernels.layer import Floats

PIECES = 16
"""Free pieces of memory that are kept; the oldest are given up."""

SMALL = 1 << 17
"""Bytes below which memory is not worth keeping."""


class Room:
    """Free pieces of memory: fresh ones cost a page fault for every 4 KiB, more than it takes to fill them."""

    def __init__(self) -> None:
        self._begin()
        os.register_at_fork(after_in_child=self._begin)

    def _begin(self) -> None:
        self._free: deque[NDArray[np.uint8]] = deque(maxlen=PIECES)
        self._lock = Lock()

    def take(self, shape: tuple[int, ...], dtype: DTypeLike) -> Floats:
        """An array with anything in it."""
        dtype = np.dtype(dtype)
        count = math.prod(shape) * dtype.itemsize
        if count < SMALL:
            return np.empty(shape, dtype)
        array: Floats = self._piece(_rounded(count))[:count].view(dtype).reshape(shape)
        return array

    def give(self, array: Floats) -> None:
        """Take back what was handed out; nobody may use it any more."""
        piece: NDArray[Any] = array
        while isinstance(piece.base, np.ndarray):
            piece = piece.base
        if piece.nbytes >= SMALL and piece.dtype == np.uint8:
            with self._lock:
                if not any(piece is free for free in self._free):
                    self._free.append(piece)

    def _piece(self, size: int) -> NDArray[np.uint8]:
        with self._lock:
            for place, piece in enumerate(self._free):
                if piece.nbytes == size:
                    del self._free[place]
                    return piece
        return np.empty(size, np.uint8)


def _rounded(count: int) -> int:
    """A quarter of a power of two more at most, so that batches of similar size share their memory."""
    quarter = 1 << max(0, count.bit_length() - 3)
    return -(-count // quarter) * quarter


ROOM = Room()


def kept(memory: Floats, rows: int) -> Floats:
    """Room for a cell's further state before the first step, which is filled in, and after each row's step.

    Args:
        memory: before the first step, [B, width].
        rows: `N`; zero where there will be no way back, so that nothing is kept.
    """
    if not rows:
        return memory[:0]
    whole = ROOM.take((len(memory) + rows, memory.shape[1]), memory.dtype)
    whole[: len(memory)] = memory
    return whole
