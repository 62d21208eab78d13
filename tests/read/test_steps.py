"""Sequences in memory with a label for each step."""

import numpy as np
import pytest

from seqloom.errors import DataError
from seqloom.read import from_steps

SENTENCES, TAGS = [["dogs", "bark"], ["go"]], [["NOUN", "VERB"], ["VERB"]]


def test_words_and_labels_are_category_columns():
    """Each word and each label is a step of its sentence; None is a label that is not known."""
    dataset = from_steps(SENTENCES, [["NOUN", None], ["VERB"]])
    assert dataset.schema.names("past") == ("word",)
    assert dataset.schema.targets == ("target",)
    assert [dataset.categories["word"][code] for code in dataset.steps["word"]] == ["dogs", "bark", "go"]
    assert dataset.steps["target"].tolist() == [0, -1, 1]


def test_arrays_have_labels_of_any_kind():
    """Numbers of steps are features, and integers are labels."""
    dataset = from_steps([np.zeros((3, 2)), np.ones((1, 2))], [np.array([10, 9, 9]), [10]])
    assert dataset.schema.names("past") == ("x0", "x1")
    assert dataset.categories["target"] == ("9", "10")
    assert dataset.steps["target"].tolist() == [1, 0, 0, 1]


def test_labels_may_be_absent_where_a_schema_is_known():
    """The data set then has the columns of the schema, and no label is known."""
    schema = from_steps(SENTENCES, TAGS).schema
    dataset = from_steps([["go", "dogs"]], schema=schema)
    assert dataset.schema == schema
    assert dataset.steps["target"].tolist() == [-1, -1]


@pytest.mark.parametrize(
    ("sequences", "labels", "message"),
    [
        (SENTENCES, [["NOUN", "VERB"]], "labels: expected labels of 2 sequences, came 1"),
        (SENTENCES, [["NOUN"], ["VERB"]], "labels of sequence 0: expected 2, came 1"),
        ([["go"], []], [["VERB"], []], "sequence 1: expected at least one word, came none"),
    ],
)
def test_what_does_not_fit_is_named(sequences, labels, message):
    """The sequence is named by its place."""
    with pytest.raises(DataError, match=message):
        from_steps(sequences, labels)
