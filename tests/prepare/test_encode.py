import numpy as np
import pytest

from seqloom.errors import DataError
from seqloom.prepare.encode import CategoryColumns, CategoryRules, as_numbers, in_order
from seqloom.prepare.table import Table


def fit(dataset, rules=CategoryRules(), spans=None):  # noqa: B008 - frozen
    table = Table.of_steps(dataset)
    spans = np.array([[0, dataset.total_steps]]) if spans is None else np.array(spans)
    return CategoryColumns.fit(table, spans, dataset.schema.columns, rules)


def codes(columns, dataset):
    return np.concatenate(list(columns.blocks(Table.of_steps(dataset))))[:, 0].tolist()


def test_the_vocabulary_holds_the_labels_of_the_training_part(dataset):
    """A label met only later is not learned."""
    columns = fit(dataset({"k": ["b", "a", "c"]}), spans=[[0, 2]])
    assert columns.vocabularies == {"k": ("a", "b")}
    assert columns.sizes == (3,)


def test_codes_follow_the_label_and_not_the_file_s_own_code(dataset):
    """Two files that number the same labels differently give the same codes."""
    columns = fit(dataset({"k": ["a", "b"]}))
    assert codes(columns, dataset({"k": ["a", "b", "a"]})) == [1, 2, 1]
    assert codes(columns, dataset({"k": ["b", "a", "a"]})) == [2, 1, 1]


def test_an_unseen_label_is_refused_with_its_row(dataset):
    """The message names the label and where it stands."""
    columns = fit(dataset({"k": ["a", "b"]}))
    with pytest.raises(DataError, match=r"column 'k', row 2: expected one of the 2 categories .*, came 'z'"):
        codes(columns, dataset({"k": ["a", "z"]}))


def test_an_unseen_label_may_be_unknown(dataset):
    """By policy it becomes the entry for unknown labels."""
    columns = fit(dataset({"k": ["a", "b"]}), CategoryRules(unseen="unknown"))
    assert codes(columns, dataset({"k": ["a", "z"]})) == [1, 0]


def test_a_missing_label_is_refused(dataset):
    """The policy for missing values holds for labels too."""
    columns = fit(dataset({"k": ["a", "b"]}))
    with pytest.raises(DataError, match="column 'k', row 2: expected a value, came a missing one"):
        codes(columns, dataset({"k": ["a", None]}))


@pytest.mark.parametrize(("missing", "expected"), [("impute", [0, 1, 0, 2]), ("forward-fill", [0, 1, 1, 2])])
def test_a_missing_label_is_unknown_or_the_last_one(dataset, missing, expected):
    """The unknown entry is its own indicator; forward fill repeats, except before the first label."""
    made = dataset({"k": [None, "a", None, "b"]})
    assert codes(fit(made, CategoryRules(missing=missing)), made) == expected


def test_an_unseen_label_is_carried_forward_as_unknown(dataset):
    """Forward fill repeats what was said last, known or not."""
    columns = fit(dataset({"k": ["a", "b"]}), CategoryRules(missing="forward-fill", unseen="unknown"))
    assert codes(columns, dataset({"k": ["a", "z", None]})) == [1, 0, 0]


def test_one_hot_has_a_column_per_label_and_nothing_for_unknown():
    """Unknown is all zeros."""
    (block,) = as_numbers(np.array([[0], [1], [2]], dtype=np.int32), [3], "one-hot")
    assert block.tolist() == [[0, 0], [1, 0], [0, 1]]


def test_integers_lie_between_0_and_1():
    """The code over the number of labels."""
    (block,) = as_numbers(np.array([[0], [1], [2]], dtype=np.int32), [3], "integer")
    assert block.tolist() == [[0], [0.5], [1]]


def test_embedded_codes_make_no_numbers():
    """They go to the network as they are."""
    assert as_numbers(np.array([[1]], dtype=np.int32), [3], "embedding") == []


def test_labels_that_are_numbers_are_put_in_order_of_size():
    """Classes -1, 9 and 10 have the numbers a reader expects."""
    assert in_order(["10", "9", "-1"]) == ("-1", "9", "10")
