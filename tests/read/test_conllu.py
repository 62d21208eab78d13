"""CoNLL-U files."""

import gzip

import numpy as np
import pytest

from seqloom.errors import DataError, SchemaError
from seqloom.read import ReadSettings, read


def line(number, form, upos, xpos="_"):
    """A word of a CoNLL-U file."""
    return f"{number}\t{form}\t{form.lower()}\t{upos}\t{xpos}\t_\t0\troot\t_\t_"


TEXT = "\n".join(
    [
        "# sent_id = one",
        "# text = I can't.",
        line(1, "I", "PRON", "PRP"),
        line("2-3", "can't", "_"),
        line(2, "ca", "AUX", "MD"),
        line(3, "n't", "PART"),
        line("3.1", "go", "_"),
        line(4, "_", "SYM"),
        "",
        "# sent_id = two",
        line(1, "Go", "VERB", "VB"),
        "",
        "",
    ]
)


@pytest.fixture
def write(tmp_path):
    """Writes a file and returns its path."""

    def written(text, name="words.conllu"):
        path = tmp_path / name
        path.write_bytes(gzip.compress(text.encode()) if name.endswith(".gz") else text.encode())
        return path

    return written


@pytest.mark.parametrize("name", ["words.conllu", "words.conllu.gz"])
def test_sentences_are_sequences_and_words_are_steps(write, name):
    """Only lines with a plain number are words, and an underscore may be one."""
    dataset = read(write(TEXT, name), settings=ReadSettings(target="upos"))
    words = [dataset.categories["form"][code] for code in dataset.steps["form"]]
    tags = [dataset.categories["upos"][code] for code in dataset.steps["upos"]]
    assert dataset.keys.tolist() == ["one", "two"]
    assert dataset.offsets.tolist() == [0, 4, 5]
    assert words == ["I", "ca", "n't", "_", "Go"]
    assert tags == ["PRON", "AUX", "PART", "SYM", "VERB"]
    assert any(note.startswith("2 lines of multiword") for note in dataset.notes)


def test_only_the_form_is_an_input_unless_others_are_asked_for(write):
    """The other annotations would give the target away, which a note says."""
    path = write(TEXT)
    dataset = read(path, settings=ReadSettings(target="upos"))
    assert dataset.schema.names("past") == ("form",)
    assert dataset.schema.names("target") == ("upos",)
    assert "'xpos'" in dataset.notes[-1]
    more = read(path, settings=ReadSettings(target="upos", categories="xpos"))
    assert more.schema.names("past") == ("form", "xpos")


def test_an_underscore_is_a_missing_label(write):
    """What has no annotation has the code of a missing label."""
    dataset = read(write(TEXT), settings=ReadSettings(target="xpos"))
    assert (dataset.steps["xpos"] < 0).tolist() == [False, False, True, True, False]


def test_a_file_fits_the_schema_of_training(write):
    """The columns of a schema are picked from all of a file, which may lack the labels."""
    schema = read(write(TEXT), settings=ReadSettings(target="upos")).schema
    dataset = read(write(TEXT.replace("VERB", "_"), "other.conllu"), schema=schema)
    assert dataset.schema == schema
    assert dataset.steps["upos"][-1] == -1


def test_places_are_lines_of_the_file(write):
    """A message about a word leads to its line."""
    dataset = read(write(TEXT), settings=ReadSettings(target="upos"))
    assert dataset.place("form", 1) == "words.conllu, column 'form', row 5"


def test_sentences_without_names_are_numbered(write):
    """Names that are absent or not unique are replaced by numbers, which a note says."""
    again = read(write(TEXT.replace("= two", "= one")), settings=ReadSettings(target="upos"))
    assert again.keys.tolist() == ["1", "2"]
    assert any("called by their number" in note for note in again.notes)


GOOD = line(1, "a", "X")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (f"{GOOD}\n2\tb\tb\n\n", r"words.conllu, line 2: expected 10 fields, came 3"),
        (f"{GOOD}\n{line('x', 'b', 'X')}\n\n", r"line 2: expected the id 2, came 'x'"),
        (f"{GOOD}\n{line(1, 'b', 'X')}\n\n", r"line 2: expected the id 2, came '1'; put a blank line between"),
        (f"{GOOD}\n{line(2, '', 'X')}\n\n", r"line 2: expected 10 fields that are not empty"),
        (f"{GOOD}\n", r"line 1: expected a blank line after the last sentence, came the end of the file"),
        (f"{line('1-2', 'b', 'X')}\n\n", r"line 1: expected a sentence with words"),
        ("# nothing\n", r"words.conllu: expected sentences, came none"),
    ],
)
def test_a_broken_line_is_named(write, text, message):
    """Whatever breaks the format is one line that names the place."""
    with pytest.raises(DataError, match=message):
        read(write(text), settings=ReadSettings(target="upos"))


def test_undecodable_bytes_are_named(tmp_path):
    """A byte that is not UTF-8 is named with its line."""
    path = tmp_path / "words.conllu"
    path.write_bytes(f"{GOOD}\n\n".encode() + b"1\t\xff\n\n")
    with pytest.raises(DataError, match=r"line 3: expected text in UTF-8, came the byte 0xff"):
        read(path)


def test_broken_sentences_can_be_skipped(write):
    """The others are read, and a note counts what was left out."""
    dataset = read(write(TEXT + "1\tb\n\n"), settings=ReadSettings(target="upos", on_error="skip"))
    assert np.array_equal(dataset.keys, ["one", "two"])
    assert any("skipped: 1" in note for note in dataset.notes)


def test_a_column_that_is_not_there_is_refused(write):
    """The closest name is suggested."""
    with pytest.raises(SchemaError, match=r"did you mean 'upos'"):
        read(write(TEXT), settings=ReadSettings(target="uposs"))
