import errno

import numpy as np
import pytest

from seqloom.errors import StorageError
from seqloom.prepare.storage import DiskSheet, MemorySheet, Storage, memory_map


@pytest.fixture
def mapped(tmp_path):
    """A memory-mapped column of 5 values."""
    return np.memmap(tmp_path / "column", dtype=np.float64, mode="w+", shape=(5,))


def written(sheet):
    sheet.append(np.array([[1, 2], [3, 4]], dtype=np.float32))
    sheet.append(np.array([[5, 6]], dtype=np.float32))
    return sheet.finish()


@pytest.mark.parametrize("disk", [False, True])
def test_rows_come_back_in_the_order_they_were_written(disk, tmp_path):
    """In memory and on disk alike."""
    sheet = DiskSheet(2, np.float32, tmp_path) if disk else MemorySheet(3, 2, np.float32)
    assert written(sheet).tolist() == [[1, 2], [3, 4], [5, 6]]


def test_a_sheet_on_disk_leaves_no_file_to_be_found(tmp_path):
    """The file has no name, so that nothing is left when the process dies."""
    matrix = written(DiskSheet(2, np.float32, tmp_path))
    assert isinstance(matrix, np.memmap)
    assert list(tmp_path.iterdir()) == []


def test_what_is_made_from_mapped_columns_goes_to_disk(mapped):
    """A view of a map counts as well."""
    plain = np.zeros(5)
    assert isinstance(Storage([plain, mapped[1:]], 3).sheet(2, np.float32), DiskSheet)
    assert isinstance(Storage([plain], 3).sheet(2, np.float32), MemorySheet)


def test_a_matrix_without_columns_needs_no_file(mapped):
    """Nothing cannot be mapped."""
    assert Storage([mapped], 5).sheet(0, np.float32).finish().shape == (5, 0)


def test_a_map_is_recognised_through_its_views(mapped):
    """A plain array made from a map still reads the file."""
    assert memory_map(np.asarray(mapped)[1:]) is not None
    assert memory_map(np.zeros(3)) is None


def test_a_folder_that_cannot_be_written_gives_way_to_the_temporary_one(mapped, monkeypatch):
    """Data may lie on a disk for reading only."""
    monkeypatch.setattr("seqloom.prepare.storage._writable_folder", lambda _: None)
    assert written(Storage([mapped], 3).sheet(2, np.float32)).tolist() == [[1, 2], [3, 4], [5, 6]]


def test_a_full_disk_is_an_error_that_says_so(tmp_path):
    """Not the end of the process, as it would be for a page of a map."""
    sheet = DiskSheet(2, np.float32, tmp_path)
    file = sheet._file

    class Full:
        def write(self, _):
            raise OSError(errno.ENOSPC, "No space left on device")

    sheet._file = Full()
    with pytest.raises(StorageError, match=r"expected room on the disk, came .*No space left"):
        sheet.append(np.zeros((1, 2), dtype=np.float32))
    file.close()
