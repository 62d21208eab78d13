import polars as pl
import pytest

from seqloom.errors import DataError
from seqloom.read.table import SAMPLE, LazySlab, Table


def test_a_sample_has_no_missing_values():
    """A sample holds the first values that are there, and not more than needed."""
    table = Table.of(pl.DataFrame({"a": [None] * 50 + list(range(2 * SAMPLE))}), "table")
    assert table.sample("a").to_list() == list(range(SAMPLE))


def test_a_lazy_slab_reads_a_column_when_asked(tmp_path):
    """Rows that stay on disk hand out single columns."""
    pl.DataFrame({"a": [1, 2], "b": [3, 4]}).write_parquet(tmp_path / "a.parquet")
    slab = LazySlab(pl.scan_parquet(tmp_path / "a.parquet"), 2, "a.parquet")
    assert slab.get_column("b").to_list() == [3, 4]


def test_a_lazy_slab_refuses_what_cannot_be_read(tmp_path):
    """A column that cannot be read is refused with file and column."""
    slab = LazySlab(pl.LazyFrame({"a": ["x"]}).select(pl.col("a").cast(pl.Int64)), 1, "a.parquet")
    with pytest.raises(DataError, match=r"a\.parquet, column 'a': expected readable values"):
        slab.get_column("a")
