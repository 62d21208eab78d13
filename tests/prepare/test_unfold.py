import numpy as np
import pytest

from seqloom.errors import DataError, SchemaError, SettingsError
from seqloom.prepare import PrepareSettings
from seqloom.prepare.unfold import Texts

ALL = PrepareSettings(min_count=1)
REVIEWS = ["good film", "bad", "a good good film", "worse"]


@pytest.fixture
def make(dataset):
    """A data set of texts, one a sequence, and classes."""

    def made(reviews=REVIEWS, **more):
        names = {"review": list(reviews), **more.pop("steps", {})}
        lengths = more.pop("lengths", [1] * len(reviews))
        statics = {"y": [float(place) for place in range(len(lengths))]}
        return dataset(names, lengths=lengths, statics=statics, texts=more.pop("texts", ("review",)), **more)

    return made


def fitted(made, rows=None, settings=ALL):
    """Texts whose vocabulary is that of some rows; of all by default."""
    return Texts.fit(made, np.arange(made.total_steps) if rows is None else np.array(rows), settings)


def test_each_token_becomes_a_step(make):
    """Sequences are as long as their texts, and hold their words in order."""
    made = make()
    unfolded = fitted(made).unfold(made)
    words = [unfolded.dataset.categories["review"][code] for code in unfolded.dataset.steps["review"]]
    assert unfolded.dataset.lengths.tolist() == [2, 1, 4, 1]
    assert " ".join(words) == " ".join(REVIEWS)
    assert unfolded.starts.tolist() == [0, 2, 3, 7, 8]


def test_only_the_training_part_teaches_words(make):
    """Others have the code -1: not known."""
    made = make()
    unfolded = fitted(made, [0, 1]).unfold(made)
    assert unfolded.dataset.steps["review"].tolist()[-1] == -1
    assert set(unfolded.dataset.categories["review"]) == {"good", "film", "bad"}


def test_columns_beside_a_text_repeat_for_each_token(make):
    """Each token knows what was measured with its text."""
    made = make(steps={"size": [1.0, 2.0, 3.0, 4.0]}, times=np.arange(4) * 10)
    unfolded = fitted(made).unfold(made).dataset
    assert unfolded.steps["size"].tolist() == [1, 1, 2, 3, 3, 3, 3, 4]
    assert unfolded.times.tolist() == [0, 0, 10, 20, 20, 20, 20, 30]


def test_several_texts_of_a_sequence_follow_one_another(make):
    """A sequence of two texts has the tokens of both."""
    made = make(lengths=[2, 2])
    assert fitted(made).unfold(made).dataset.lengths.tolist() == [3, 5]


def test_a_text_that_comes_twice_is_unfolded_twice(make):
    """Rows with the same text have the same tokens."""
    made = make(["good film", "bad", "good film"])
    codes = fitted(made).unfold(made).dataset.steps["review"]
    assert codes[:2].tolist() == codes[3:].tolist()


@pytest.mark.parametrize(("text", "came"), [(None, "came none"), ("  ", "came '  '"), ("<br />", "came '<br />'")])
def test_a_text_without_words_is_refused(make, text, came):
    """The message names the cell."""
    taught = make()
    with pytest.raises(DataError, match=f"table.csv, column 'review', row 2: expected a text with words, {came}"):
        fitted(taught).unfold(make(["good", text, "bad"]))


def test_rows_of_a_table_without_texts_stay_as_they_are(dataset):
    """There is nothing to unfold."""
    made = dataset({"x": [1.0, 2.0]}, statics={"y": [1.0]}, lengths=[2])
    assert fitted(made) is None


def test_two_columns_of_texts_are_refused(make):
    """The message names both."""
    made = make(steps={"title": ["a b", "c d", "e f", "g h"]}, texts=("review", "title"))
    with pytest.raises(SchemaError, match="expected one column of texts, came 'review', 'title'; leave the others out"):
        fitted(made)


def test_a_text_beside_other_steps_is_refused(dataset):
    """A static text has no steps of its own."""
    made = dataset({"x": [1.0, 2.0]}, lengths=[1, 1], statics={"note": ["a b", "c d"], "y": [1.0, 2]}, texts=("note",))
    with pytest.raises(
        SchemaError, match="column 'note': expected texts whose tokens are the steps, came texts beside"
    ):
        fitted(made)


def test_tokens_are_always_embedded(make):
    """A column of 0 and 1 for each word would be too much to hold."""
    with pytest.raises(SettingsError, match="encoding: expected embedding, for tokens, came one-hot"):
        fitted(make(), settings=ALL.model_copy(update={"encoding": "one-hot"}))


def test_a_training_part_without_a_frequent_word_is_refused(make):
    """There would be nothing but unknown tokens."""
    with pytest.raises(DataError, match="training part: expected tokens that occur at least 9 times, came none"):
        fitted(make(), settings=PrepareSettings(min_count=9))


def test_codes_are_spelled(make):
    """As the words they stand for; 0 is the unknown one."""
    texts = fitted(make())
    place = texts.vocabulary.index("good")
    assert texts.spell(np.array([place + 1, 0])) == "good [UNK]"


def test_characters_are_spelled_without_gaps(make):
    """They hold the blanks themselves."""
    made = make()
    texts = fitted(made, settings=ALL.model_copy(update={"tokens": "characters"}))
    codes = texts.unfold(made).dataset.steps["review"][: len("good film")]
    assert texts.spell(codes + 1) == "good film"
