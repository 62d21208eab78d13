"""Truths as clients write them: what came true after readings."""

from math import isfinite
from typing import Any

import orjson

from seqloom.live import Tell
from seqloom.serve.asked import listed, named, shown, whole
from seqloom.serve.limits import Limits
from seqloom.serve.refusal import RequestError

TRUTHS, TRUTH = frozenset({"epoch", "truths"}), frozenset({"seq", "truth"})
PLAIN = (str, int, float, bool, type(None))


def truths(document: Any, stream: str, limits: Limits, where: str = "body") -> Tell:  # noqa: ANN401 - whatever a client sends
    """The truths that a document stands for.

    Args:
        document: `{"epoch": 0, "truths": [{"seq": 0, "truth": {COLUMN: VALUE}}]}`, or the value alone as a truth.
        stream: which one.
        limits: of its sizes.
        where: the document's place, for messages.

    Raises:
        RequestError: it is none; the message names the field.
    """
    named(document, TRUTHS, where)
    epoch = document.get("epoch")
    if epoch is not None:
        whole(epoch, f"{where}.epoch")
    rows = listed(document.get("truths"), f"{where}.truths", limits.readings)
    return Tell(stream, epoch, dict(_truth(row, limits, f"{where}.truths[{place}]") for place, row in enumerate(rows)))


def _truth(row: Any, limits: Limits, where: str) -> tuple[int, bytes]:  # noqa: ANN401 - whatever a client sends
    named(row, TRUTH, where)
    seq = row.get("seq")
    whole(seq, f"{where}.seq")
    truth = row.get("truth")
    values = list(truth.values()) if type(truth) is dict else [truth]
    names = list(truth) if type(truth) is dict else []
    plain = all(_is_plain(value, limits) for value in values) and all(type(name) is str for name in names)
    if truth is None or not plain:
        expected, fix = "a value, or an object with the values of columns", "correct it"
        raise RequestError(422, "invalid", f"{where}.truth", expected=expected, came=shown(truth), fix=fix)
    return seq, orjson.dumps(truth)


def _is_plain(value: Any, limits: Limits) -> bool:  # noqa: ANN401 - whatever a client sends
    if type(value) is float:
        return isfinite(value)  # msgpack has others
    return type(value) in PLAIN and (type(value) is not str or len(value) <= limits.text)
