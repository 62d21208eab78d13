"""Frames of a WebSocket."""

import msgpack
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from seqloom.errors import SeqloomError
from seqloom.live import Call, Reply, Tell
from seqloom.serve import Limits
from seqloom.serve.frames import closed, opened, status

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


TRUTHS = {"id": 7, "stream": "a", "epoch": 0, "truths": [{"seq": 2, "truth": {"level": 1.5}}]}


@pytest.mark.parametrize("message", [orjson.dumps(TRUTHS).decode(), msgpack.packb(TRUTHS)])
def test_a_frame_may_say_what_came_true(message):
    """It is answered like any other."""
    frame = opened(message, LIMITS)
    assert frame.asked == Tell("a", 0, {2: b'{"level":1.5}'})
    said = {"stream": "a", "epoch": 0, "told": 1, "missing": []}
    answer = closed(frame, said)
    assert (orjson.loads(answer["text"]) if "text" in answer else msgpack.unpackb(answer["bytes"])) == {"id": 7} | said
    assert status(said) == 200


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"truths": []}, "frame.truths"),
        ({"truths": [{"seq": 0, "truth": float("nan")}]}, "frame.truths[0].truth"),
        ({"truths": [{"seq": 0, "truth": {b"level": 2.0}}]}, "frame.truths[0].truth"),
        ({"readings": []}, "frame"),
        ({"epoch": -1}, "frame.epoch"),
    ],
)
def test_wrong_truths_are_named_by_their_field(change, where):
    """With readings beside them, too: a frame is one or the other."""
    frame = opened(msgpack.packb(TRUTHS | change), LIMITS)
    error = msgpack.unpackb(closed(frame, frame.asked)["bytes"])["error"]
    assert (error["code"], error["where"], status(frame.asked)) == ("invalid", where, 422)


@given(st.binary(max_size=60) | st.text(max_size=60))
def test_any_message_has_an_answer(message):
    """No bytes break the connection."""
    frame = opened(message, LIMITS)
    if isinstance(frame.asked, SeqloomError):
        assert closed(frame, frame.asked)["type"] == "websocket.send"
