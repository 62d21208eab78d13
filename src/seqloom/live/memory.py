"""What a model remembers of a stream: the latest steps it still needs, and the state its network carries."""

import json
import math
import struct
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import orjson
from numpy.typing import NDArray

from seqloom.errors import DataError
from seqloom.live.columns import Statics
from seqloom.live.form import UNSEEN, Form
from seqloom.live.steps import Steps
from seqloom.store import LARGEST

FORMAT = 1
HEADER = struct.Struct("<BBQdIIIIIII")
"""Version, flags, readings, last time, steps, numbers, codes, static numbers, static codes, carried, bytes of words."""
WITH_TIMES, WITH_STATICS = 1, 2
NOTHING = np.empty(0, np.float32)
"""What is carried where nothing is."""


class Memory(NamedTuple):
    """A stream between two readings; a value, never changed.

    Args:
        readings: how many came so far.
        last: the time of the last one, microseconds since 1970 or a number; NaN where there is none.
        kept: the latest steps, where the model or its preparation looks back at them.
        carried: the state of the network, float32 [W]; empty where none is carried.
        statics: what the stream is as a whole; None: not said.
        widths: what the widths of intervals follow, float32 [V]; empty where they are fixed.
    """

    readings: int
    last: float
    kept: Steps
    carried: NDArray[np.float32]
    statics: Statics | None = None
    widths: NDArray[np.float32] = NOTHING

    @classmethod
    def begin(cls, form: Form, carried: NDArray[np.float32], widths: NDArray[np.float32] = NOTHING) -> "Memory":
        """Before the first reading.

        Args:
            form: of the readings.
            carried: what the network carries before its first step.
            widths: what the widths of intervals follow.
        """
        return cls(0, math.nan, Steps.nothing(form), carried, widths=widths)

    @property
    def norm(self) -> float | None:
        """Root mean square of what the network carries; None where it carries nothing."""
        carried = self.carried
        return math.sqrt(float(carried @ carried) / len(carried)) if len(carried) else None

    def encode(self) -> bytes:
        """The same as bytes, little-endian; see `docs/stream-format.md`."""
        kept, statics = self.kept, self.statics
        flags = (WITH_TIMES if kept.times is not None else 0) | (WITH_STATICS if statics is not None else 0)
        words = json.dumps(kept.words, ensure_ascii=False, separators=(",", ":")).encode() if any(kept.words) else b""
        parts: list[NDArray[np.generic]] = [self.carried, self.widths]
        if len(kept):
            parts += (kept.numbers, kept.codes) if kept.times is None else (kept.numbers, kept.codes, kept.times)
        if statics is not None:
            parts += [statics.numbers, statics.codes]
        header = HEADER.pack(
            FORMAT,
            flags,
            self.readings,
            self.last,
            len(kept),
            kept.numbers.shape[1],
            kept.codes.shape[1],
            0 if statics is None else len(statics.numbers),
            0 if statics is None else len(statics.codes),
            len(self.carried) + len(self.widths),
            len(words),
        )
        return b"".join([header, *[part.tobytes() for part in parts], words])

    @classmethod
    def decode(cls, raw: bytes, form: Form, width: int, where: str, widths: int = 0) -> "Memory":
        """The memory that `encode` wrote.

        Args:
            raw: the bytes.
            form: of the readings.
            width: numbers that the network carries.
            where: the stream, for messages.
            widths: numbers that the widths of intervals follow.

        Raises:
            DataError: they are of another version, or of another model.
        """
        if len(raw) < HEADER.size or raw[0] != FORMAT:
            raise _refused(where, "one of another version")
        _, flags, readings, last, kept, numbers, codes, *statics, carried, spelt = HEADER.unpack_from(raw)
        clocked, said = bool(flags & WITH_TIMES), bool(flags & WITH_STATICS)
        wanted = (len(form.static_numbers), len(form.static_listed)) if said else (0, 0)
        same = (numbers, codes) == (len(form.numbers), len(form.listed)) and tuple(statics) == wanted
        if not same or clocked != (form.clock != "none") or carried != width + widths:
            raise _refused(where, "one of other columns")
        kinds = [*map(np.dtype, ("f4", "f8", "i4")), form.time_type, *map(np.dtype, ("f8", "i4"))]
        counts = (carried, kept * numbers, kept * codes, kept * clocked, *wanted)
        borders = np.cumsum([HEADER.size, *(n * kind.itemsize for n, kind in zip(counts, kinds, strict=True))]).tolist()
        if len(raw) != borders[-1] + spelt:
            raise _refused(where, f"{len(raw)} bytes")
        found = [np.frombuffer(raw[a:b], kind) for (a, b), kind in zip(pairwise(borders), kinds, strict=True)]
        words = _words(raw[borders[-1] :], kept, len(form.spelt))
        coded = zip((found[2].reshape(kept, codes).T, found[5]), (form.listed, form.static_listed), strict=True)
        possible = kept <= readings <= LARGEST and not np.isinf(found[1]).any()
        if words is None or not possible or not all(_known(*pair, form) for pair in coded):
            raise _refused(where, "one with impossible values")
        times = found[3] if clocked else None
        steps = Steps(found[1].reshape(kept, numbers), found[2].reshape(kept, codes), times, words)
        said_of_it = Statics(found[4], found[5]) if said else None
        return cls(readings, last, steps, found[0][:width], said_of_it, found[0][width:])


def _words(raw: bytes, kept: int, columns: int) -> list[tuple[str | None, ...]] | None:
    """What each kept step has as it was written, in so many columns; None: the bytes say something else."""
    if not columns or not kept:
        return None if raw else [()] * kept
    try:
        rows = orjson.loads(raw)
    except orjson.JSONDecodeError:
        return None
    right = type(rows) is list and len(rows) == kept and all(type(row) is list and len(row) == columns for row in rows)
    if not right or any(word is not None and type(word) is not str for row in rows for word in row):
        return None
    return [tuple(row) for row in rows]


def _known(codes: NDArray[np.int32], columns: Sequence[str], form: Form) -> bool:
    """Whether codes, a row for each column, are places in its labels, or stand for none of them."""
    return all(
        ((own >= UNSEEN) & (own < len(form.labels[name]))).all() for name, own in zip(columns, codes, strict=False)
    )


def _refused(where: str, came: str) -> DataError:
    fix = "begin the stream anew, or use the artifact it was begun with"
    return DataError(where, expected="the memory of a stream of this model", came=came, fix=fix)
