"""The command that writes."""

import pytest


@pytest.fixture(scope="module")
def book(tmp_path_factory, command):
    """A text file and a model of it."""
    folder = tmp_path_factory.mktemp("book")
    (folder / "book.txt").write_text("to be or not to be\nthat is the question\n" * 30)
    words = ["--task", "language", "--hidden-size", "8", "--epochs", "2", "--truncate", "16", "--threads", "1"]
    said = command("fit", folder / "book.txt", *words, "-o", folder / "book.loom")
    assert said.code == 0, said.err
    return folder


def test_a_text_file_needs_no_target(book, command):
    """A model of running text is judged by its tokens, and its predictions are a row for each."""
    said = command("evaluate", book / "book.loom", book / "book.txt")
    assert "bits_per_character" in said.out
    table = command("predict", book / "book.loom", book / "book.txt").out.splitlines()
    assert table[0] == "sequence,step,token,log_probability,best"
    assert table[1].startswith("book.txt,2,o,")


def test_the_text_is_printed_behind_the_seed_text(book, command):
    """Stdout is the text alone, of the length asked for, and ends its last line."""
    said = command("generate", book / "book.loom", "--seed-text", "to be", "--length", "40")
    assert said.code == 0, said.err
    assert said.out.startswith("to be")
    assert len(said.out.removesuffix("\n")) in (44, 45)
    assert said.out.endswith("\n")
    assert not said.err


def test_the_seed_decides(book, command):
    """The same seed gives the same text, to the file as to the terminal."""
    words = ["generate", book / "book.loom", "--length", "60", "--temperature", "0.8", "--seed", "3"]
    printed = command(*words).out
    assert command(*words, "-o", book / "out.txt").out == f"{book / 'out.txt'}\n"
    assert (book / "out.txt").read_text().rstrip("\n") == printed.rstrip("\n")
    assert command(*words[:-1], "4").out != printed


@pytest.mark.parametrize("words", [["--beam", "3"], ["--top-k", "2"], ["--top-p", "0.5"]])
def test_other_ways_of_choosing(book, command, words):
    """Search and narrower drawing write as much."""
    said = command("generate", book / "book.loom", "--length", "20", *words)
    assert said.code == 0, said.err
    assert len(said.out.removesuffix("\n")) in (19, 20)


def test_bad_words_are_one_line(book, command, fitted):
    """An unknown character, a number that cannot be, and a model that does not write exit with 2."""
    for words, message in (
        ([book / "book.loom", "--seed-text", "Z"], "seed text: expected tokens of the training text, came 'Z'"),
        ([book / "book.loom", "--length", "0"], "length: expected at least 1, came 0"),
        ([book / "book.loom", "--temperature", "-1"], "temperature: expected a number above 0, came -1"),
        ([fitted.model], "model: expected one that generates: language, music, images, came one of the task forecast"),
    ):
        said = command("generate", *words)
        assert said.code == 2
        assert message in said.err
        assert len(said.err.splitlines()) == 1


def test_a_damaged_text_is_named(command, tmp_path):
    """Bytes that are no text and an empty file are refused in one line each."""
    (tmp_path / "bad.txt").write_bytes(b"fine\nna\xefve\n")
    (tmp_path / "empty.txt").write_bytes(b"")
    bad, empty = (command("fit", tmp_path / name, "--task", "language") for name in ("bad.txt", "empty.txt"))
    assert bad.code == empty.code == 2
    assert bad.err.startswith("seqloom: bad.txt, line 2, byte 7: expected text in UTF-8, came the byte 0xef")
    assert empty.err.startswith("seqloom: empty.txt: expected some text, came nothing")
