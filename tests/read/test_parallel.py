import gzip

import pytest

from seqloom.errors import DataError, MissingFileError
from seqloom.read import ReadSettings, read

GERMAN = "Ein Hund.\nZwei Männer.\nEine Frau.\n"
ENGLISH = "A dog.\nTwo men.\nA woman.\n"


@pytest.fixture
def pair(write):
    """Two files that are translations of each other."""
    return write("train.de", GERMAN), write("train.en", ENGLISH)


def together(source, target, **choices):
    """Both read."""
    return read(source, settings=ReadSettings(target=(str(target),), **choices))


def texts(dataset):
    """The texts of both columns."""
    return {name: [dataset.categories[name][code] for code in dataset.column(name)] for name in dataset.schema.names()}


def test_lines_are_translations_of_each_other(pair):
    """Columns are called by the endings of the files; the target is one text for each sequence."""
    dataset = together(*pair)
    assert texts(dataset) == {"de": GERMAN.splitlines(), "en": ENGLISH.splitlines()}
    assert [(column.kind, column.role) for column in dataset.schema.columns] == [("text", "past"), ("text", "target")]
    assert dataset.schema.per_step_target is False


def test_files_may_be_packed_and_called_anything(write):
    """Names tell columns apart where endings do not, and both sides have names where neither does."""
    german, english = write("german.txt", GERMAN), write("english.txt.gz", gzip.compress(ENGLISH.encode()))
    assert list(texts(together(german, english))) == ["german", "english"]
    (german.parent / "other").mkdir()
    same = german.parent / "other" / "german.txt"
    same.write_text(ENGLISH)
    assert list(texts(together(german, same))) == ["source", "target"]


def test_only_a_line_feed_ends_a_line(write):
    """Other signs that some take for the end of one do not put the sides out of step."""
    german, english = write("t.de", "eins\u2028zwei\ndrei\r\n"), write("t.en", "one two\nthree")
    assert texts(together(german, english)) == {"de": ["eins\u2028zwei", "drei"], "en": ["one two", "three"]}


def test_another_length_is_one_line_with_both_counts(write, pair):
    """Nothing is cut off in silence."""
    shorter = write("shorter.en", "A dog.\nTwo men.\n")
    with pytest.raises(DataError, match=r"train\.de and shorter\.en: expected as many lines in both, came 3 and 2; "):
        together(pair[0], shorter)


def test_a_blank_line_is_named(write, pair):
    """With its file and number."""
    blank = write("blank.en", "A dog.\n \nA woman.\n")
    with pytest.raises(DataError, match=r"blank\.en, line 2: expected a text, came a blank line; "):
        together(pair[0], blank)


def test_pairs_with_a_blank_line_can_be_skipped(write, pair):
    """Both sides of it are left out, and a note says so."""
    dataset = together(pair[0], write("blank.en", "A dog.\n\nA woman.\n"), on_error="skip")
    assert texts(dataset)["de"] == ["Ein Hund.", "Eine Frau."]
    assert "1 pairs with a blank line are left out, the first in line 2" in dataset.notes


def test_a_missing_side_is_named(pair):
    """With what it was meant for."""
    with pytest.raises(
        MissingFileError, match=r"nothing\.en: expected a file of the translations of train\.de, came none"
    ):
        together(pair[0], "nothing.en")


def test_bytes_that_are_no_text_are_named(write, pair):
    """With file and line."""
    broken = write("broken.en", b"A dog.\n" + b"Two m\xe9n.\nA woman.\n")
    with pytest.raises(DataError, match=r"broken\.en, line 2: expected text in UTF-8, came the byte 0xe9"):
        together(pair[0], broken)


def test_a_model_finds_the_other_side_beside_the_file(pair, write):
    """Where there is none, translations are missing."""
    schema = together(*pair).schema
    test, _ = write("test.de", GERMAN), write("test.en", ENGLISH)
    assert texts(read(test, schema=schema)) == {"de": GERMAN.splitlines(), "en": ENGLISH.splitlines()}
    alone = read(write("new.de", GERMAN), schema=schema)
    assert alone.column("en").tolist() == [-1, -1, -1]
    notes = read(write("notes.txt", GERMAN), schema=schema)
    assert [notes.categories["de"][code] for code in notes.column("de")] == GERMAN.splitlines()


def test_a_model_refuses_the_wrong_side(pair):
    """It would translate from a language it does not know."""
    schema = together(*pair).schema
    with pytest.raises(DataError, match=r"train\.en: expected texts to translate from 'de', came translations"):
        read(pair[1], schema=schema)


def test_a_table_is_a_table(write):
    """A file that happens to be called like a target does not make it something else."""
    table = write("data.csv", "x,load\n1,2\n2,3\n3,5\n")
    assert read(table, settings=ReadSettings(target=("load",))).schema.targets == ("load",)
