"""Running text from files, folders and memory."""

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seqloom.errors import DataError, MissingFileError
from seqloom.read import ReadSettings, from_texts, read
from seqloom.read.plain_text import LONGEST, cut_rows

TEXT = ReadSettings(layout="text")


def written(dataset):
    """The text of each sequence."""
    labels, codes = dataset.categories["text"], dataset.steps["text"]
    spans = zip(dataset.offsets[:-1], dataset.offsets[1:], strict=True)
    return ["".join(labels[code] for code in codes[start:stop]) for start, stop in spans]


def test_a_file_is_one_sequence_of_its_lines(tmp_path):
    """Each line is a row with its end; the rows together are the file."""
    (tmp_path / "play.txt").write_text("to be\n\nor not\nto be\nthat")
    dataset = read(tmp_path / "play.txt", settings=TEXT)
    assert dataset.lengths.tolist() == [5]
    assert written(dataset) == ["to be\n\nor not\nto be\nthat"]
    assert dataset.schema.targets == ("text",)
    assert dataset.place("text", 2) == "play.txt, column 'text', row 3"


def test_a_packed_file_is_unpacked(tmp_path):
    """What gzip has compressed is read as the file it was made from."""
    (tmp_path / "play.txt.gz").write_bytes(gzip.compress("sein\nödes".encode()))
    assert written(read(tmp_path / "play.txt.gz", settings=TEXT)) == ["sein\nödes"]


def test_a_folder_has_a_sequence_for_each_text_file(tmp_path):
    """Files are found at any depth, in the order of their names, and others are left alone."""
    (tmp_path / "deep").mkdir()
    for name in ("b.txt", "a.md", "deep/c.TXT", "picture.png"):
        (tmp_path / name).write_text(name)
    dataset = read(tmp_path, settings=TEXT)
    assert dataset.keys.tolist() == ["a.md", "b.txt", "deep/c.TXT"]
    assert written(dataset) == ["a.md", "b.txt", "deep/c.TXT"]


def test_the_schema_of_a_trained_model_says_that_a_file_is_text(tmp_path):
    """With the schema of running text a .csv file is read as text, too."""
    (tmp_path / "rows.csv").write_text("a,b\n1,2\n")
    assert written(read(tmp_path / "rows.csv", schema=from_texts(["x"]).schema)) == ["a,b\n1,2\n"]


def test_texts_at_hand_are_sequences():
    """A list of texts is read like as many files."""
    assert written(read(["one\ntwo", "three"], settings=TEXT)) == ["one\ntwo", "three"]


@given(st.text())
def test_rows_together_are_the_text(text):
    """Cutting loses nothing, and no row is longer than allowed."""
    rows = list(cut_rows(text))
    assert "".join(rows) == text
    assert all(row and len(row) <= LONGEST for row in rows)


def test_a_long_line_is_cut_behind_a_space():
    """Rows of a text without line ends are whole words."""
    rows = list(cut_rows("word " * 1_000))
    assert len(rows) == 5
    assert all(row.endswith("word ") for row in rows)


def test_line_ends_of_windows_are_line_ends(tmp_path):
    """A carriage return before a line feed is no character of the text."""
    (tmp_path / "a.txt").write_bytes("\ufeffone\r\ntwo\r".encode())
    assert written(read(tmp_path / "a.txt", settings=TEXT)) == ["one\ntwo\r"]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_byte_that_is_no_text_is_named_with_its_place(tmp_path, mark):
    """The message says which file, line and byte."""
    (tmp_path / "bad.txt").write_bytes(mark + b"fine\nna\xefve\n")
    with pytest.raises(DataError, match=rf"^bad.txt, line 2, byte {7 + len(mark)}: .*came the byte 0xef; save"):
        read(tmp_path / "bad.txt", settings=TEXT)


@pytest.mark.parametrize("content", ["text".encode("utf-16"), b"PK\x03\x04\x00\x00"])
def test_binary_data_is_refused(tmp_path, content):
    """UTF-16 and archives are no texts in UTF-8."""
    (tmp_path / "bad.txt").write_bytes(content)
    with pytest.raises(DataError, match=r"bad.txt: expected text in UTF-8, came UTF-16 or binary data"):
        read(tmp_path / "bad.txt", settings=TEXT)


def test_an_empty_file_is_named_among_others(tmp_path):
    """A file without text is refused, not skipped."""
    (tmp_path / "a.txt").write_text("text")
    (tmp_path / "b.txt").write_text("")
    with pytest.raises(DataError, match=r"^b.txt: expected some text, came nothing"):
        read(tmp_path, settings=TEXT)


def test_what_is_not_there_or_holds_no_text_is_refused(tmp_path):
    """A missing path, a folder without texts, no texts at all, and a number are each one clear line."""
    with pytest.raises(MissingFileError, match=r"none.txt: expected a text file or a folder, came nothing"):
        read(tmp_path / "none.txt", settings=TEXT)
    with pytest.raises(DataError, match=r"expected files ending in .txt, .text, .md, came none"):
        read(tmp_path, settings=TEXT)
    with pytest.raises(DataError, match=r"texts: expected some text, came nothing"):
        read([], settings=TEXT)
    with pytest.raises(DataError, match=r"source: expected running text, came int"):
        read(5, settings=TEXT)
