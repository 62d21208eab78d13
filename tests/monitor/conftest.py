"""Records of live predictions, made up."""

import orjson
import pytest

from seqloom.store import Record

DIGEST = "d" * 64


def make_record(seq, values, prediction, stream="pump 7", **others):
    """A record of which only some fields matter; made a second after the one before."""
    given = {"epoch": 0, "digest": DIGEST, "at": 1_700_000_000_000_000 + seq * 1_000_000, "time": None}
    inputs = orjson.dumps({"values": values, "time": None, "ahead": []})
    return Record(stream=stream, seq=seq, inputs=inputs, prediction=orjson.dumps(prediction), **(given | others))


@pytest.fixture
def record():
    """Makes records."""
    return make_record
