"""A request as handlers see it."""

import asyncio

import pytest

from seqloom.errors import OverloadedError
from seqloom.serve import Limits
from seqloom.serve.exchange import Answer, Asked, GoneError
from seqloom.serve.refusal import RequestError


def asked(*parts, headers=None, query=b"", body=10):
    """A request whose body comes in these parts; None: its client leaves."""
    coming = list(parts)

    async def receive():
        part = coming.pop(0)
        if part is None:
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": part, "more_body": bool(coming)}

    return Asked({"query_string": query}, receive, Limits(body=body), headers or {})


@pytest.mark.parametrize("parts", [[b"[1,2]"], [b"[1", b",2]"], [b"", b"[1,2]", b""]])
def test_a_body_may_come_in_parts(parts):
    """It is put together."""
    assert asyncio.run(asked(*parts).json()) == [1, 2]


def test_a_body_is_left_unread_where_it_is_too_long():
    """Nothing more is taken as soon as it is known."""
    parts = [b"x" * 6, b"x" * 6, b"x" * 6]
    with pytest.raises(RequestError, match="at most 10 bytes"):
        asyncio.run(asked(*parts).body())
    with pytest.raises(RequestError, match="came 11 bytes"):
        asyncio.run(asked(None, headers={b"content-length": b"11"}).body())


def test_one_who_leaves_is_not_answered():
    """There is nobody to answer."""
    with pytest.raises(GoneError):
        asyncio.run(asked(b"[", None).json())


def test_no_body_is_a_document_only_where_it_may_be():
    """Else it is no JSON."""
    assert asyncio.run(asked(b"").json(empty={})) == {}
    with pytest.raises(RequestError, match="a JSON document"):
        asyncio.run(asked(b"").json())


@pytest.mark.parametrize("kind", [b"application/json", b"application/json; charset=utf-8", b"Application/JSON"])
def test_json_may_say_its_letters(kind):
    """The type counts, whatever follows it."""
    assert asyncio.run(asked(b"1", headers={b"content-type": kind}).json()) == 1


@pytest.mark.parametrize("query", [b"a=1&a=2", b"b=1", b"a=%ff", b"&".join([b"a=1"] * 50)])
def test_a_query_has_each_field_once(query):
    """Others are refused."""
    with pytest.raises(RequestError):
        asked(query=query).query(frozenset({"a"}))
    assert asked(query=b"a=%C3%BC").query(frozenset({"a"})) == {"a": "ü"}


def test_an_answer_says_when_to_come_again():
    """Where that helps; and ends the connection where the rest of it is not worth reading."""
    words = {"expected": "a", "came": "b", "fix": "c"}
    assert (b"retry-after", b"1") in Answer.refused(OverloadedError("server", **words)).headers
    assert (b"connection", b"close") in Answer.refused(RequestError(413, "too-large", "body", **words)).headers
    assert list(Answer.refused(RequestError(422, "invalid", "body", **words)).headers) == []
