"""The test part as a file of its own."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from seqloom.errors import InputError, SettingsError
from seqloom.estimators import FitSettings, keep_test, plan
from seqloom.read import ReadSettings, read

DAYS = np.arange("2024-01-01", "2024-04-10", dtype="datetime64[D]").astype("datetime64[us]")
NOISE = np.random.default_rng(0)
LOADS = pl.DataFrame(
    {
        "at": np.tile(DAYS, 2),
        "shop": np.repeat(["a,b", "c"], 100),
        "size": np.repeat([3.5, 7.25], 100),
        "load": NOISE.normal(size=200),
        "mood": NOISE.choice(["good", "so\nso", "bad"], size=200),
    }
)
BY_SHOP = ReadSettings(target="load", group="shop", time="at", static="size")
GAPS = LOADS.with_columns(
    load=pl.when(pl.int_range(200) % 7 == 0).then(None).otherwise("load"), mood=pl.col("mood").replace("bad", None)
)


def planned(table, settings, **chosen):
    """The plan of a training."""
    return plan(read(table, settings=settings), FitSettings.flat({"epochs": 1, "hidden_size": 4, **chosen}))


def part_of(found):
    """The rows of the test part."""
    return found.parts.test_split.rows("test")


@pytest.mark.parametrize("name", ["kept.csv", "kept.parquet"])
@pytest.mark.parametrize("table", [LOADS, GAPS], ids=["whole", "gaps"])
def test_the_test_part_is_read_like_the_data(tmp_path, table, name):
    """By the schema of the model: the same steps, times, labels and static values; what is missing stays missing."""
    found = planned(table, BY_SHOP, horizon=2, lookback=4, missing="impute")
    rows, whole = part_of(found), found.parts.test_dataset
    assert keep_test(found, tmp_path / name) == len(rows) > 20
    again = read(tmp_path / name, schema=whole.schema)
    assert again.keys.tolist() == ["a,b", "c"]
    assert np.array_equal(again.times, whole.times[rows])
    assert np.allclose(again.steps["load"], whole.steps["load"][rows], equal_nan=True)
    assert again.statics["size"].tolist() == [3.5, 7.25]
    words = [*whole.categories["mood"], None]
    told = [*again.categories["mood"], None]
    assert [told[code] for code in again.steps["mood"]] == [words[code] for code in whole.steps["mood"][rows]]


@pytest.mark.parametrize("name", ["kept.csv", "kept.parquet"])
def test_a_table_with_a_column_for_each_step_is_written_as_one(tmp_path, name):
    """Short sequences have no value in the last columns."""
    rows = [[*NOISE.normal(size=5 + number % 4), *[None] * (3 - number % 4)] for number in range(40)]
    table = pl.DataFrame({f"t{at}": [row[at] for row in rows] for at in range(8)} | {"kind": ["a", "b"] * 20})
    found = planned(table, ReadSettings(target="kind", layout="wide"))
    keep_test(found, tmp_path / name)
    again = read(tmp_path / name, schema=found.parts.test_dataset.schema)
    chosen = found.parts.test_split.sequences("test")
    assert again.lengths.tolist() == found.parts.test_dataset.lengths[chosen].tolist()
    values = found.parts.test_dataset.steps[found.parts.test_dataset.schema.step_columns[0]]
    assert np.allclose(next(iter(again.steps.values())), values[part_of(found)])


def test_cells_that_hold_lists_are_written_as_lists(tmp_path):
    """In Parquet; CSV has no lists, and says so, with the option's name."""
    table = pl.DataFrame({"x": [[1.0, 2.0, float(at)] for at in range(30)], "kind": ["a", "b"] * 15})
    found = planned(table, ReadSettings(target="kind"))
    assert keep_test(found, tmp_path / "kept.parquet") == len(part_of(found))
    with pytest.raises(SettingsError, match="--keep-test: expected a test part that can be written to"):
        keep_test(found, tmp_path / "kept.csv")
    assert not (tmp_path / "kept.csv").exists()


def test_running_text_is_no_table(tmp_path):
    """It is told before anything is trained."""
    book = tmp_path / "book.txt"
    book.write_text("a line of a book\n" * 200)
    found = plan(
        read(book, settings=ReadSettings(layout="text")), FitSettings.flat({"task": "language", "hidden_size": 4})
    )
    with pytest.raises(SettingsError, match="expected a table, came running text"):
        keep_test(found, tmp_path / "kept.csv")


def test_another_ending_is_refused():
    """With those that are known."""
    with pytest.raises(InputError, match=r"kept.xlsx: expected a name ending in \.csv or \.parquet"):
        keep_test(planned(LOADS, BY_SHOP, horizon=2, lookback=4), Path("kept.xlsx"))
