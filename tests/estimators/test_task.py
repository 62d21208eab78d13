"""Which task a data set poses."""

import numpy as np
import pytest

from seqloom.errors import SchemaError
from seqloom.estimators.task import doubt_of, task_of
from seqloom.read import ReadSettings, from_arrays, read


def test_numbers_that_change_from_step_to_step_are_forecast():
    """A series is its own target."""
    assert task_of(read({"y": [1.0, 2.0, 3.0]})) == "forecast"


def test_labels_that_change_from_step_to_step_are_tags():
    """A word of a sentence has a tag."""
    table = {"s": [0, 0, 1, 1], "w": list("abab"), "t": list("xyxx")}
    assert task_of(read(table, settings=ReadSettings(target="t", group="s"))) == "tag"


def test_a_label_per_sequence_is_classified():
    """Texts beside sequences are classes."""
    assert task_of(from_arrays([np.zeros(3), np.ones(2)], ["a", "b"])) == "classify"


def test_a_number_per_sequence_is_regressed():
    """Numbers beside sequences are values."""
    assert task_of(from_arrays([np.zeros(3), np.ones(2)], [1.5, 2.5])) == "regress"


def test_without_a_target_the_columns_are_named():
    """The message says what could be the target and how to say so."""
    with pytest.raises(SchemaError, match="a target column, came columns a, b; name it with --target COLUMN"):
        task_of(read({"a": [1.0, 2.0], "b": [3.0, 1.0]}))


def test_a_named_task_is_taken_at_its_word():
    """The user may know better than the columns tell."""
    assert task_of(from_arrays([np.zeros(3), np.ones(2)], [1.5, 2.5]), "classify") == "classify"


@pytest.mark.parametrize(
    ("targets", "doubted"),
    [([0, 1], True), ([-1.0, 1.0], True), ([0.5, 1.0], False), (list(range(11)), False), (["a", "b"], False)],
)
def test_few_whole_numbers_may_have_been_meant_as_labels(targets, doubted):
    """A target of at most ten whole numbers is worth a word, any other is not."""
    dataset = from_arrays([np.zeros(3)] * len(targets), targets)
    assert (doubt_of(dataset) is not None) is doubted


def test_several_targets_of_0_and_1_may_have_been_meant_as_labels():
    """The sentence names the task that learns them; other numbers beside them are values."""
    sequences = [np.zeros(3)] * 4
    assert doubt_of(from_arrays(sequences, np.array([[0, 1], [1, 1], [0, 0], [np.nan, 1]]))) == (
        "2 targets hold 0 and 1 and are learned as numbers; labels need --task label"
    )
    assert doubt_of(from_arrays(sequences, np.array([[0.5, 1], [1, 1], [0, 0], [1, 1]]))) is None


def test_a_series_is_not_doubted():
    """Whole numbers and nothing else are forecast, whatever few they are."""
    assert doubt_of(read({"y": [1, 2, 1]})) is None


def test_few_whole_numbers_beside_other_columns_may_be_labels_of_steps():
    """What a sensor felt while somebody stood or walked, 0 or 1; a load beside the temperature is not meant."""
    state = read({"x": np.arange(6.0), "state": [0, 0, 1, 1, 0, 1]}, settings=ReadSettings(target="state"))
    load = read({"x": np.arange(6.0), "load": [0.5, 0, 1, 1, 0, 1]}, settings=ReadSettings(target="load"))
    assert doubt_of(load) is None
    assert doubt_of(state) == (
        "'state' has 2 different values and is forecast as a number; a label per step needs --task tag"
    )


ENDS = {"unit": ["a"] * 30 + ["b"] * 30, "heat": [float(step % 7) for step in range(60)]}


def test_what_is_left_of_a_sequence_is_a_value_and_its_failure_a_label():
    """The target made from where sequences end poses its task, and there is no doubt about its few numbers."""
    life = read(ENDS, settings=ReadSettings(group="unit", remaining_life=3))
    assert (task_of(life), task_of(life, "regress"), doubt_of(life)) == ("regress", "regress", None)
    assert task_of(read(ENDS, settings=ReadSettings(group="unit", fails_within=3))) == "tag"


def test_another_task_than_that_of_the_ending_is_refused():
    """A forecast of remaining life would read it as an input."""
    life = read(ENDS, settings=ReadSettings(group="unit", remaining_life=3))
    with pytest.raises(SchemaError, match="target 'remaining_life': expected the task regress, came forecast"):
        task_of(life, "forecast")
