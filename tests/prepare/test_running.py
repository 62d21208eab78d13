"""Tokenizers of running text."""

import pytest

from seqloom.errors import ArtifactError
from seqloom.prepare import PrepareSettings, running
from seqloom.prepare.running import blank_running, learn_running, running_settings, spelling
from seqloom.prepare.tokenize import restore

LINES = ["The  naïve <br> fox,\n", "\n", " said: 'it's N 10%'\n", "日本 🙂 ends"] * 3


def tokenizer(tokens, **choices):
    """A tokenizer of the lines, and its settings."""
    settings = running_settings(PrepareSettings(tokens=tokens, **choices))
    return learn_running(LINES, settings), settings


def spelled(found, settings, lines):
    """The lines as their tokens are written."""
    vocabulary = sorted(found.get_vocab(), key=found.token_to_id)[1:]
    spell, pieces = spelling(settings.tokens, tuple(vocabulary)), [b"\n"]
    for line in lines:
        for code in found.encode(line, add_special_tokens=False).ids:
            pieces.append(spell(code, pieces[-1].endswith(b"\n")))
    return b"".join(pieces[1:]).decode()


@pytest.mark.parametrize("tokens", ["characters", "bpe", "wordpiece"])
def test_a_text_comes_back_as_it_was(tokens):
    """Spaces, ends of lines, marks and letters of any script survive cutting and writing."""
    assert spelled(*tokenizer(tokens), LINES) == "".join(LINES)


def test_words_come_back_with_single_spaces():
    """A text of words loses nothing but how wide its spaces were."""
    lines = ["of <unk> N mr. x\n", " a b\n"]
    found = learn_running(lines, running_settings(PrepareSettings(tokens="words")))
    assert spelled(found, PrepareSettings(tokens="words"), lines) == "of <unk> N mr. x\na b\n"


def test_the_end_of_a_line_is_a_word():
    """Each line has one token for its end, an empty line nothing else."""
    found, _ = tokenizer("words")
    assert found.encode("fox,\n").tokens == ["fox,", running.END_OF_LINE]
    assert found.encode("\n").tokens == [running.END_OF_LINE]


def test_bytes_write_what_the_training_text_never_had():
    """Pieces of bytes know every character."""
    found, settings = tokenizer("bpe")
    assert spelled(found, settings, ["Ω≈ç√\n"]) == "Ω≈ç√\n"


def test_the_letters_of_bytes_are_those_of_the_library():
    """The table of letters is the one the tokenizers' own pieces are written in."""
    assert set(running._letters_of_bytes()) == set(running.pre_tokenizers.ByteLevel.alphabet())
    assert sorted(running._letters_of_bytes().values()) == list(range(256))


def test_capitals_are_kept_unless_asked_otherwise():
    """A model that writes must know capitals."""
    assert "T" in tokenizer("characters")[0].get_vocab()
    assert "T" not in tokenizer("characters", lowercase=True)[0].get_vocab()


def test_characters_are_the_default_and_all_are_known():
    """Without a word from the user tokens are characters, however rare."""
    found = learn_running(["aab"], running_settings(PrepareSettings()))
    assert set(found.get_vocab()) == {"[UNK]", "a", "b"}


@pytest.mark.parametrize("tokens", ["characters", "words", "bpe", "wordpiece"])
def test_a_tokenizer_is_restored_if_it_follows_its_settings(tokens):
    """Written and read it cuts the same; one of other settings is refused."""
    found, settings = tokenizer(tokens)
    again = restore(found.to_str(), settings, "here", blank_running)
    assert again.encode(LINES[0]).ids == found.encode(LINES[0]).ids
    other = running_settings(PrepareSettings(tokens=tokens, lowercase=True))
    with pytest.raises(ArtifactError, match=r"here: expected a tokenizer that follows its settings"):
        restore(found.to_str(), other, "here", blank_running)
