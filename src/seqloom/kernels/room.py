"""Memory that is used again: a step of training asks for the same sizes as the one before it."""

import math
import os
from collections import deque
from collections.abc import Callable
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from seqloom.kernels.layer import Floats
from seqloom.kernels.memory import CACHE_LINE

PIECES = 32
"""Free pieces of memory that are kept; the oldest are given up."""

SMALL = 1 << 20
"""Bytes below which memory is not worth keeping."""

NEAR = 1 << 16
"""Bytes below which an array lies near enough for it not to matter where it begins; finding out takes 2 µs."""

GLIBC_AT_MOST = 31 << 20
"""Bytes of a freed array up to which, with its header, glibc learns to keep such memory, also torch's."""

Piece = NDArray[np.uint8]


def aligned(shape: tuple[int, ...], dtype: DTypeLike) -> NDArray[Any]:
    """An array with anything in it; a large one begins where a cache line does, so that no vector lies in two."""
    dtype = np.dtype(dtype)
    count = math.prod(shape) * dtype.itemsize
    if count < NEAR:
        return np.empty(shape, dtype)
    whole = np.empty(count + CACHE_LINE, np.uint8)
    first = -whole.__array_interface__["data"][0] % CACHE_LINE
    return np.ndarray(shape, dtype, whole, first)


class Room:
    """Free pieces of memory: fresh ones cost a page fault for every 4 KiB, more than it takes to fill them."""

    def __init__(self) -> None:
        np.empty(GLIBC_AT_MOST, np.uint8)  # freed at once, untouched
        self._begin()
        os.register_at_fork(after_in_child=self._begin)

    def _begin(self) -> None:
        self._free: deque[Piece] = deque(maxlen=PIECES)
        self._returned: deque[Piece] = deque(maxlen=PIECES)
        self._lock = Lock()

    def take(self, shape: tuple[int, ...], dtype: DTypeLike) -> Floats:
        """An array with anything in it; once nobody holds any part of it its memory is handed out again."""
        dtype = np.dtype(dtype)
        count = math.prod(shape) * dtype.itemsize
        if count < SMALL:
            return aligned(shape, dtype)
        loan = _Loan(self._piece(_rounded(count)), self._take_back)
        array: Floats = np.asarray(loan)[:count].view(dtype).reshape(shape)
        return array

    def _take_back(self, piece: Piece) -> None:
        """A piece nobody holds any more; without a lock, as this is called wherever Python drops an object."""
        self._returned.append(piece)

    def _piece(self, size: int) -> Piece:
        with self._lock:
            while self._returned:
                self._free.append(self._returned.popleft())
            for place in reversed(range(len(self._free))):  # the last one used lies in a cache, perhaps
                if self._free[place].nbytes == size:
                    piece = self._free[place]
                    del self._free[place]
                    return piece
        return aligned((size,), np.uint8)


class _Loan:
    """What arrays in a piece of memory hold on to, so that it is told when the last of them is gone.

    Args:
        piece: the memory.
        take_back: called with it in the end.
    """

    def __init__(self, piece: Piece, take_back: Callable[[Piece], None]) -> None:
        self.__array_interface__ = piece.__array_interface__
        self._piece, self._take_back = piece, take_back

    def __del__(self) -> None:
        self._take_back(self._piece)


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
