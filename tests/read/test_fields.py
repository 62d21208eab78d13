import gzip

import pytest

from seqloom.errors import DataError
from seqloom.read import read_fields


def test_the_last_field_may_hold_the_delimiter(write):
    """Lines are parted at the first ones alone."""
    path = write("a.tsv", "1\tone\n2\ttwo\ttabs\n")
    assert read_fields(path, ["number", "text"]) == {"number": ["1", "2"], "text": ["one", "two\ttabs"]}


@pytest.mark.parametrize(
    ("contents", "message"),
    [
        (b"1\tone\nthree\n", "a.tsv, line 2: expected 2 fields: number, text, came 1"),
        (b"", "a.tsv: expected lines of fields, came nothing"),
        (b"1\t\xff\n", "a.tsv, line 1: expected text in UTF-8, came the byte 0xff at place 3 of the line"),
        (gzip.compress(b"1\tone\n" * 99, mtime=0)[:-12], "a.tsv: expected a whole gzip file, came a damaged one"),
    ],
)
def test_a_damaged_file_is_named_with_its_line(write, contents, message):
    """What was expected there, and what came."""
    with pytest.raises(DataError, match=message):
        read_fields(write("a.tsv", contents), ["number", "text"])
