import numpy as np
import pytest
import torch

from seqloom.errors import DataError, SchemaError, SettingsError
from seqloom.read import ReadSettings, from_arrays, read


def test_arrays_of_different_length_are_sequences():
    """A list of arrays [T] or [T, F] is a data set of as many sequences."""
    found = from_arrays([np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[5.0, 6.0]])])
    assert found.lengths.tolist() == [2, 1]
    assert found.steps["x0"].tolist() == [1.0, 3.0, 5.0]
    assert found.steps["x1"].tolist() == [2.0, 4.0, 6.0]


@pytest.mark.parametrize("source", [np.arange(12.0).reshape(2, 3, 2), torch.arange(12.0).reshape(2, 3, 2)])
def test_an_array_with_three_axes_is_cut_into_sequences(source):
    """The axes of one array are sequences, steps and features."""
    found = read(source)
    assert found.lengths.tolist() == [3, 3]
    assert found.steps["x1"].tolist() == [1.0, 3.0, 5.0, 7.0, 9.0, 11.0]


def test_lengths_cut_off_the_padding():
    """With lengths, only that many steps of each sequence count."""
    found = from_arrays(np.arange(12.0).reshape(2, 3, 2), lengths=[1, 2])
    assert found.steps["x0"].tolist() == [0.0, 6.0, 8.0]


def test_features_may_have_names():
    """Names of features are taken where given."""
    assert from_arrays([np.zeros((2, 2))], names=["a", "b"]).schema.names() == ("a", "b")


def test_columns_lie_together():
    """Each feature is one contiguous array."""
    found = from_arrays(np.zeros((4, 3, 2), dtype=np.float32))
    assert all(column.flags.c_contiguous for column in found.steps.values())


def test_bytes_stay_bytes():
    """Features that came as bytes are kept so."""
    assert from_arrays([np.zeros((3, 2), dtype=np.uint8)]).steps["x0"].dtype == np.uint8


@pytest.mark.parametrize(("targets", "labels"), [(["u", "v"], ("u", "v")), ([True, False], ("false", "true"))])
def test_texts_and_booleans_are_labels(targets, labels):
    """Targets that are no numbers are labels."""
    found = from_arrays([np.zeros(2), np.zeros(3)], targets)
    assert found.schema.column("target").kind == "category"
    assert found.categories["target"] == labels


def test_numbers_are_values_unless_called_labels():
    """Number targets are values; named among the categories they are labels."""
    sequences = [np.zeros(2), np.zeros(3)]
    assert from_arrays(sequences, [3, 4]).statics["target"].tolist() == [3.0, 4.0]
    found = from_arrays(sequences, torch.tensor([10, 9]), settings=ReadSettings(categories="target"))
    assert found.categories["target"] == ("9", "10")
    assert found.statics["target"].tolist() == [1, 0]


def test_several_targets_have_numbers():
    """A matrix of targets gives one column each."""
    found = from_arrays([np.zeros(2), np.zeros(3)], np.array([[1.0, 2.0], [3.0, 4.0]]))
    assert found.schema.targets == ("target0", "target1")
    assert found.statics["target1"].tolist() == [2.0, 4.0]


def test_features_may_be_targets():
    """Features named as targets are forecast; the only feature is, without being named."""
    settings = ReadSettings(target="x1", known="x0")
    found = from_arrays([np.zeros((3, 2))], settings=settings)
    assert [(column.name, column.role) for column in found.schema.columns] == [("x0", "known"), ("x1", "target")]
    assert from_arrays([np.zeros(3)]).schema.targets == ("x0",)


def test_ignored_features_are_left_out():
    """Features named to be ignored are not kept."""
    assert from_arrays([np.zeros((3, 2))], settings=ReadSettings(ignore="x0")).schema.names() == ("x1",)


@pytest.mark.parametrize(
    ("sequences", "options", "message"),
    [
        ([], {}, "expected at least one sequence, came none"),
        ([np.zeros(2), np.zeros(0)], {}, r"sequence 1: expected an array \[T\] or \[T, F\], came shape \(0,\)"),
        ([np.zeros((2, 2)), np.zeros((2, 3))], {}, "sequence 1: expected the same features, came 3 features, 2 in"),
        ([np.array(["a"])], {}, "sequence 0: expected an array of numbers, came text"),
        ([np.zeros(3)], {"targets": [1, 2]}, r"targets: expected 1 targets, came shape \(2,\)"),
        (np.zeros((2, 3, 1)), {"lengths": [1, 4]}, "lengths: expected whole numbers from 1 to 3, came 1 to 4"),
        (np.zeros((2, 3, 1)), {"lengths": [1]}, r"came shapes \(2, 3, 1\) and \(1,\)"),
        ([np.array([1.0, 2.0]), np.array([np.inf])], {}, "column 'x0', sequence 1: expected a finite number, came inf"),
    ],
)
def test_arrays_that_cannot_be_used_are_refused(sequences, options, message):
    """Arrays of the wrong shape, length or contents are refused with the place."""
    with pytest.raises(DataError, match=message):
        from_arrays(sequences, **options)


def test_names_must_fit_the_features():
    """There is one name per feature, each its own."""
    with pytest.raises(SettingsError, match=r"names: expected 2 different names, came \['a', 'a'\]"):
        from_arrays([np.zeros((2, 2))], names=["a", "a"])


def test_a_feature_that_is_not_there_is_refused():
    """A target that is no feature is refused with those there are."""
    with pytest.raises(SchemaError, match="expected a column 'x9', came columns x0, x1"):
        from_arrays([np.zeros((2, 2))], settings=ReadSettings(target="x9"))


def test_targets_are_per_step_or_per_sequence():
    """A feature and a label cannot both be the target."""
    with pytest.raises(SchemaError, match="expected targets per step or per sequence, came both"):
        from_arrays([np.zeros(2)], ["a"], settings=ReadSettings(target="x0,target"))


@pytest.mark.parametrize(
    ("kind", "kept"), [("float16", "float32"), ("float32", "float32"), ("int32", "float64"), ("bool", "float64")]
)
def test_features_are_floats(kind, kept):
    """Features of other types become floats that hold their values."""
    found = from_arrays([np.array([[0, 1], [1, 0]], dtype=kind)])
    assert found.steps["x1"].dtype == np.dtype(kept)
    assert found.steps["x1"].tolist() == [1.0, 0.0]


def test_objects_that_are_no_numbers_are_refused():
    """A sequence of things that cannot be numbers is refused with the reason."""
    with pytest.raises(DataError, match="sequence 0: expected an array of numbers, came"):
        from_arrays([[{"a": 1}]])
