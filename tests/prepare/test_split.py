import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from seqloom.errors import DataError, SchemaError, SettingsError
from seqloom.prepare import Split, SplitSettings, split, whole, without

PARTS = ("train", "validation", "test")


def steps(dataset, lengths):
    return dataset({"y": np.arange(float(sum(lengths)))}, lengths=lengths)


def sequences(dataset, count, **statics):
    return dataset({"x": np.zeros(count)}, lengths=[1] * count, statics=statics, target=next(iter(statics), None))


@given(
    st.lists(st.integers(20, 60), min_size=1, max_size=5),
    st.floats(0, 0.4),
    st.floats(0, 0.4),
    st.sampled_from(["time", "order", "random"]),
    st.integers(0, 9),
)
def test_every_row_belongs_to_exactly_one_part(dataset, lengths, validation, test, way, seed):
    """The parts are disjoint and together the whole, cut in time or by sequence."""
    made = steps(dataset, [*lengths, 30, 30, 30, 30])  # enough of them for two parts of 40 % and some to learn from
    parts = split(made, SplitSettings(split=way, validation_size=validation, test_size=test), by_steps=True, seed=seed)
    rows = np.concatenate([parts.rows(part) for part in PARTS])
    assert sorted(rows.tolist()) == list(range(made.total_steps))


def test_forecasts_are_cut_in_time_within_each_sequence(dataset):
    """The last 15 % of the steps of each test, the 15 % before them validate."""
    parts = split(steps(dataset, [100, 20]), SplitSettings(), by_steps=True, seed=0)
    assert parts.borders.tolist() == [[0, 70, 85, 100], [100, 114, 117, 120]]


def test_parts_may_be_given_in_steps(dataset):
    """From 1 on a share is a number."""
    parts = split(steps(dataset, [100]), SplitSettings(validation_size=10, test_size=20), by_steps=True, seed=0)
    assert parts.borders.tolist() == [[0, 70, 80, 100]]


def test_a_part_nobody_asks_for_is_empty(dataset):
    """A share of 0 gives the rows to the others."""
    parts = split(steps(dataset, [100]), SplitSettings(test_size=0), by_steps=True, seed=0)
    assert parts.borders.tolist() == [[0, 85, 100, 100]]
    assert parts.sequences("test").tolist() == []


def test_a_sequence_too_short_to_be_cut_is_named(dataset):
    """Nothing would be left to learn from."""
    settings = SplitSettings(validation_size=10, test_size=10)
    with pytest.raises(DataError, match=r"steps of sequence 's1': expected more than 20, .*, came 20"):
        split(steps(dataset, [100, 20]), settings, by_steps=True, seed=0)


def test_shares_that_leave_nothing_are_refused(dataset):
    """Half and half is all."""
    with pytest.raises(SettingsError, match=r"came 0.5 and 0.5; choose shares that sum to less than 1"):
        split(steps(dataset, [100]), SplitSettings(validation_size=0.5, test_size=0.5), by_steps=True, seed=0)


def test_classes_are_stratified_unless_told_otherwise(dataset):
    """Each part has the classes in proportion: of 90 and 10, a tenth of each."""
    labels = ["a"] * 90 + ["b"] * 10
    made = sequences(dataset, 100, y=labels)
    parts = split(made, SplitSettings(validation_size=0.1, test_size=0.1), by_steps=False, seed=0)
    for part in ("validation", "test"):
        chosen = [labels[i] for i in parts.sequences(part)]
        assert (len(chosen), chosen.count("b")) == (10, 1)


@pytest.mark.parametrize("by_steps", [False, True])
def test_the_same_seed_gives_the_same_parts(dataset, by_steps):
    """Another seed gives others."""
    made, settings = steps(dataset, [5] * 40), SplitSettings(split="random")
    first, again, other = (split(made, settings, by_steps=by_steps, seed=seed).borders for seed in (3, 3, 4))
    assert (first == again).all()
    assert (first != other).any()


def test_a_group_never_straddles_parts(dataset):
    """All sequences of one patient are in one part."""
    patients = [f"p{i % 7}" for i in range(70)]
    made = dataset({"x": np.zeros(70)}, lengths=[1] * 70, statics={"y": np.arange(70.0), "patient": patients})
    parts = split(made, SplitSettings(split_group="patient"), by_steps=False, seed=0)
    met = [{patients[i] for i in parts.sequences(part)} for part in PARTS]
    assert sum(len(some) for some in met) == 7
    assert all(met)


def test_a_column_may_say_the_parts(dataset):
    """In any case and with the usual abbreviations; empty cells at the ends belong to no part."""
    words = [None, "train", "Training", "val", "TEST", None, "test"]
    made = dataset({"y": np.arange(7.0), "part": words}, lengths=[6, 1])
    parts = split(made, SplitSettings(split_column="part"), by_steps=True, seed=0)
    assert parts.borders.tolist() == [[1, 3, 4, 5], [6, 6, 6, 7]]


def test_a_static_column_may_say_the_parts(dataset):
    """A sequence without a word is in none."""
    made = sequences(dataset, 4, part=["test", "train", None, "validation"])
    parts = split(made, SplitSettings(split_column="part"), by_steps=False, seed=0)
    assert [parts.sequences(part).tolist() for part in PARTS] == [[1], [3], [0]]


def test_parts_that_go_back_in_time_are_refused(dataset):
    """A row learned from must not follow one that tests."""
    made = dataset({"y": np.arange(3.0), "part": ["train", "test", "train"]})
    with pytest.raises(DataError, match=r"column 'part', row 3: .* came train after test"):
        split(made, SplitSettings(split_column="part"), by_steps=True, seed=0)


def test_parts_with_a_hole_are_refused(dataset):
    """Steps that follow one another are what a window is made of."""
    made = dataset({"y": np.arange(3.0), "part": ["train", None, "train"]})
    with pytest.raises(DataError, match=r"column 'part', row 3: .* within a sequence, without gaps"):
        split(made, SplitSettings(split_column="part"), by_steps=True, seed=0)


def test_a_word_for_no_part_is_refused(dataset):
    """The message gives the row."""
    made = dataset({"y": np.arange(2.0), "part": ["train", "tset"]})
    with pytest.raises(DataError, match="column 'part', row 2: expected train, validation or test, came 'tset'"):
        split(made, SplitSettings(split_column="part"), by_steps=True, seed=0)


def test_a_column_without_training_rows_is_refused(dataset):
    """There must be something to learn from."""
    made = dataset({"y": np.arange(2.0), "part": ["test", "test"]})
    with pytest.raises(DataError, match="column 'part': expected rows that say train"):
        split(made, SplitSettings(split_column="part"), by_steps=True, seed=0)


@pytest.mark.parametrize(("name", "came"), [("nowhere", "no such column"), ("y", "a column of numbers")])
def test_a_split_column_that_cannot_be_one_is_refused(dataset, name, came):
    """It must be there and hold words."""
    with pytest.raises(SchemaError, match=f"split_column '{name}': .* came {came}"):
        split(steps(dataset, [5]), SplitSettings(split_column=name), by_steps=True, seed=0)


def test_a_group_and_another_way_exclude_each_other(dataset):
    """Two different answers to one question."""
    settings = SplitSettings(split="random", split_group="id")
    with pytest.raises(SettingsError, match="split_group 'id': expected split 'group', came 'random'"):
        split(steps(dataset, [5] * 9), settings, by_steps=False, seed=0)


@pytest.mark.parametrize("part", PARTS)
def test_the_whole_may_be_one_part(dataset, part):
    """All rows in it, none in the others."""
    parts = whole(steps(dataset, [2, 3]), part)
    assert {name: len(parts.rows(name)) for name in PARTS} == {**dict.fromkeys(PARTS, 0), part: 5}


def test_the_column_that_said_the_parts_is_no_feature(dataset):
    """It leaves the data, and the schema ignores it."""
    made = without(dataset({"y": np.arange(2.0), "part": ["train", "test"]}), "part")
    assert list(made.steps) == ["y"]
    assert made.schema.names() == ("y",)
    assert made.schema.ignored == ("part",)
    assert made.categories == {}


def test_parts_move_with_rows_that_became_several():
    """A border lies where its row begins now."""
    parts = Split(np.array([[0, 1, 2, 3], [3, 3, 3, 4]]))
    moved = parts.moved(np.array([0, 5, 7, 8, 20]))
    assert moved.borders.tolist() == [[0, 5, 7, 8], [8, 8, 8, 20]]
    assert parts.moved(None) is parts
