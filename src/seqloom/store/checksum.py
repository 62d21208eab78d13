"""The checksum of a session, by which a damaged row is told from a sound one."""

import struct
from hashlib import blake2b

from seqloom.store.session import Session

_HEAD = struct.Struct("<qqqq?4I")
SIZE = 16


def checksum(session: Session) -> bytes:
    """16 bytes that depend on every bit of every field: BLAKE2b, RFC 7693.

    It is taken over, in this order, little-endian: epoch, seq, at, time (0 if there is none), each in 8 bytes; a byte 1
    if there is a time, else 0; the lengths of stream, digest, memory and answers in bytes, each in 4; then these four.
    """
    stream, digest = session.stream.encode(), session.digest.encode()
    given = session.time is not None
    parts = (stream, digest, session.memory, session.answers)
    head = _HEAD.pack(session.epoch, session.seq, session.at, session.time or 0, given, *map(len, parts))
    return blake2b(b"".join((head, *parts)), digest_size=SIZE, usedforsecurity=False).digest()
