import gzip

import numpy as np
import pytest

from seqloom.errors import DataError, MissingFileError
from seqloom.read import read_vectors, width_of

GLOVE = "the 0.1 0.2 0.3\n. 1 2 3\ncat -1 -2 -3e-1\n. . . 7 8 9\nother 4 5 6\n"


@pytest.mark.parametrize("head", ["", "5 3\n"], ids=["glove", "word2vec"])
def test_vectors_of_the_words_asked_for_are_found(write, head):
    """In the order of the words, with or without a first line that counts."""
    path = write("a.txt", head + GLOVE)
    found = read_vectors(path, ["cat", "dog", "the"])
    assert (found.places.tolist(), found.asked, width_of(path)) == ([0, 2], 3, 3)
    np.testing.assert_array_equal(found.values, np.array([[-1, -2, -0.3], [0.1, 0.2, 0.3]], np.float32))


def test_a_word_may_hold_blanks(write):
    """As some of GloVe's do; it is nobody's."""
    assert read_vectors(write("a.txt", GLOVE), ["."]).values.tolist() == [[1, 2, 3]]


@pytest.mark.parametrize("text", [GLOVE.replace(" ", "\t").replace(".\t.\t.", "..."), GLOVE.replace("\n", " \n")])
def test_tabs_and_blanks_at_the_end_are_read_alike(write, text):
    """Programs write the format in more than one way."""
    assert read_vectors(write("a.txt", text), ["cat"]).values.shape == (1, 3)


def test_packed_files_are_read(write):
    """Compressed by gzip."""
    assert read_vectors(write("a.txt.gz", gzip.compress(GLOVE.encode())), ["cat"]).places.tolist() == [0]


@pytest.mark.parametrize(
    ("contents", "message"),
    [
        (GLOVE + "last 1 2\n", "a.txt, line 6: expected a word and 3 numbers, came 2; fetch the file again"),
        ("the 1 2 3\nwide 1 2 3 4\n", "a.txt, line 2: expected a word and 3 numbers, came 4"),
        ("cat 1 x 3\ndog 1 2 3\n", "a.txt, line 1: expected numbers, came 'x'"),
        ("cat 1 nan 3\ndog 1 2 3\n", "a.txt, line 1: expected finite numbers, came NaN or infinity"),
        ("9 3\n" + GLOVE, "a.txt: expected 9 vectors, as its first line says, came 5; fetch the file again"),
        ("dog 1 2 3\nmouse 1 2 3\n", "a.txt: expected some of the 2 words of the texts, came none of them"),
        ("a sentence\nof words\n", "a.txt, line 1: expected a word and its vector, came 'a sentence'"),
        ("", "a.txt, line 1: expected a word and its vector, came 'an empty line'"),
        (b"the 1 2 3\nd\xffg 1 2 3\n", "a.txt, line 2: expected text in UTF-8, came the byte 0xff at place 2"),
    ],
)
def test_a_damaged_file_is_named_with_its_line(write, contents, message):
    """What was expected there, and what came."""
    with pytest.raises(DataError, match=message):
        read_vectors(write("a.txt", contents), ["cat", "the"])


def test_a_missing_file_is_named(tmp_path):
    """The message holds its path."""
    with pytest.raises(MissingFileError, match=r"nowhere\.txt: expected a file of vectors, came none"):
        width_of(tmp_path / "nowhere.txt")
