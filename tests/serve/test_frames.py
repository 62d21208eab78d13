"""Frames of a WebSocket."""

import msgpack
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from seqloom.errors import SeqloomError
from seqloom.live import Call, Reply
from seqloom.serve import Limits
from seqloom.serve.frames import closed, opened

LIMITS = Limits()
DOCUMENT = {"id": 7, "stream": "a", "epoch": 0, "readings": [{"seq": 0, "values": {"a": 1.5}}]}


@pytest.mark.parametrize("message", [orjson.dumps(DOCUMENT).decode(), msgpack.packb(DOCUMENT)])
def test_both_kinds_say_the_same(message):
    """JSON as text and msgpack as bytes become the same call."""
    frame = opened(message, LIMITS)
    assert isinstance(frame.asked, Call)
    assert (frame.mark, frame.asked.stream, frame.asked.epoch, frame.asked.seq) == (7, "a", 0, 0)
    assert frame.asked.readings[0].values == {"a": 1.5}


@pytest.mark.parametrize("mark", [None, 3, "x", 1.5, [1, {"a": None}]])
def test_an_answer_comes_back_in_the_same_kind_with_the_same_id(mark):
    """Whatever the id is."""
    reply = Reply("a", 0, 1, [(0, {"y": 2.0})])
    text = closed(opened(orjson.dumps(DOCUMENT | {"id": mark}).decode(), LIMITS), reply)
    packed = closed(opened(msgpack.packb(DOCUMENT | {"id": mark}), LIMITS), reply)
    assert orjson.loads(text["text"]) == msgpack.unpackb(packed["bytes"])
    assert orjson.loads(text["text"])["id"] == mark


@pytest.mark.parametrize(
    ("message", "code", "where"),
    [
        ("{", "json", "frame, line 1, column 2"),
        (b"\xc1", "msgpack", "frame"),
        (b"\x81\x01\x02", "msgpack", "frame"),
        (b"", "msgpack", "frame"),
        ("[]", "invalid", "frame"),
        ('{"id":1}', "invalid", "frame.stream"),
        ('{"id":1,"stream":"a"}', "invalid", "frame.readings"),
        ('{"id":1,"stream":"a","more":1}', "invalid", "frame"),
        ('{"id":"' + "x" * 1025 + '"}', "invalid", "frame.id"),
        ('{"id":' + "[" * 40 + "]" * 40 + "}", "invalid", "frame.id"),
        ('"' + "x" * (1 << 20) + '"', "too-large", "frame"),
    ],
)
def test_what_is_no_frame_is_answered_too(message, code, where):
    """The answer says what is wrong with it."""
    frame = opened(message, LIMITS)
    assert isinstance(frame.asked, SeqloomError)
    answer = closed(frame, frame.asked)
    error = (orjson.loads(answer["text"]) if "text" in answer else msgpack.unpackb(answer["bytes"]))["error"]
    assert (error["code"], error["where"]) == (code, where)


@given(st.binary(max_size=60) | st.text(max_size=60))
def test_any_message_has_an_answer(message):
    """No bytes break the connection."""
    frame = opened(message, LIMITS)
    if isinstance(frame.asked, SeqloomError):
        assert closed(frame, frame.asked)["type"] == "websocket.send"
