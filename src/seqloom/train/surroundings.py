"""What a training changes in its process, and puts back."""

import ctypes
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import torch

from seqloom.train.settings import ChosenSettings

MMAP_THRESHOLD, TRIM_THRESHOLD = -3, -1  # the numbers of mallopt(3)
KEPT = 1 << 30
LEARNED = 32 << 20
"""What glibc's threshold rises to by itself at most, as arrays are freed; once set, it does not rise any more."""


@contextmanager
def own_surroundings(settings: ChosenSettings) -> Iterator[None]:
    """A random state, a thread count and freed memory of the run's own; the caller's are put back at the end."""
    threads = torch.get_num_threads()
    with torch.random.fork_rng(devices=[]), kept_memory():
        torch.default_generator.manual_seed(settings.seed)
        torch.set_num_threads(settings.threads or threads)
        try:
            yield
        finally:
            torch.set_num_threads(threads)


@contextmanager
def kept_memory() -> Iterator[None]:
    """Up to 1 GiB of freed memory stays with the process: each update asks for what the one before gave back.

    Otherwise glibc hands large arrays back to the system at once, and every page of the next is mapped and cleared
    anew. Where there is no glibc nothing is done.
    """
    libc = ctypes.CDLL(None) if sys.platform == "linux" else None
    if libc is None or not hasattr(libc, "mallopt"):
        yield
        return
    libc.mallopt(MMAP_THRESHOLD, KEPT)
    libc.mallopt(TRIM_THRESHOLD, KEPT)
    try:
        yield
    finally:
        libc.mallopt(MMAP_THRESHOLD, LEARNED)
        libc.mallopt(TRIM_THRESHOLD, 2 * LEARNED)
        libc.malloc_trim(0)
