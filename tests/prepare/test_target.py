from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from seqloom.errors import DataError, SchemaError
from seqloom.prepare import PrepareSettings
from seqloom.prepare.table import Table
from seqloom.prepare.target import ClassTargets, ValueTargets, coded_labels
from seqloom.sequence import RemainingLife

NAN = float("nan")


def fit(dataset, *, history=True, **settings):
    spans = np.stack([dataset.offsets[:-1], dataset.offsets[1:]], axis=1)
    if not dataset.schema.per_step_target:
        spans = np.stack([np.arange(len(dataset)), np.arange(len(dataset)) + 1], axis=1)
    return ValueTargets.fit(dataset, spans, PrepareSettings(**settings), history=history)


def test_an_imputed_target_is_an_input_and_no_target(dataset):
    """The gap is filled in the history, stays open in the targets, and is indicated."""
    made = dataset({"y": [1.0, NAN, 3]})
    targets = fit(made, missing="impute")
    ((known, filled, indicators),) = targets.blocks(Table.of_steps(made))
    np.testing.assert_equal(known[:, 0], [-1, NAN, 1])
    assert filled[:, 0].tolist() == [-1, 0, 1]
    assert indicators[:, 0].tolist() == [0, 1, 0]


def test_a_target_that_is_no_input_may_be_unlabelled(dataset):
    """Without a history NaN means that nobody knows, whatever the policy."""
    made = dataset({"y": [1.0, NAN, 3]})
    ((known, _, indicators),) = fit(made, history=False).blocks(Table.of_steps(made))
    np.testing.assert_equal(known[:, 0], [-1, NAN, 1])
    assert indicators.shape == (3, 0)


def test_a_sequence_without_its_value_is_refused_in_training(dataset):
    """The place is that of the sequence."""
    made = dataset({"x": [1.0, 2, 3]}, lengths=[1, 2], statics={"y": [1.0, NAN]})
    with pytest.raises(DataError, match="column 'y', row 2 \\(sequence 's1'\\): expected a value"):
        fit(made)


def test_categories_are_no_values(dataset):
    """A target of labels cannot be scaled."""
    with pytest.raises(SchemaError, match="column 'y': expected a target of numbers, came categories"):
        fit(dataset({"y": ["a", "b"]}))


@pytest.mark.parametrize("transform", ["none", "log"])
@pytest.mark.parametrize("scale_by", ["all", "group"])
@given(values=arrays(np.float64, (2, 4, 1), elements=st.floats(0.01, 1e6)))
def test_inverting_scaled_targets_gives_them_back(dataset, transform, scale_by, values):
    """In float64, for keys with statistics of their own and without."""
    made = dataset({"y": [1.0, 3, 10, 500]}, lengths=[2, 2])
    targets = fit(made, target_transform=transform, scale_by=scale_by)
    keys = np.array(["s1", "unknown"])
    back = targets.invert(targets.scale(values, keys), keys)
    assert back.dtype == np.float64
    np.testing.assert_allclose(back, values, rtol=1e-9, atol=1e-9)  # rounding at the size of center and value


def test_static_targets_are_never_scaled_by_group(dataset):
    """A group is one sequence, and one value has no spread."""
    made = dataset({"x": [1.0, 2]}, lengths=[1, 1], statics={"y": [1.0, 3]})
    assert fit(made, scale_by="group").numbers.scaling.groups == ()


def classes_of(dataset, labels, trained=None, *, complete=True):
    made = dataset({"x": [0.0] * len(labels)}, lengths=[1] * len(labels), statics={"y": labels})
    row = np.arange(len(labels))
    spans = np.stack([row, row + (True if trained is None else np.array(trained))], axis=1)
    return made, ClassTargets.fit(made, spans, complete=complete)


def test_classes_are_numbered_in_order_of_their_labels(dataset):
    """Order of appearance does not matter."""
    made, targets = classes_of(dataset, ["dog", "cat", "dog"])
    assert targets.classes == ("cat", "dog")
    assert targets.numbers(made).tolist() == [1, 0, 1]


def test_labels_that_are_numbers_make_classes_too(dataset):
    """Whole numbers are written without a point."""
    made, targets = classes_of(dataset, [10.0, -1.0, 2.5])
    assert targets.classes == ("-1", "2.5", "10")
    assert targets.numbers(made).tolist() == [2, 0, 1]


def test_only_training_sequences_make_classes(dataset):
    """A class met nowhere else is refused with its place."""
    made, targets = classes_of(dataset, ["a", "b", "z"], [True, True, False])
    assert targets.classes == ("a", "b")
    with pytest.raises(DataError, match=r"row 3 \(sequence 's2'\): expected one of the 2 classes .*, came 'z'"):
        targets.numbers(made)


def test_one_class_is_nothing_to_tell_apart(dataset):
    """The message names it."""
    with pytest.raises(DataError, match=r"column 'y': expected at least two classes .*, came only 'a'"):
        classes_of(dataset, ["a", "a", "b"], [True, True, False])


def test_a_missing_label_is_refused(dataset):
    """A sequence without a label teaches nothing."""
    with pytest.raises(DataError, match="row 2 \\(sequence 's1'\\): expected a value, came a missing one"):
        classes_of(dataset, ["a", None, "b"])


def test_a_missing_label_may_be_let_through(dataset):
    """Its class number is -1."""
    made, targets = classes_of(dataset, ["a", None, "b"], complete=False)
    assert targets.numbers(made).tolist() == [0, -1, 1]


def test_a_label_per_step_is_a_class_of_each_step(dataset):
    """Only labels of training steps are classes, and steps without a label have the number -1."""
    made = dataset({"y": ["b", "a", None, "b"]}, lengths=[3, 1])
    targets = ClassTargets.fit(made, np.array([[0, 3], [3, 4]]), complete=False)
    assert (targets.classes, targets.per_step) == (("a", "b"), True)
    assert targets.numbers(made).tolist() == [1, 0, -1, 1]


def test_a_class_of_a_step_met_nowhere_else_is_neither_a_class_nor_unlabelled(dataset):
    """Its number, -2, says that nobody can learn from it and that whoever is judged by it is mistaken."""
    made = dataset({"y": ["b", "a", "z"]}, lengths=[2, 1])
    targets = ClassTargets.fit(made, np.array([[0, 2], [2, 2]]), complete=True)
    assert targets.numbers(made).tolist() == [1, 0, -2]


def test_classes_need_one_target(dataset):
    """Two columns are refused by their names."""
    made = dataset({"y": ["a", "b"], "z": ["a", "b"]}, target="y,z")
    with pytest.raises(SchemaError, match="expected one column of labels, came y, z"):
        ClassTargets.fit(made, np.array([[0, 2]]), complete=True)


def test_labels_are_coded(dataset):
    """Of categories and of numbers alike, and -1 where there is none."""
    made = dataset({"x": [0.0, 0, 0]}, lengths=[1, 1, 1], statics={"y": [2.5, NAN, 1.0], "k": ["a", None, "a"]})
    codes, labels = coded_labels(made, "y")
    assert (codes.tolist(), labels) == ([1, -1, 0], ("1", "2.5"))
    codes, labels = coded_labels(made, "k")
    assert (codes.tolist(), labels) == ([0, -1, 0], ("a",))


def test_remaining_life_stays_within_its_bounds(dataset):
    """It is neither negative nor above its cap, whatever a network says."""
    made = dataset({"y": [2.0, 1, 0, 2, 1, 0]}, lengths=[3, 3])
    free = fit(made, history=False)
    ends = replace(made, schema=made.schema.model_copy(update={"ending": RemainingLife(cap=2)}))
    bound = fit(ends, history=False)
    assert (free.bounds, bound.bounds) == (None, (0.0, 2.0))
    far, keys = np.array([[-9.0], [0.0], [9.0]]), np.array(["s0"] * 3)
    np.testing.assert_allclose(bound.invert(far, keys)[:, 0], [0, 1, 2])
    assert free.invert(far, keys)[2, 0] > 2
