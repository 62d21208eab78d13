import polars as pl
import pyarrow as pa
import pytest

from seqloom.errors import DataError
from seqloom.read import ReadSettings
from seqloom.read.arrow import arrow_table, bytes_per_row, open_arrow

TABLE = pa.table({"load": pa.array(range(100_000), pa.float32()), "place": ["a", "b"] * 50_000})


def write_file(path):
    """Writes the table as an Arrow file."""
    with pa.ipc.new_file(path, TABLE.schema) as writer:
        writer.write_table(TABLE)


def write_stream(path):
    """Writes the table as a stream of record batches."""
    with pa.ipc.new_stream(path, TABLE.schema) as writer:
        writer.write_table(TABLE)


@pytest.mark.parametrize("writer", [write_file, write_stream])
def test_files_and_streams_are_read(tmp_path, writer):
    """Both forms of Arrow on disk give the table."""
    writer(tmp_path / "a.arrow")
    (slab,) = open_arrow(tmp_path / "a.arrow", ReadSettings()).slabs()
    assert slab.get_column("load").to_list() == TABLE["load"].to_pylist()


def test_a_large_file_comes_in_slabs(tmp_path):
    """Above the memory limit the rows come in batches, in order."""
    write_file(tmp_path / "a.arrow")
    table = open_arrow(tmp_path / "a.arrow", ReadSettings(memory="100KB"))
    slabs = list(table.slabs())
    assert len(slabs) > 1
    assert pl.concat([slab.get_column("load") for slab in slabs]).to_list() == TABLE["load"].to_pylist()


def test_a_file_that_is_not_arrow_is_refused(write):
    """A file of another kind is refused by name."""
    with pytest.raises(DataError, match=r"a\.feather: expected an Arrow file, came"):
        open_arrow(write("a.feather", "not arrow at all"), ReadSettings())


def test_a_table_in_memory_is_read():
    """An Arrow table in memory is a table of one slab."""
    (slab,) = arrow_table(TABLE, "table").slabs()
    assert slab.height == TABLE.num_rows


def test_rows_are_measured_by_their_types():
    """A row of a double, a byte and a text takes about 17 bytes."""
    schema = pa.schema({"a": pa.float64(), "b": pa.uint8(), "c": pa.string()})
    assert bytes_per_row(schema) == 8 + 1 + 8
