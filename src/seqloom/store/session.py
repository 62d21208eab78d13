"""What is durable of a live stream: how far it is, what it remembers, and what it answered last."""

from typing import NamedTuple


class Session(NamedTuple):
    """A stream after its last acknowledged reading. Nothing else is needed to go on with it anywhere.

    The fields stand in this order in its table, and a checksum of them behind.

    Args:
        stream: the stream's name, 1 to 1024 bytes of UTF-8 without NUL.
        epoch: how often it was begun anew; a client that is told a higher one than it knows has missed a reset.
        seq: the number of the reading that is expected next: so many of this epoch are acknowledged.
        digest: sha256 of the artifact whose network made `memory`, in hexadecimal.
        memory: what the model remembers, see `Memory`.
        answers: what the last call was answered, JSON: a list of `{"seq": …, "prediction": …}`.
        time: time of the last reading in microseconds since 1970, or its number where there is no clock; None: no
            reading has one.
        at: when it came to be as it is, microseconds since 1970 by the server's clock.
    """

    stream: str
    epoch: int
    seq: int
    digest: str
    memory: bytes
    answers: bytes
    time: int | None = None
    at: int = 0
