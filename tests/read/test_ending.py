"""Targets made from where sequences end, while data is read."""

import numpy as np
import polars as pl
import pytest

from seqloom.errors import DataError, SchemaError, SettingsError
from seqloom.read import ReadSettings, from_arrays, read
from seqloom.sequence import FailsWithin, RemainingLife

UNITS = {"a": 5, "b": 4, "c": 3}
LEFT = {"a": 0.0, "b": 3.0, "c": None}


@pytest.fixture
def engines():
    """Three engines of five, four and three cycles; how long they had still to go is known of two."""
    rows = [
        {"unit": unit, "cycle": cycle + 1, "heat": (7 * cycle * cycle + ord(unit)) % 11 / 10, "left": LEFT[unit]}
        for unit, length in UNITS.items()
        for cycle in range(length)
    ]
    return pl.DataFrame(rows)


def reading(**choices):
    return ReadSettings(group="unit", time="cycle", **choices)


def test_life_is_counted_to_the_last_row_of_each_sequence(engines):
    """Where nothing is said of steps left, every sequence ran to its end."""
    found = read(engines.drop("left"), settings=reading(remaining_life=3))
    assert found.steps["remaining_life"].tolist() == [3, 3, 2, 1, 0, 3, 2, 1, 0, 2, 1, 0]
    assert (found.schema.targets, found.schema.per_step_target) == (("remaining_life",), True)
    assert found.schema.ending == RemainingLife(cap=3)
    assert any("each is taken to have run to its end" in note for note in found.notes)


def test_sequences_that_were_cut_say_how_much_was_left(engines):
    """The count goes on beyond their last row; where it is not known, life is not; the column is no feature."""
    found = read(engines, settings=reading(remaining_life=4, steps_left="left"))
    np.testing.assert_array_equal(found.steps["remaining_life"], [4, 3, 2, 1, 0, 4, 4, 4, 3, *[np.nan] * 3])
    assert "left" not in found.schema.names()
    assert "left" in found.schema.ignored


def test_failures_are_labels(engines):
    """The last two rows are within one step of the end; of a sequence that was cut three before, none is."""
    found = read(engines, settings=reading(fails_within=1, steps_left="left"))
    assert found.steps["fails"].tolist() == [0, 0, 0, 1, 1, 0, 0, 0, 0, -1, -1, -1]
    assert found.categories["fails"] == ("no", "yes")
    assert found.schema.ending == FailsWithin(within=1, left="left")


def test_rows_that_are_sorted_count_in_their_new_order(engines):
    """The end is the latest step, not the last line."""
    shuffled = engines.drop("left").sample(fraction=1.0, shuffle=True, seed=1)
    found = read(shuffled, settings=reading(remaining_life=3, sort=True))
    places = [found.keys.tolist().index(unit) for unit in UNITS]
    assert found.take(places).steps["remaining_life"].tolist() == [3, 3, 2, 1, 0, 3, 2, 1, 0, 2, 1, 0]


def test_the_only_column_is_an_input(engines):
    """It would be the target where none is made."""
    found = read(engines.select("unit", "heat"), settings=ReadSettings(group="unit", remaining_life=3))
    assert found.schema.column("heat").role == "past"


def test_tables_of_a_row_per_sequence_have_ends_too():
    """Each row of a wide table, as long as it is, is a sequence."""
    table = {"id": ["a", "b"], **{f"t{step}": [float(step % 3), 1.0 if step < 8 else None] for step in range(9)}}
    found = read(table, settings=ReadSettings(remaining_life=2))
    assert found.steps["remaining_life"].tolist() == [2] * 6 + [2, 1, 0] + [2] * 5 + [2, 1, 0]
    again = read(table, schema=found.schema)
    assert again.steps["remaining_life"].tolist() == found.steps["remaining_life"].tolist()


def test_arrays_have_ends_too():
    """Alone, and again with the schema of a trained model."""
    arrays = [np.arange(3.0) % 2, np.arange(2.0) % 2]
    found = from_arrays(arrays, settings=ReadSettings(remaining_life=9))
    assert found.steps["remaining_life"].tolist() == [2, 1, 0, 1, 0]
    assert read(arrays, schema=found.schema).steps["remaining_life"].tolist() == [2, 1, 0, 1, 0]
    assert read(arrays, settings=ReadSettings(remaining_life=9)).schema == found.schema


def test_other_data_needs_no_column_of_steps_left(engines):
    """Nobody knows then how long its sequences had to go."""
    schema = read(engines, settings=reading(remaining_life=4, steps_left="left")).schema
    found = read(engines.drop("left"), schema=schema)
    assert found.schema == schema
    assert np.isnan(found.steps["remaining_life"]).all()


def test_other_data_of_run_to_failure_has_its_ends_counted(engines):
    """As the training data had."""
    schema = read(engines.drop("left"), settings=reading(fails_within=1)).schema
    assert read(engines.drop("left"), schema=schema).steps["fails"].tolist() == [0, 0, 0, 1, 1, 0, 0, 1, 1, 0, 1, 1]


def test_other_data_may_have_steps_left_where_the_training_had_none(engines):
    """The setting names the column."""
    schema = read(engines.drop("left"), settings=reading(remaining_life=4)).schema
    found = read(engines, schema=schema, settings=ReadSettings(steps_left="left"))
    np.testing.assert_array_equal(found.steps["remaining_life"], [4, 3, 2, 1, 0, 4, 4, 4, 3, *[np.nan] * 3])
    assert found.schema == schema


def test_a_column_of_the_target_itself_is_the_truth(engines):
    """As a test part that was kept has one, or readings whose truth came later."""
    schema = read(engines, settings=reading(remaining_life=4, steps_left="left")).schema
    told = engines.drop("left").with_columns(remaining_life=pl.lit(2.0))
    assert read(told, schema=schema).steps["remaining_life"].tolist() == [2.0] * 12


def test_a_streamed_file_is_read_alike(engines, tmp_path):
    """What does not fit in memory has its target made, too."""
    engines.write_csv(tmp_path / "engines.csv")
    small = read(tmp_path / "engines.csv", settings=reading(remaining_life=4, steps_left="left", memory="1K"))
    whole = read(tmp_path / "engines.csv", settings=reading(remaining_life=4, steps_left="left"))
    np.testing.assert_array_equal(small.steps["remaining_life"], whole.steps["remaining_life"])


def test_a_single_sequence_has_nothing_to_compare_with(engines):
    """Nor has a table whose group was forgotten, which is said before its time stamps are found to go back."""
    with pytest.raises(SchemaError, match="at least 2, came one sequence; name the column that tells"):
        read(engines.filter(pl.col("unit") == "a"), settings=reading(ignore="left", remaining_life=3))
    with pytest.raises(SchemaError, match="a column that tells sequences apart, so that they end, came none; name it"):
        read(engines.select("cycle", "heat"), settings=ReadSettings(time="cycle", remaining_life=3))


@pytest.mark.parametrize("column", ["remaining_life", "fails"])
def test_a_column_of_that_name_is_in_the_way(engines, column):
    """It may be what is wanted, by another setting."""
    settings = reading(remaining_life=3) if column == "remaining_life" else reading(fails_within=1)
    with pytest.raises(SchemaError, match=f"column '{column}': expected no column of this name, which is made"):
        read(engines.rename({"left": column}), settings=settings)


@pytest.mark.parametrize("count", ["left", "capped", "length"])
def test_a_column_that_tells_the_answer_is_refused(engines, count):
    """Nobody has it at work: the count itself, whole or cut, or how long the sequence is."""
    last = pl.col("cycle").max().over("unit")
    made = {"left": last - pl.col("cycle"), "capped": (last - pl.col("cycle")).clip(upper_bound=2), "length": last}
    table = engines.drop("left").with_columns(known=made[count])
    with pytest.raises(SchemaError, match="column 'known': expected what is known at work, came a count"):
        read(table, settings=reading(remaining_life=3))
    assert read(table, settings=reading(remaining_life=3, ignore="known")).schema.targets == ("remaining_life",)


def test_steps_left_are_never_less_than_none(engines):
    """A negative number is a mistake, and its sequence is named."""
    wrong = engines.with_columns(left=-1 * pl.col("left").fill_null(0) - 1)
    with pytest.raises(DataError, match=r"column 'left', sequence 'a': expected .* 0 or more, came -1"):
        read(wrong, settings=reading(remaining_life=3, steps_left="left"))


def test_steps_left_are_one_number_per_sequence(engines):
    """A column that changes from row to row counts something else."""
    with pytest.raises(DataError, match="column 'heat', row 2: expected one value for sequence 'a'"):
        read(engines, settings=reading(remaining_life=3, steps_left="heat"))


def test_a_mistyped_column_of_steps_left_is_not_passed_over(engines):
    """Otherwise cut sequences would be taken for failures; a model's data is held to it as well."""
    with pytest.raises(SchemaError, match=r"expected a column 'lefft'.*did you mean 'left'"):
        read(engines, settings=reading(remaining_life=3, steps_left="lefft"))
    schema = read(engines.drop("left"), settings=reading(remaining_life=3)).schema
    with pytest.raises(SchemaError, match="expected column 'lefft'"):
        read(engines.drop("left"), schema=schema, settings=ReadSettings(steps_left="lefft"))


def test_steps_left_alone_say_nothing(engines):
    """There is no target to be made from them, neither here nor for a model that was trained without."""
    with pytest.raises(SettingsError, match="steps_left: expected a target made from where sequences end, came none"):
        read(engines, settings=reading(steps_left="left"))
    schema = read(engines.drop("left"), settings=reading(target="heat")).schema
    with pytest.raises(SettingsError, match="steps_left"):
        read(engines.drop("left"), schema=schema, settings=ReadSettings(steps_left="left"))


def test_what_has_a_class_or_is_a_text_has_no_life(tmp_path):
    """Sequences that come with a target of their own, and running text."""
    file = tmp_path / "a.ts"
    file.write_text("@classLabel true x y\n@data\n1,2,3:x\n1,2,4:y\n")
    with pytest.raises(SchemaError, match="a table of numbers without a target, came the target"):
        read(file, settings=ReadSettings(remaining_life=3))
    with pytest.raises(SchemaError, match="a table of numbers without a target, came the target 'text'"):
        read(["one text", "another"], settings=ReadSettings(layout="text", remaining_life=3))
