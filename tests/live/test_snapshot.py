"""A session as a document."""

import orjson
import pytest

from seqloom.errors import DataError, ModelChangedError
from seqloom.live.snapshot import opened, taken
from seqloom.store import Session

SESSION = Session("a", 1, 3, "d" * 64, b"\x00\xff memory", b'[{"seq":2,"prediction":{"y":1.5}}]', -5, 0)


def test_a_document_is_json_and_comes_back():
    """Byte by byte; when it was last changed is the store's."""
    document = orjson.loads(orjson.dumps(taken(SESSION)))
    assert opened(document, SESSION.digest) == SESSION


@pytest.mark.parametrize(
    "field",
    ["format", "stream", "epoch", "seq", "digest", "memory", "answers", "time", "checksum"],
)
def test_every_field_counts(field):
    """One that is missing, of another type, or another value is refused."""
    document = taken(SESSION)
    for changed in (
        {name: value for name, value in document.items() if name != field},
        document | {field: 1.5},
        document | {field: 2 if isinstance(document[field], int) else "eA==" if field == "memory" else "other"},
    ):
        with pytest.raises(DataError, match="snapshot, "):
            opened(changed, SESSION.digest)


@pytest.mark.parametrize("change", [{"seq": -1}, {"epoch": 2**63}, {"time": 2**64}, {"seq": True}, {"format": 2}])
def test_numbers_have_their_bounds(change):
    """Whatever the checksum says."""
    with pytest.raises(DataError):
        opened(taken(SESSION) | change, SESSION.digest)


def test_another_model_is_told():
    """By the beginnings of both digests."""
    with pytest.raises(ModelChangedError, match="one of the model eeee"):
        opened(taken(SESSION), "e" * 64)
