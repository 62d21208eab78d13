"""Where prepared matrices are kept: in memory, or on disk when the data set's own columns are."""

import tempfile
import weakref
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Protocol

import numpy as np

from seqloom.errors import StorageError
from seqloom.sequence import Array


class Sheet(Protocol):
    """A matrix that is written once, from its first row to its last."""

    def append(self, block: Array) -> None:
        """Add some rows, [n, width]."""

    def finish(self) -> Array:
        """The whole matrix, [rows, width]."""


class MemorySheet:
    """A matrix in memory."""

    def __init__(self, rows: int, width: int, dtype: type[np.generic]) -> None:
        self._matrix: Array = np.empty((rows, width), dtype=dtype)
        self._filled = 0

    def append(self, block: Array) -> None:
        """Add some rows, [n, width]."""
        self._matrix[self._filled : self._filled + len(block)] = block
        self._filled += len(block)

    def finish(self) -> Array:
        """The whole matrix, [rows, width]."""
        return self._matrix


class DiskSheet:
    """A matrix in a nameless file, memory-mapped; the file goes when the matrix does, or when the process dies.

    Rows are written as to any file, so that a full disk is an error and not the end of the process, as it would be
    for a page of a memory map.

    Args:
        width: number of columns.
        dtype: type of the values.
        folder: where the file lies; None for the system's temporary folder.
    """

    def __init__(self, width: int, dtype: type[np.generic], folder: Path | None) -> None:
        self._file: IO[bytes] = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed by finish() or finalize
        weakref.finalize(self, self._file.close)
        self._width, self._dtype = width, np.dtype(dtype)

    def append(self, block: Array) -> None:
        """Add some rows, [n, width].

        Raises:
            StorageError: the disk refused.
        """
        try:
            self._file.write(np.ascontiguousarray(block, dtype=self._dtype).data)
        except OSError as error:
            raise StorageError(
                "temporary file of the prepared data",
                expected="room on the disk",
                came=str(error),
                fix="free space beside the data or in the temporary folder",
            ) from error

    def finish(self) -> Array:
        """The whole matrix, [rows, width], mapped."""
        with self._file as file:
            file.flush()
            rows = file.tell() // (self._width * self._dtype.itemsize)
            return np.memmap(file, dtype=self._dtype, mode="r+", shape=(rows, self._width))


class Storage:
    """The place for what is made from some columns.

    Args:
        columns: the columns the matrices are made from; they go to disk when one of these is memory-mapped.
        rows: number of rows of every matrix.
    """

    def __init__(self, columns: Iterable[Array], rows: int) -> None:
        self._rows = rows
        self._folder: Path | None = None
        self.on_disk = False
        for column in columns:
            mapped = memory_map(column)
            if mapped is not None:
                self.on_disk = True
                self._folder = self._folder or _writable_folder(mapped)

    def sheet(self, width: int, dtype: type[np.generic]) -> Sheet:
        """An empty matrix of this width; one without columns or rows takes no room anywhere."""
        if self.on_disk and self._rows and width:
            return DiskSheet(width, dtype, self._folder)
        return MemorySheet(self._rows, width, dtype)


def memory_map(array: Array) -> np.memmap | None:
    """The memory map an array is, or is a view of; None where it lies in memory."""
    seen: object = array
    while isinstance(seen, np.ndarray):
        if isinstance(seen, np.memmap):
            return seen
        seen = seen.base
    return None


def _writable_folder(mapped: np.memmap) -> Path | None:
    """The folder of a mapped file if a file can be made there: where the data fits, its preparation fits best."""
    if mapped.filename is None:
        return None
    folder = Path(mapped.filename).parent
    try:
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError:
        return None
