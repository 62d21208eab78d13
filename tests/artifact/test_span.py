import zlib
from io import BytesIO

import pytest

from seqloom.artifact.span import Span
from seqloom.errors import ArtifactError


def test_a_span_reads_its_bytes_and_no_others() -> None:
    """Bytes before and after a member are not read."""
    assert Span(BytesIO(b"..member.."), 2, 6, zlib.crc32(b"member")).read("test") == b"member"


def test_a_file_that_ends_early_is_refused() -> None:
    """Fewer bytes than promised are no member."""
    with pytest.raises(ArtifactError, match="expected 6 bytes, came the end of the file after 3"):
        Span(BytesIO(b"..mem"), 2, 6).read("test")


def test_another_checksum_is_refused() -> None:
    """Bytes that changed since they were packed are no member."""
    with pytest.raises(ArtifactError, match="expected the checksum 00000001"):
        Span(BytesIO(b"member"), 0, 6, 1).read("test")
