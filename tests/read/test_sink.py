import gc
from pathlib import Path

import numpy as np
import pytest

from seqloom.errors import StorageError
from seqloom.read.sink import BLOCK, MemorySink, SpoolSink, blocks, recode


class Holder:
    """Something that can be collected."""


@pytest.mark.parametrize("sink", [MemorySink, SpoolSink])
def test_columns_grow_piece_by_piece(sink):
    """Pieces appended to a column come out as one, in order."""
    columns = sink()
    columns.append("a", np.array([1.0, 2.0]))
    columns.append("b", np.array([5], dtype=np.int32))
    columns.append("a", np.array([3.0]))
    found = columns.finish()
    assert {name: values.tolist() for name, values in found.items()} == {"a": [1.0, 2.0, 3.0], "b": [5]}


def test_a_single_piece_is_not_copied():
    """In memory a column of one piece is that piece."""
    sink, piece = MemorySink(), np.zeros(3)
    sink.append("a", piece)
    assert sink.finish()["a"] is piece


def test_dates_are_spooled():
    """Time stamps survive the way to disk and back."""
    sink, stamps = SpoolSink(), np.array(["2024-01-01"], "datetime64[us]")
    sink.append("time", stamps)
    found = sink.finish()["time"]
    assert found.dtype == stamps.dtype
    assert found[0] == stamps[0]


def test_spooled_columns_are_mapped():
    """Columns on disk are not loaded."""
    sink = SpoolSink()
    sink.append("a", np.zeros(3))
    assert isinstance(sink.finish()["a"], np.memmap)


def test_the_spool_folder_goes_with_its_holder():
    """The folder stays while the holder lives, and is removed with it."""
    sink, holder = SpoolSink(), Holder()
    sink.append("a", np.zeros(3))
    columns, folder = sink.finish(), sink.folder
    sink.own(holder)
    del sink
    gc.collect()
    assert folder.is_dir()
    del holder
    gc.collect()
    assert not folder.exists()
    assert columns["a"].tolist() == [0.0, 0.0, 0.0]


def test_the_spool_folder_of_a_failed_reading_is_removed():
    """A sink that nobody took over leaves nothing behind."""
    sink = SpoolSink()
    folder = sink.folder
    del sink
    gc.collect()
    assert not folder.exists()


def test_a_full_disk_is_a_storage_error():
    """What the disk refuses is raised with advice."""
    sink = SpoolSink()
    sink.append("a", np.zeros(3))
    sink._files["a"].close()
    with Path("/dev/full").open("wb", buffering=0) as always_full:
        sink._files["a"] = always_full
        with pytest.raises(StorageError, match=r"expected room for the columns, came .*free some space"):
            sink.append("a", np.zeros(1_000_000))


def test_codes_are_replaced_in_memory():
    """Codes in memory are replaced by new ones."""
    assert recode(np.array([0, 1, -1]), np.array([5, 6, -1], dtype=np.int32)).tolist() == [5, 6, -1]


def test_codes_are_replaced_in_their_file():
    """Codes on disk are replaced in place, and stay on disk."""
    sink = SpoolSink()
    sink.append("a", np.array([0, 1, -1], dtype=np.int32))
    codes = recode(sink.finish()["a"], np.array([5, 6, -1], dtype=np.int32))
    assert isinstance(codes, np.memmap)
    assert codes.tolist() == [5, 6, -1]


def test_blocks_cover_everything_once():
    """Blocks lie side by side from the first value to the last."""
    found = list(blocks(2 * BLOCK + 1))
    assert [(block.start, block.stop) for block in found] == [
        (0, BLOCK),
        (BLOCK, 2 * BLOCK),
        (2 * BLOCK, 2 * BLOCK + 1),
    ]
    assert list(blocks(0)) == []
