"""Where columns grow while a source is read: in memory, or in files that are mapped back."""

import shutil
import tempfile
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Protocol

import numpy as np
from numpy.typing import NDArray

from seqloom.errors import StorageError
from seqloom.sequence import Array

BLOCK = 1 << 20
"""Values handled at once where a column may be larger than memory."""


class Sink(Protocol):
    """Columns that grow piece by piece."""

    def append(self, name: str, values: Array) -> None:
        """Adds values to a column; a new name begins a new column."""

    def finish(self) -> dict[str, Array]:
        """The whole columns."""

    def own(self, holder: object) -> None:
        """Ties whatever the columns occupy on disk to the life of `holder`."""


class MemorySink:
    """Columns in memory."""

    def __init__(self) -> None:
        self._pieces: dict[str, list[Array]] = {}

    def append(self, name: str, values: Array) -> None:
        """Adds values to a column; a single piece is kept as it is, without a copy."""
        self._pieces.setdefault(name, []).append(values)

    def finish(self) -> dict[str, Array]:
        """The whole columns."""
        names = list(self._pieces)
        return {name: _join(self._pieces.pop(name)) for name in names}

    def own(self, holder: object) -> None:
        """Nothing on disk, nothing to tie."""


class SpoolSink:
    """Columns in one .npy file each, in a folder of their own, mapped into memory when they are whole.

    The folder is removed when its owner is collected, and at the latest when the interpreter ends.

    Args:
        parent: folder in which to make the spool folder; the system's temporary folder where it is None.
    """

    def __init__(self, parent: Path | None = None) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="seqloom-", dir=parent))
        self._files: dict[str, BinaryIO] = {}
        self._remove = weakref.finalize(self, _discard, self._files, self.folder)
        self._types: dict[str, np.dtype[np.generic]] = {}
        self._lengths: dict[str, int] = {}

    def append(self, name: str, values: Array) -> None:
        """Writes values to the end of a column's file.

        Raises:
            StorageError: the disk is full or refuses.
        """
        try:
            if name not in self._files:
                self._begin(name, values.dtype)
            np.ascontiguousarray(values, dtype=self._types[name]).tofile(self._files[name])
        except OSError as error:
            raise self._refused(error) from error
        self._lengths[name] += len(values)

    def _begin(self, name: str, dtype: np.dtype[np.generic]) -> None:
        self._files[name] = (self.folder / f"{len(self._files)}.npy").open("w+b")
        self._types[name] = dtype
        self._lengths[name] = 0
        self._write_header(name)

    def _write_header(self, name: str) -> None:
        """Headers keep room for the length to grow, so a rewritten one takes the same bytes."""
        header = {
            "descr": np.lib.format.dtype_to_descr(self._types[name]),
            "fortran_order": False,
            "shape": (self._lengths[name],),
        }
        self._files[name].seek(0)
        np.lib.format.write_array_header_1_0(self._files[name], header)

    def _refused(self, error: OSError) -> StorageError:
        fix = "free some space, set TMPDIR to a larger disk, or raise --memory"
        return StorageError(str(self.folder), expected="room for the columns", came=str(error), fix=fix)

    def finish(self) -> dict[str, Array]:
        """The whole columns, mapped read-only.

        Raises:
            StorageError: the disk is full or refuses.
        """
        try:
            for name, file in self._files.items():
                self._write_header(name)
                file.close()
        except OSError as error:
            raise self._refused(error) from error
        return {name: np.load(file.name, mmap_mode="r") for name, file in self._files.items()}

    def own(self, holder: object) -> None:
        """Hands the folder over: it goes when `holder` goes. Columns already mapped stay readable on POSIX systems."""
        if self._remove.detach():
            weakref.finalize(holder, shutil.rmtree, self.folder, ignore_errors=True)


def _discard(files: dict[str, BinaryIO], folder: Path) -> None:
    """Removes the columns of a reading that did not come to its end."""
    for file in files.values():
        file.close()
    shutil.rmtree(folder, ignore_errors=True)


def _join(pieces: list[Array]) -> Array:
    return pieces[0] if len(pieces) == 1 else np.concatenate(pieces)


def recode(codes: Array, new: NDArray[np.int32]) -> Array:
    """Codes replaced by `new[code]`; in the file itself where they are mapped from one."""
    if not isinstance(codes, np.memmap):
        replaced: Array = new[codes]
        return replaced
    writable = np.load(str(codes.filename), mmap_mode="r+")
    for block in blocks(len(codes)):
        writable[block] = new[writable[block]]
    writable.flush()
    return codes


def blocks(length: int) -> Iterator[slice]:
    """Slices that cover `length` values, a block at a time."""
    return (slice(start, min(start + BLOCK, length)) for start in range(0, length, BLOCK))
