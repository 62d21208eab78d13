import numpy as np
import pytest

from seqloom.errors import DataError, SettingsError
from seqloom.prepare import SplitSettings, assign


@pytest.fixture
def generator():
    return np.random.default_rng(0)


def one_step_each(dataset, count, **statics):
    return dataset({"x": np.zeros(count)}, lengths=[1] * count, statics=statics)


@pytest.mark.parametrize(
    ("validation", "test", "expected"),
    [(0.15, 0.15, (15, 15)), (5, 0, (5, 0)), (0.001, 0.25, (1, 25)), (1, 1.0, (1, 1))],
)
def test_a_share_is_a_fraction_below_1_and_a_number_from_1_on(validation, test, expected):
    """A share above 0 gives at least one."""
    assert assign.counts(SplitSettings(validation_size=validation, test_size=test), 100, "data") == expected


def test_parts_as_large_as_the_data_are_refused():
    """The message says how much there is."""
    with pytest.raises(DataError, match=r"data: expected more than 2, .*, came 2; ask for smaller parts"):
        assign.counts(SplitSettings(), 2, "data")


def test_sequences_that_start_last_test(dataset):
    """In whatever order they stand in the file."""
    made = dataset({"x": np.zeros(5)}, lengths=[1] * 5, times=np.array([3, 1, 5, 2, 4]))
    assert assign.by_time(made, SplitSettings(validation_size=1, test_size=1)).tolist() == [0, 0, 2, 0, 1]


def test_sequences_without_a_clock_cannot_be_split_by_time(dataset):
    """There is no earlier and later."""
    with pytest.raises(SettingsError, match="split 'time': expected a time column, came none"):
        assign.by_time(one_step_each(dataset, 5), SplitSettings())


def test_the_last_sequences_of_the_source_test(dataset):
    """Those before them validate."""
    made = one_step_each(dataset, 5)
    assert assign.by_order(made, SplitSettings(validation_size=2, test_size=1)).tolist() == [0, 0, 1, 1, 2]


def test_random_parts_have_the_size_asked_for(dataset, generator):
    """Exactly."""
    assignment = assign.at_random(one_step_each(dataset, 50), SplitSettings(validation_size=10, test_size=5), generator)
    assert np.bincount(assignment).tolist() == [35, 10, 5]


def test_without_a_name_the_group_is_the_sequence(dataset, generator):
    """Sequences of the same key stay together."""
    made = dataset({"x": np.zeros(6)}, lengths=[1] * 6, keys=["a", "b", "c", "a", "b", "c"])
    assignment = assign.by_group(made, SplitSettings(validation_size=1, test_size=1), generator)
    assert (assignment[:3] == assignment[3:]).all()


def test_a_group_must_be_a_column_per_sequence(dataset, generator):
    """The message lists those there are."""
    made = one_step_each(dataset, 5, size=np.zeros(5))
    with pytest.raises(
        SettingsError, match=r"split_group 'sise': expected the group column or a static column \(size\)"
    ):
        assign.by_group(made, SplitSettings(split_group="sise"), generator)


@pytest.mark.parametrize("seed", range(5))
def test_every_class_stays_in_training(dataset, seed):
    """A class of two sequences may lose one of them, not both."""
    made = one_step_each(dataset, 40, y=["a"] * 36 + ["b"] * 2 + ["c"] * 2)
    assignment = assign.stratified(made, SplitSettings(validation_size=0.4, test_size=0.4), np.random.default_rng(seed))
    assert np.bincount(assignment).tolist() == [8, 16, 16]
    assert 0 in assignment[36:38]
    assert 0 in assignment[38:40]


def test_too_many_classes_for_the_parts_are_refused(dataset, generator):
    """One sequence of each class is not to be given away."""
    made = one_step_each(dataset, 5, y=["a", "b", "c", "d", "d"])
    with pytest.raises(DataError, match="at least 2 sequences beyond one of each class for training, came 1"):
        assign.stratified(made, SplitSettings(validation_size=1, test_size=1), generator)


def test_targets_per_step_cannot_be_stratified(dataset, generator):
    """There is no class of a sequence."""
    with pytest.raises(
        SettingsError, match="split 'stratified': expected one target with a class for each sequence, came y"
    ):
        assign.stratified(dataset({"y": [1.0, 2]}), SplitSettings(), generator)
