"""What every store can hold: which names, which numbers."""

from seqloom.errors import InputError

LONGEST_NAME = 1024
"""Of a stream, in bytes of UTF-8: an index of PostgreSQL holds no key that is much longer."""

LARGEST = 2**63 - 1
"""Of epochs, numbers and times: all stores hold 64 bits with a sign."""


def check_name(stream: str) -> None:
    """Refuse a name that some store cannot hold, in order, as it is.

    Raises:
        InputError: empty, longer than 1024 bytes, with a NUL, or with half of a surrogate pair.
    """
    try:
        size = len(stream.encode())
    except UnicodeEncodeError:
        size = 0
    if not 0 < size <= LONGEST_NAME or "\0" in stream:
        raise InputError(
            "name of a stream",
            expected=f"1 to {LONGEST_NAME} bytes of UTF-8 without NUL",
            came=ascii(stream if len(stream) <= 40 else stream[:40] + "…"),  # noqa: PLR2004 - enough to know it by
            fix="choose another name",
        )


def check_after(stream: str) -> None:
    """Refuse a name to begin after that no stream can have; the empty one comes before all.

    Raises:
        InputError: it is none.
    """
    if stream:
        check_name(stream)


def check_count(*counts: int) -> None:
    """Refuse an epoch or a number of a reading that is negative or needs more than 63 bits.

    Raises:
        InputError: one of them does.
    """
    if min(counts, default=0) < 0 or max(counts, default=0) > LARGEST:
        raise _beyond("epochs and numbers of readings", "0 to 2⁶³ - 1", max(counts, key=abs))


def check_moment(*moments: int) -> None:
    """Refuse a time that needs more than 64 bits.

    Raises:
        InputError: one of them does.
    """
    if min(moments, default=0) < -LARGEST - 1 or max(moments, default=0) > LARGEST:
        raise _beyond("times", "-2⁶³ to 2⁶³ - 1", max(moments, key=abs))


def _beyond(where: str, expected: str, came: int) -> InputError:
    return InputError(where, expected=expected, came=f"{came:#x}", fix="correct the number")
