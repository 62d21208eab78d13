from dataclasses import replace

import numpy as np
import pytest

from seqloom.errors import DataError, SchemaError
from seqloom.prepare import PrepareSettings
from seqloom.prepare.symbols import SymbolTargets
from seqloom.sequence import Column


@pytest.fixture(scope="session")
def spoken(dataset):
    """The maker of sequences with a text each."""

    def make(texts):
        made = dataset({"x": [0.0] * len(texts)}, lengths=[1] * len(texts), statics={"y": texts})
        column = Column(name="y", kind="text", role="target")
        return replace(made, schema=made.schema.model_copy(update={"columns": (made.schema.columns[0], column)}))

    return make


def fit(made, *, trained=None, **settings):
    sequences = np.arange(len(made)) if trained is None else np.array(trained)
    return SymbolTargets.fit(made, sequences, PrepareSettings(**settings))


def test_a_text_is_a_sequence_of_characters(spoken):
    """Symbols are numbered by their frequency, and each sequence has its own number of them."""
    made = spoken(["aab", "b a", "aab"])
    targets = fit(made)
    symbols, offsets = targets.numbers(made)
    assert offsets.tolist() == [0, 3, 6, 9]
    assert [targets.symbols[symbol] for symbol in symbols] == [*"aabb aaab"]


@pytest.mark.parametrize("tokens", ["characters", "bpe"])
def test_symbols_make_the_text_again(spoken, tokens):
    """Spaces, capitals and marks are kept."""
    made = spoken(["Two men, one Dog.", "One dog sits.", "two men sit."])
    targets = fit(made, target_tokens=tokens, min_count=1)
    symbols, offsets = targets.numbers(made)
    assert targets.text(symbols[offsets[0] : offsets[1]]) == "Two men, one Dog."


def test_words_are_written_with_spaces(spoken):
    """A text of words comes back with one space between its words."""
    made = spoken(["seven  three", "three nine"])
    targets = fit(made, target_tokens="words", min_count=1)
    symbols, offsets = targets.numbers(made)
    assert targets.text(symbols[: offsets[1]]) == "seven three"


def test_a_symbol_not_met_in_training_is_unknown(spoken):
    """Its number is 0."""
    made = spoken(["ab", "az"])
    symbols, _ = fit(made, trained=[0]).numbers(made)
    assert symbols.tolist()[3] == 0


def test_a_sequence_without_a_text_has_no_symbols(spoken):
    """What is to be predicted need not be known."""
    made = spoken(["ab", None, "b"])
    _, offsets = fit(made, trained=[0, 2]).numbers(made)
    assert offsets.tolist() == [0, 2, 2, 3]


def test_a_missing_text_is_refused_in_training(spoken):
    """The message names the row."""
    with pytest.raises(DataError, match=r"column 'y', row 2 .*expected a value"):
        fit(spoken(["ab", None]))


def test_labels_are_no_texts(dataset):
    """The message tells the kind of the column."""
    made = dataset({"x": [0.0, 0]}, lengths=[1, 1], statics={"y": ["a", "b"]})
    with pytest.raises(SchemaError, match=r"expected one column of texts, .*came 'y' of kind category"):
        fit(made)
