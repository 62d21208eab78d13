import json

import pytest

from seqloom.errors import ArtifactError
from seqloom.prepare.settings import TokenSettings
from seqloom.prepare.tokenize import UNKNOWN, encode, learn, restore

TEXTS = ["The cat sat.", "The cat ran<br />and ran!", "A dog"]
ALL = TokenSettings(min_count=1)


def tokens(texts, settings=ALL, *, taught=TEXTS):
    """The tokens of each text, as they are written."""
    tokenizer = learn(taught, settings)
    return [[tokenizer.id_to_token(code) for code in codes] for codes in encode(tokenizer, texts, settings)]


def test_words_and_marks_are_tokens():
    """Small letters, each mark by itself, no marks of HTML."""
    assert tokens(["The cat ran<br />and ran!"]) == [["the", "cat", "ran", "and", "ran", "!"]]


def test_less_and_greater_are_no_marks_of_html():
    """Only what is written like one is left out."""
    taught = ["a < b and c > d"]
    assert tokens(taught, taught=taught) == [["a", "<", "b", "and", "c", ">", "d"]]


def test_what_was_not_learned_is_unknown():
    """A new word has the number 0."""
    assert tokens(["the cow ran"]) == [["the", UNKNOWN, "ran"]]


def test_the_vocabulary_holds_the_most_frequent_tokens():
    """No more than asked for, the unknown one counted."""
    settings = ALL.model_copy(update={"vocabulary": 4})
    assert sorted(learn(TEXTS, settings).get_vocab()) == sorted([UNKNOWN, "the", "cat", "ran"])


def test_rare_tokens_are_not_learned():
    """Those that occur less often than min_count."""
    assert set(learn(TEXTS, TokenSettings(min_count=2)).get_vocab()) == {UNKNOWN, "the", "cat", "ran"}


@pytest.mark.parametrize(("cut", "left"), [("tail", ["the", "cat"]), ("head", ["sat", "."])])
def test_a_long_text_loses_its_tail_or_its_head(cut, left):
    """What is left is as long as allowed."""
    assert tokens(["The cat sat."], ALL.model_copy(update={"max_tokens": 2, "cut": cut})) == [left]


def test_characters_keep_their_case():
    """Unless it is asked for otherwise."""
    assert tokens(["The\n"], ALL.model_copy(update={"tokens": "characters"}), taught=["The\n"]) == [list("The\n")]
    small = ALL.model_copy(update={"tokens": "characters", "lowercase": True})
    assert tokens(["The"], small) == [["t", "h", "e"]]


@pytest.mark.parametrize("kind", ["bpe", "wordpiece"])
def test_pieces_of_words_spell_words_never_met(kind):
    """Nothing is unknown that has known letters."""
    settings = TokenSettings(tokens=kind, vocabulary=60, min_count=1)
    (found,) = tokens(["newest lower"], settings, taught=["low lower lowest", "new newer"])
    assert "".join(piece.strip("#▁") for piece in found) == "newestlower"
    assert len(found) > 2


def test_the_same_texts_give_the_same_tokenizer():
    """Whatever the order of threads."""
    assert learn(TEXTS * 50, ALL).to_str() == learn(TEXTS * 50, ALL).to_str()


def test_long_tables_are_encoded_in_order(monkeypatch):
    """Also where they are encoded some at a time."""
    monkeypatch.setattr("seqloom.prepare.tokenize.AT_ONCE", 2)
    assert [len(found) for found in tokens(["a", "a dog", "a cat sat", "", "the"])] == [1, 2, 3, 0, 1]


def test_a_tokenizer_survives_json():
    """What is restored gives the same tokens."""
    learned = learn(TEXTS, ALL)
    back = restore(learned.to_str(), ALL, "here")
    assert back.to_str() == learned.to_str()


def damaged(change):
    """A tokenizer whose JSON was changed."""
    written = json.loads(learn(TEXTS, ALL).to_str())
    change(written)
    return json.dumps(written)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda written: written.pop("model"), "here: expected a tokenizer, came"),
        (
            lambda written: written.update(normalizer=None),
            "expected a tokenizer that follows its settings, came another",
        ),
        (lambda written: written["pre_tokenizer"].update(pattern={"Regex": "(a+)+b"}), "follows its settings"),
        (lambda written: written["model"]["vocab"].update({"the": 99}), "expected tokens numbered from 0 on"),
    ],
)
def test_a_tokenizer_nobody_learned_is_refused(change, message):
    """Rules and numbers have to be those that the settings give."""
    with pytest.raises(ArtifactError, match=message):
        restore(damaged(change), ALL, "here")


def test_a_tokenizer_of_other_settings_is_refused():
    """Words are not taken for characters."""
    with pytest.raises(ArtifactError, match="follows its settings"):
        restore(learn(TEXTS, ALL).to_str(), ALL.model_copy(update={"tokens": "characters"}), "here")
