import gzip

import pytest

from seqloom.errors import DataError
from seqloom.read.text import find_undecodable, first_lines, line_blocks, read_bytes, unpacked_size


def test_a_packed_file_is_known_by_its_bytes(write):
    """A gzip file is unpacked whatever its name says."""
    assert read_bytes(write("a.csv", gzip.compress(b"a\n1\n"))) == b"a\n1\n"


def test_a_packed_file_counts_as_larger_than_it_is(write):
    """The size of a packed file is estimated from its packed size."""
    path = write("a.csv.gz", gzip.compress(b"a\n"))
    assert unpacked_size(path) == 6 * path.stat().st_size


def test_a_cut_gzip_file_is_refused(write):
    """A gzip file without its end is called damaged."""
    path = write("a.csv.gz", gzip.compress(bytes(range(256)) * 50)[:-9])
    with pytest.raises(DataError, match=r"a\.csv\.gz: expected a whole gzip file, came a damaged one"):
        read_bytes(path)


def test_first_lines_skip_blank_ones_and_the_mark(write):
    """First lines come without byte-order mark, line ends and blank lines."""
    assert first_lines(write("a.csv", b"\xef\xbb\xbfa,b\r\n\r\n1,2\r\n3,4"), 2) == ["a,b", "1,2"]


def test_a_byte_that_is_no_text_is_found(write):
    """Bytes that are not UTF-8 are named with their line."""
    with pytest.raises(DataError, match="line 3: expected text in UTF-8, came the byte 0xff"):
        find_undecodable(write("a.csv", b"a\n1\n\xff\n"))


def test_another_encoding_is_refused(write):
    """A file in UTF-16 is refused with what to do."""
    with pytest.raises(DataError, match="came UTF-16 or binary data; save the file as UTF-8"):
        first_lines(write("a.csv", "a,b\n".encode("utf-16")), 1)


@pytest.mark.parametrize("size", [1, 3, 7, 1000])
def test_blocks_end_with_a_line(write, size):
    """Blocks put together are the file, and each ends where a line ends."""
    text = b'a,b\n1,"x\ny"\n22,z\n3,w'
    blocks = list(line_blocks(write("a.csv", text), size))
    assert b"".join(blocks) == text
    assert all(block.endswith(b"\n") for block in blocks[:-1])


def test_a_line_break_within_quotes_ends_no_block(write):
    """A quoted text with a line break in it stays in one block."""
    blocks = list(line_blocks(write("a.csv", b'1,"x\ny"\n2,z\n'), 5))
    assert blocks[0] == b'1,"x\ny"\n'
