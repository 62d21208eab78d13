import numpy as np
import pytest

from seqloom.prepare import PrepareSettings
from seqloom.prepare.features import Features
from seqloom.prepare.table import Table

NAN = float("nan")


@pytest.fixture
def made(dataset):
    """A number with a gap, a number known ahead and a category."""
    return dataset({"a": [0.0, NAN, 2], "k": ["u", "v", "u"], "b": [3.0, 4, 5]}, target=None, known=["b", "k"])


def features(made, **settings):
    chosen = PrepareSettings(missing="impute", scaling="none", **settings)
    table = Table.of_steps(made)
    fitted = Features.fit(table, np.array([[0, 3]]), made.schema.columns, chosen, by_group=False)
    return fitted, *(np.concatenate(blocks) for blocks in zip(*fitted.blocks(table), strict=True))


@pytest.mark.parametrize(
    ("encoding", "names"),
    [
        ("embedding", [("a", False), ("b", True), ("a:missing", False)]),
        ("one-hot", [("a", False), ("b", True), ("a:missing", False), ("k=u", True), ("k=v", True)]),
        ("integer", [("a", False), ("b", True), ("a:missing", False), ("k", True)]),
    ],
)
def test_every_column_of_numbers_has_a_name_and_knows_whether_it_is_known_ahead(made, encoding, names):
    """Numbers, then indicators, then encoded categories."""
    fitted, numbers, _ = features(made, encoding=encoding)
    assert list(fitted.number_names) == names
    assert numbers.shape[1] == len(names)


def test_columns_hold_what_their_names_say(made):
    """The gap holds the mean, its indicator 1, and one column per label follows."""
    _, numbers, codes = features(made, encoding="one-hot")
    assert numbers.tolist() == [[0, 3, 0, 1, 0], [1, 4, 1, 0, 1], [2, 5, 0, 1, 0]]
    assert codes.shape == (3, 0)


def test_embedded_categories_stay_codes(made):
    """One column of codes, with the number of its entries."""
    fitted, _, codes = features(made)
    assert codes[:, 0].tolist() == [1, 2, 1]
    assert [(column.name, size) for column, size in fitted.embedded] == [("k", 3)]
