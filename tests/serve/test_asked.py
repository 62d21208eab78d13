"""Readings as clients write them."""

import pytest

from seqloom.errors import GapError
from seqloom.live import Reply
from seqloom.serve import Limits
from seqloom.serve.asked import answer, call, shallow, shown, stream_in_path, stream_name
from seqloom.serve.refusal import RequestError

LIMITS = Limits(text=20, readings=3, name=8)


def test_a_document_becomes_a_call():
    """Every field arrives."""
    rows = [
        {"seq": 4, "time": "2024-01-01", "values": {"a": 1, "b": None, "c": "x", "d": True}},
        {"seq": 5, "values": {}},
    ]
    rows[1]["ahead"] = [{"a": 2.5}]
    found = call({"epoch": 1, "readings": rows}, "s", LIMITS)
    assert (found.stream, found.epoch, found.seq) == ("s", 1, 4)
    assert [own.values for own in found.readings] == [rows[0]["values"], {}]
    assert (found.readings[0].time, found.readings[1].ahead) == ("2024-01-01", [{"a": 2.5}])


def test_numbers_may_be_left_out():
    """Then it is the next reading, whichever it is; after a first number the others may be left out, too."""
    assert call({"readings": [{"values": {}}]}, "s", LIMITS).seq is None
    assert call({"readings": [{"seq": 3, "values": {}}, {"values": {}}]}, "s", LIMITS).seq == 3


@pytest.mark.parametrize(
    ("document", "where"),
    [
        ([], "body"),
        ({"readings": {}}, "body.readings"),
        ({"readings": [1]}, "body.readings[0]"),
        ({"readings": [{}]}, "body.readings[0].values"),
        ({"readings": [{"values": []}]}, "body.readings[0].values"),
        ({"readings": [{"values": {"a": []}}]}, "body.readings[0].values.a"),
        ({"readings": [{"values": {"a": {"b": 1}}}]}, "body.readings[0].values.a"),
        ({"readings": [{"values": {"a": "x" * 21}}]}, "body.readings[0].values.a"),
        ({"readings": [{"values": {b"a": "x"}}]}, "body.readings[0].values"),
        ({"readings": [{"values": {}, "time": {}}]}, "body.readings[0].time"),
        ({"readings": [{"values": {}, "time": "x" * 21}]}, "body.readings[0].time"),
        ({"readings": [{"values": {}, "ahead": {}}]}, "body.readings[0].ahead"),
        ({"readings": [{"values": {}, "ahead": [1]}]}, "body.readings[0].ahead"),
        ({"readings": [{"values": {}, "seq": -1}]}, "body.readings[0].seq"),
        ({"readings": [{"values": {}, "seq": True}]}, "body.readings[0].seq"),
        ({"readings": [{"values": {}, "seq": 2**63}]}, "body.readings[0].seq"),
        ({"readings": [{"values": {}, "seq": 1.0}]}, "body.readings[0].seq"),
        ({"readings": [{"values": {}, "seq": 1}, {"values": {}, "seq": 3}]}, "body.readings[1].seq"),
        ({"readings": [{"values": {}}, {"values": {}, "seq": 3}]}, "body.readings[1].seq"),
        ({"readings": [{"values": {}}], "epoch": "0"}, "body.epoch"),
        ({"readings": [{"values": {}}] * 4}, "body.readings"),
        ({"readings": [{"values": {}, "more": 1}]}, "body.readings[0]"),
    ],
)
def test_the_field_that_is_wrong_is_named(document, where):
    """The message says where."""
    with pytest.raises(RequestError) as caught:
        call(document, "s", LIMITS)
    assert (caught.value.where, caught.value.status) == (where, 422)


def test_a_reply_is_told_with_its_error():
    """What was acknowledged stands beside what was wrong."""
    error = GapError("stream 's'", number=4, expected="reading 4", came="6", fix="send it")
    told = answer(Reply("s", 1, 4, [(3, {"y": 1.0})], error))
    assert told["predictions"] == [{"seq": 3, "prediction": {"y": 1.0}}]
    assert (told["stream"], told["epoch"], told["acknowledged"]) == ("s", 1, 4)
    assert (told["error"]["code"], told["error"]["number"]) == ("gap", 4)


@pytest.mark.parametrize("name", ["", "x" * 9, "a\nb", "\x7f", "\x85", None, 3, b"a", ["a"]])
def test_what_is_no_name_is_refused(name):
    """Empty ones, long ones, control characters, other types."""
    with pytest.raises(RequestError, match="a name of 1 to 8 characters"):
        stream_name(name, LIMITS, "here")


@pytest.mark.parametrize("name", ["a", "a b/c", "ü\u00ad", "\u200b", "😀" * 8])
def test_every_other_name_is_taken(name):
    """Also ones with spaces, or with characters that are not seen."""
    assert stream_name(name, LIMITS, "here") == name


def test_a_path_is_decoded_once():
    """A name may hold what looks encoded."""
    assert stream_in_path("%2525", LIMITS) == "%25"
    assert stream_in_path("a+b", LIMITS) == "a+b"


@pytest.mark.parametrize(("depth", "fine"), [(0, True), (32, True), (33, False), (900, False)])
def test_depth_is_counted(depth, fine):
    """Lists and objects alike."""
    value = 1
    for level in range(depth):
        value = [value] if level % 2 else {"a": value}
    assert shallow(value) == fine


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, "none"), ({}, "an object"), ([1], "a list"), (b"x", "bytes"), ("ü", "'\\xfc'"), (1.5, "1.5")],
)
def test_what_came_is_shown_shortly(value, text):
    """Large things by their kind, long ones cut."""
    assert shown(value) == text
    assert len(shown("x" * 500)) == 58
