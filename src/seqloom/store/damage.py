"""A stored session that is not what was stored."""

import struct
from collections.abc import Sequence
from typing import Any

from seqloom.errors import DamagedStreamError
from seqloom.store.checksum import checksum
from seqloom.store.session import Session


def damaged(where: str, stream: str) -> DamagedStreamError:
    """The error for one damaged stream.

    Args:
        where: the store.
        stream: its name.
    """
    return DamagedStreamError(
        f"{where}, stream {stream!r}",
        expected="what was stored",
        came="damaged bytes",
        fix="check the disk; restore a snapshot of the stream, or end it; the others are not affected",
    )


def intact(where: str, stream: str, values: Sequence[Any], stored: object) -> Session:
    """The session these values are, if they are what was stored.

    Args:
        where: the store.
        stream: the name it was asked for by.
        values: what follows the name in a `Session`, in order, as read; of any type.
        stored: the checksum beside them.

    Raises:
        DamagedStreamError: they are not.
    """
    try:
        session = Session(stream, *values)
        sound = checksum(session) == stored
    except (AttributeError, TypeError, ValueError, struct.error) as error:  # a value that is none of its column
        raise damaged(where, stream) from error
    if not sound:
        raise damaged(where, stream)
    return session
