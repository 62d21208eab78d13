"""What is kept of every prediction, to be judged later."""

from typing import NamedTuple


class Record(NamedTuple):
    """One prediction that was made of a live stream: a row of its table, field by field.

    Args:
        stream: the stream's name.
        epoch: of the stream.
        seq: number of the reading it followed.
        digest: sha256 of the artifact that made it, in hexadecimal.
        at: when it was made, microseconds since 1970.
        time: time of the reading, microseconds since 1970 or its number; None: it has none.
        inputs: the reading's values, JSON.
        prediction: what was answered, JSON.
        truth: what came true, JSON; None: not known yet.
        norm: root mean square of what the network carried after the reading; None: it carries nothing, or the reading
            was read together with later ones of its stream.
    """

    stream: str
    epoch: int
    seq: int
    digest: str
    at: int
    time: int | None
    inputs: bytes
    prediction: bytes
    truth: bytes | None = None
    norm: float | None = None
