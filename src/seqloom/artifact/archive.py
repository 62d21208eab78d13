"""Members in one uncompressed zip file.

The headers carry no free choice: one fixed time, no compression, no extra fields, no comments, members one after the
other from byte 0, the directory behind them, and nothing else. So a reader need not guess which of several ways to
read a file is meant: headers that are not the ones written here are refused before a member is touched.
"""

import os
import stat
import struct
import zlib
from collections.abc import Mapping
from typing import BinaryIO, NamedTuple

from seqloom.artifact.members import MOST_ENTRIES
from seqloom.artifact.refusal import refusal, shown
from seqloom.artifact.span import Span

LOCAL = struct.Struct("<4s5H3I2H")
CENTRAL = struct.Struct("<4s6H3I5H2I")
END = struct.Struct("<4s4H2IH")

_LOCAL_MARK, _CENTRAL_MARK, _END_MARK = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_MADE_BY = 3 << 8 | 20  # Unix, for the file mode; version 2.0 of the zip format
_NEEDED = 20
_TIME, _DATE = 0, 1 << 5 | 1  # midnight of 1 January 1980, the first moment a zip can tell
_MODE = (stat.S_IFREG | 0o644) << 16
_LONGEST_NAME = 255
_PICKLES = (".pkl", ".pickle", ".pt", ".pth", ".joblib")


class _Entry(NamedTuple):
    """The fields of one entry of the directory at the end of a zip, in their order."""

    mark: bytes
    made_by: int
    needed: int
    flags: int
    method: int
    time: int
    date: int
    checksum: int
    stored_size: int
    size: int
    name_length: int
    extra_length: int
    comment_length: int
    disk: int
    inner_attributes: int
    outer_attributes: int
    offset: int

    @classmethod
    def of(cls, name: str, checksum: int, size: int, offset: int) -> "_Entry":
        """The one entry this format writes for a member."""
        start = (_CENTRAL_MARK, _MADE_BY, _NEEDED, 0, 0, _TIME, _DATE)
        return cls(*start, checksum, size, size, len(name), 0, 0, 0, 0, _MODE, offset)

    @property
    def local(self) -> bytes:
        """The header that stands before the member itself, its name not included."""
        return LOCAL.pack(_LOCAL_MARK, *self[2:12])


def write_archive(file: BinaryIO, members: Mapping[str, bytes]) -> None:
    """Write members into one zip, in their order.

    Args:
        file: where to write, at its beginning.
        members: bytes by name.
    """
    directory = []
    offset = 0
    for name, raw in members.items():
        entry = _Entry.of(name, zlib.crc32(raw), len(raw), offset)
        for part in (entry.local, name.encode("ascii"), raw):
            offset += file.write(part)
        directory.append(CENTRAL.pack(*entry) + name.encode("ascii"))
    entries = b"".join(directory)
    file.write(entries)
    file.write(END.pack(_END_MARK, 0, 0, len(directory), len(directory), len(entries), offset, 0))


def read_archive(file: BinaryIO, where: str) -> dict[str, Span]:
    """Where the members of a zip lie; nothing but headers is read.

    Args:
        file: the open zip.
        where: the artifact, for messages.

    Raises:
        ArtifactError: the file is not a zip, or not one this format writes; the message names the reason.
    """
    directory, count, place = _directory(file, where)
    spans: dict[str, Span] = {}
    at = end = 0
    for _ in range(count):
        entry, name = _entry(directory, at, where)
        at += CENTRAL.size + len(name)
        inside = f"{where}, member {shown(name)}"
        if name in spans:
            raise refusal(inside, expected="each member once", came="a duplicate")
        _check_headers(file, entry, name, end, inside)
        start = entry.offset + LOCAL.size + len(name)
        end = start + entry.size
        spans[name] = Span(file, start, entry.size, entry.checksum)
    if at != len(directory) or end != place:
        raise refusal(where, expected="members and directory that fill the file", came="bytes that belong to neither")
    return spans


def _directory(file: BinaryIO, where: str) -> tuple[bytes, int, int]:
    """The bytes of the directory, the number of its entries, and where it starts."""
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    _check_beginning(file.read(64), where)
    if size < END.size:
        raise refusal(where, expected="a whole zip file", came=f"only {size} bytes")
    file.seek(size - END.size)
    mark, *disks, count, length, place, comment = END.unpack(file.read(END.size))
    if mark != _END_MARK or comment:
        came = "a file cut short, or with trailing bytes behind its directory"
        raise refusal(where, expected="a zip that ends with its directory", came=came)
    if count > MOST_ENTRIES:
        raise refusal(where, expected=f"at most {MOST_ENTRIES} members", came=f"{count}")
    if disks != [0, 0, count] or place + length != size - END.size or length > count * (CENTRAL.size + _LONGEST_NAME):
        raise refusal(where, expected="a directory right before the end", came="one of another place or size")
    file.seek(place)
    return file.read(length), count, place


def _check_beginning(head: bytes, where: str) -> None:
    advice = "give the path of an artifact that seqloom saved"
    if head[:1] == b"\x80" or b".pkl" in head:
        raise refusal(where, expected="an artifact", came="a pickle, which can run code when opened", fix=advice)
    if not head.startswith(_LOCAL_MARK):
        raise refusal(where, expected="an artifact", came=f"a file that begins with {shown(head[:8])}", fix=advice)


def _entry(directory: bytes, at: int, where: str) -> tuple[_Entry, str]:
    """The entry at this place of the directory, and its name."""
    if len(directory) < at + CENTRAL.size:
        raise refusal(where, expected="as many entries as the zip declares", came="the end of its directory")
    entry = _Entry(*CENTRAL.unpack_from(directory, at))
    raw = directory[at + CENTRAL.size : at + CENTRAL.size + entry.name_length]
    name = raw.decode("latin-1")
    if len(raw) != entry.name_length or not raw.isascii() or not name.isprintable() or not name:
        raise refusal(where, expected="member names in plain ASCII", came=shown(name))
    return entry, name


def _check_headers(file: BinaryIO, entry: _Entry, name: str, end: int, where: str) -> None:
    """Refuse an entry that is not, byte for byte, the one this format writes, with the reason that matters most."""
    for wrong, expected, came in (
        (name.endswith(_PICKLES), "a member of the format", "a pickle, which can run code when opened"),
        (name in {".", ".."} or not set("/\\:").isdisjoint(name), "a plain file name", "a path that leads elsewhere"),
        (stat.S_ISLNK(entry.outer_attributes >> 16), "a regular file", "a symbolic link"),
        (entry.flags & 1, "a plain member", "an encrypted one"),
        (entry.method or entry.stored_size != entry.size, "a member stored as it is", "a compressed one"),
        (entry.offset != end, f"its header at byte {end}", f"byte {entry.offset}: an overlap or a hole"),
        (
            entry != _Entry.of(name, entry.checksum, entry.size, entry.offset),
            "a directory entry as seqloom writes it",
            "other times, attributes or extra fields",
        ),
    ):
        if wrong:
            raise refusal(where, expected=expected, came=came)
    file.seek(entry.offset)
    if file.read(LOCAL.size + len(name)) != entry.local + name.encode("ascii"):
        raise refusal(where, expected="a local header equal to its directory entry", came="one that differs")
