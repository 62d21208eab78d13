"""What is held out is found in other data."""

import numpy as np
import polars as pl
import pytest

from seqloom.errors import DataError
from seqloom.read import ReadSettings, read
from seqloom.retrain.held_out import apart_from

HOURS = np.arange("2024-01-01", "2024-03-01", dtype="datetime64[h]").astype("datetime64[us]")
SERIES = pl.DataFrame({"at": HOURS, "load": np.random.default_rng(0).normal(size=len(HOURS))})
SETTINGS = ReadSettings(target="load")
SEQUENCES = pl.DataFrame(
    {
        "id": np.repeat([f"s{number}" for number in range(6)], 4),
        "x": np.random.default_rng(1).normal(size=24),
        "kind": np.tile(["a", "b", "a", "c"], 6),
        "load": np.repeat(np.arange(6.0), 4),
    }
)
BY_NAME = ReadSettings(target="load", group="id", per_step_target=False)


def series(table):
    """One series as a data set."""
    return read(table, settings=SETTINGS)


def spans(apart):
    """Where the stretches that remain begin and end."""
    return [(start, stop) for _, start, stop in apart.kept]


def test_steps_in_the_time_of_the_hold_out_are_held_out():
    """Also where their values were corrected since; of new data only what follows counts."""
    holdout = series(SERIES[1000:1200].with_columns(load=pl.col("load") + 1))
    both = apart_from(series(SERIES), holdout, by_steps=True, after=False)
    assert (spans(both), both.steps) == ([(0, 1000), (1200, len(SERIES))], 200)
    new = apart_from(series(SERIES[900:]), holdout, by_steps=True, after=True)
    assert (spans(new), new.steps) == ([(300, len(SERIES) - 900)], 300)


def test_data_without_the_hold_out_are_kept_as_they_are():
    """All of them."""
    apart = apart_from(series(SERIES[:1000]), series(SERIES[1000:1200]), by_steps=True, after=True)
    assert (spans(apart), apart.steps) == ([(0, 1000)], 0)


@pytest.mark.parametrize("cut", [slice(700, 900), slice(950, 1400), slice(0, 40)])
def test_without_a_clock_a_stretch_is_known_by_its_values(cut):
    """At the end, at the beginning, in the middle, and where the data have only a part of it."""
    plain = SERIES.drop("at")
    data, holdout = plain[20:1100], series(plain[cut])
    apart = apart_from(series(data), holdout, by_steps=True, after=False)
    held = set(range(20, 1100)) - {20 + step for start, stop in spans(apart) for step in range(start, stop)}
    wanted = set(range(20, 1100)) & set(range(*cut.indices(len(plain))))
    assert held == (wanted if len(wanted) >= 32 else set())


def test_marks_do_not_tell_steps_apart():
    """The hold-out has them, what was recorded of the same steps has others, or none."""
    plain = SERIES.drop("at").with_columns(odd=0.0)
    settings = ReadSettings(target="load", marks="odd")
    later = plain[700:1000].with_columns(odd=pl.lit(None, dtype=pl.Float64))
    apart = apart_from(
        read(later, settings=settings), read(plain[600:800], settings=settings), by_steps=True, after=True
    )
    assert spans(apart) == [(100, 300)]


def test_what_rests_is_not_taken_for_the_hold_out():
    """A machine that stands still does so again and again."""
    still = pl.DataFrame({"load": np.concatenate([np.zeros(200), SERIES["load"][:100]])})
    apart = apart_from(series(still[:150]), series(still[100:]), by_steps=True, after=False)
    assert apart.steps == 0


def test_whole_sequences_are_known_by_their_values():
    """Whatever they are called, and whatever is said of them; those of categories by their labels."""
    dataset = read(SEQUENCES, settings=BY_NAME)
    renamed = SEQUENCES.filter(pl.col("id").is_in(["s4", "s1"])).with_columns(
        id=pl.lit("held ") + pl.col("id"), load=9.0, kind=pl.col("kind")
    )
    apart = apart_from(dataset, read(renamed, schema=dataset.schema), by_steps=False, after=True)
    assert ([one.sequence for one in apart.kept], apart.steps) == ([0, 2, 3, 5], 8)
    other = renamed.with_columns(kind=pl.col("kind").replace("c", "d"))
    assert apart_from(dataset, read(other, schema=dataset.schema), by_steps=False, after=True).steps == 0


def test_a_sequence_of_which_a_part_is_held_out_is_held_out():
    """Where sequences are learned as a whole."""
    clocked = SEQUENCES.with_columns(at=np.tile(HOURS[:4], 6))
    settings = BY_NAME.model_copy(update={"time": "at"})
    dataset = read(clocked, settings=settings)
    holdout = read(clocked.filter(pl.col("id") == "s2")[2:], schema=dataset.schema)
    apart = apart_from(dataset, holdout, by_steps=False, after=True)
    assert [one.sequence for one in apart.kept] == [0, 1, 3, 4, 5]
    names = ["s2", *[f"other {number}" for number in range(5)]]
    assert [one.sequence for one in apart_from(dataset, holdout, by_steps=False, after=True, names=names).kept] == [
        1,
        2,
        3,
        4,
        5,
    ]


def test_nothing_but_the_hold_out_is_refused():
    """With what to do."""
    with pytest.raises(DataError, match="expected data to learn from, came nothing but the hold-out; give data"):
        apart_from(series(SERIES[10:20]), series(SERIES[:50]), by_steps=True, after=True)
