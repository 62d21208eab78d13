"""What is good about an archive; what is bad is in tests/attacks."""

import zipfile
from io import BytesIO

import pytest

from seqloom.artifact.archive import read_archive, write_archive
from seqloom.errors import ArtifactError

MEMBERS = {"manifest.json": b"{}", "report.html": b"", "history.jsonl": bytes(range(256)) * 50}


def archive(members: dict[str, bytes]) -> BytesIO:
    """An archive in memory."""
    file = BytesIO()
    write_archive(file, members)
    return file


def test_members_come_back_in_their_order() -> None:
    """Names, order and bytes survive, an empty member too."""
    spans = read_archive(archive(MEMBERS), "test")

    assert [(name, span.read("test")) for name, span in spans.items()] == list(MEMBERS.items())


def test_no_member_is_read_to_find_them() -> None:
    """Only headers are touched: the bytes of a member may be damaged without the list noticing."""
    file = archive(MEMBERS)
    file.getbuffer()[200] ^= 1

    assert list(read_archive(file, "test")) == list(MEMBERS)


def test_the_same_members_packed_by_python_are_the_same_bytes() -> None:
    """Python's zipfile, told the same time and mode, writes the bytes this format asks for."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as other:
        for name, raw in MEMBERS.items():
            info = zipfile.ZipInfo(name)
            info.external_attr = 0o100644 << 16
            other.writestr(info, raw)

    assert file.getvalue() == archive(MEMBERS).getvalue()


def test_no_members_are_no_artifact() -> None:
    """An empty zip does not begin like an artifact."""
    with pytest.raises(ArtifactError, match="expected an artifact, came a file that begins with"):
        read_archive(archive({}), "test")
