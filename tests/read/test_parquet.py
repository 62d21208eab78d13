import numpy as np
import polars as pl
import pyarrow.parquet as pq
import pytest

from seqloom.errors import DataError
from seqloom.read import ReadSettings
from seqloom.read.parquet import open_parquet

FRAME = pl.DataFrame({"load": np.arange(200_000, dtype=np.float32), "place": ["a", "b"] * 100_000})


@pytest.fixture
def path(tmp_path):
    """A file of two columns and several row groups."""
    path = tmp_path / "a.parquet"
    pq.write_table(FRAME.to_arrow(), path, row_group_size=70_000)
    return path


def test_columns_keep_their_types(path):
    """Types are those of the file."""
    assert dict(open_parquet(path, ReadSettings()).types) == {"load": pl.Float32(), "place": pl.String()}


def test_columns_are_read_one_by_one(path):
    """A table that fits in memory is one slab whose columns are read when they are asked for."""
    (slab,) = open_parquet(path, ReadSettings()).slabs()
    assert slab.height == FRAME.height
    assert slab.get_column("load").equals(FRAME["load"])


def test_a_streamed_file_holds_the_same_rows(path):
    """Above the memory limit the rows come in batches, in order."""
    table = open_parquet(path, ReadSettings(memory="100KB"))
    slabs = list(table.slabs())
    assert len(slabs) > 1
    assert pl.concat([slab.get_column("load") for slab in slabs]).equals(FRAME["load"])


def test_a_file_that_is_not_parquet_is_refused(write):
    """A file of another kind is refused by name."""
    with pytest.raises(DataError, match=r"a\.parquet: expected a Parquet file, came"):
        open_parquet(write("a.parquet", "no"), ReadSettings())


def test_a_damaged_file_is_refused(path):
    """Broken values within a file of right form are refused with the column."""
    data = bytearray(path.read_bytes())
    data[4:4000] = bytes(3996)
    path.write_bytes(bytes(data))
    (slab,) = open_parquet(path, ReadSettings()).slabs()
    with pytest.raises(DataError, match="column 'load': expected readable values"):
        slab.get_column("load")


def test_a_damaged_file_is_refused_while_streamed(path):
    """Broken values are refused in a stream, too."""
    data = bytearray(path.read_bytes())
    data[4:4000] = bytes(3996)
    path.write_bytes(bytes(data))
    table = open_parquet(path, ReadSettings(memory="100KB"))
    with pytest.raises(DataError, match="expected a Parquet file"):
        list(table.slabs())
