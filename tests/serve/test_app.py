"""The server as a whole: whatever bytes come, they have an answer that helps."""

import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

import orjson
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from seqloom.serve.app import pattern

POSTS = [
    "/v1/streams/pump/readings",
    "/v1/readings",
    "/v1/predict",
    "/v1/streams/pump/reset",
    "/v1/streams/pump/fork",
    "/v1/streams/pump/restore",
]
WORDS = ("code", "where", "expected", "came", "fix")
FINE = {"readings": [{"values": {"a": 1, "mode": "on"}}]}
METHODS = ["GET", "PUT", "POST", "PATCH", "DELETE", "HEAD", "OPTIONS"]
FIELDS = st.sampled_from(
    ["epoch", "readings", "seq", "time", "values", "ahead", "streams", "stream", "sequences", "name", "to", "snapshot"]
)
PLAIN = st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | st.text(max_size=5)
DOCUMENTS = st.recursive(
    PLAIN,
    lambda own: (
        st.lists(own, max_size=3)
        | st.dictionaries(FIELDS | st.sampled_from(["a", "mode"]) | st.text(max_size=3), own, max_size=5)
    ),
    max_leaves=15,
)
fuzzed = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


def must_help(answer):
    """An answer that is no failure of the server, and names what is wrong."""
    assert answer.status_code < 500, answer.text
    assert "Traceback" not in answer.text
    assert "/src/" not in answer.text
    if answer.status_code >= 400:
        error = answer.json()["error"]
        assert all(
            isinstance(error[name], str) and error[name] for name in ("code", "where", "expected", "came", "fix")
        )


@fuzzed
@given(path=st.sampled_from(POSTS), raw=st.binary(max_size=200))
@example(path=POSTS[0], raw=b"[" * 100_000)
@example(path=POSTS[0], raw=b'{"readings":[{"values":{"a":1e400}}]}')
@example(path=POSTS[0], raw=b'{"readings":[{"values":{"a":NaN}}]}')
@example(path=POSTS[0], raw=b'{"readings":[{"values":{"a":' + b"9" * 400 + b"}}]}")
@example(path=POSTS[5], raw=b'{"snapshot":{"answers":' + b"[" * 400 + b"]" * 400 + b"}}")
def test_any_bytes_have_an_answer(client, path, raw):
    """No bytes are a failure of the server."""
    answer = client.post(path, content=raw, headers={"content-type": "application/json"})
    must_help(answer)
    assert answer.status_code >= 400 or raw == b""


@fuzzed
@given(path=st.sampled_from(POSTS), document=DOCUMENTS)
def test_any_document_has_an_answer(client, path, document):
    """No JSON document is a failure of the server, in whatever place its fields stand."""
    raw = orjson.dumps(document, option=orjson.OPT_NON_STR_KEYS) if in_64_bits(document) else repr(document).encode()
    must_help(client.post(path, content=raw))


@fuzzed
@given(values=st.dictionaries(st.sampled_from(["a", "mode", "b"]), PLAIN | st.lists(PLAIN, max_size=2), max_size=3))
def test_any_values_have_an_answer_and_leave_other_streams_alone(client, values):
    """Whatever a reading holds, it is answered or refused, and the next stream is read on."""
    if in_64_bits(values):
        must_help(client.post(POSTS[0], content=orjson.dumps({"readings": [{"values": values}]})))
    assert client.post("/v1/streams/other/readings", json=FINE).status_code == 200


@fuzzed
@given(path=st.text(alphabet=st.characters(codec="utf-8"), max_size=30), method=st.sampled_from(METHODS))
@example(path="v1/streams//readings", method="POST")
@example(path="v1/streams/a/../b", method="GET")
@example(path="v1/streams?limit=1e9", method="GET")
@example(path="v1/streams?limit=-1&after=%ff", method="GET")
@example(path="v1/streams?limit=1&limit=2", method="GET")
def test_any_path_and_method_has_an_answer(client, path, method):
    """No path is a failure of the server."""
    answer = client.request(method, f"http://127.0.0.1/{quote(path, safe='/?&=%')}")
    assert answer.status_code < 500
    if method != "HEAD":
        must_help(answer)


def in_64_bits(document):
    """Whether this JSON can be written."""
    try:
        orjson.dumps(document, option=orjson.OPT_NON_STR_KEYS)
    except TypeError:
        return False
    return True


@pytest.mark.parametrize(
    ("headers", "content", "status", "code"),
    [
        ({}, b"x" * 2001, 413, "too-large"),
        ({"content-length": "99999999999999999999999"}, b"{}", 413, "too-large"),
        ({"content-type": "text/plain"}, b"{}", 415, "media-type"),
        ({"content-encoding": "gzip"}, b"{}", 415, "encoding"),
        ({}, b"{", 400, "json"),
        ({}, b'{"readings": [], "more": 1}', 422, "invalid"),
        ({}, b'{"readings": []}', 422, "invalid"),
        ({}, orjson.dumps({"readings": [{"values": {}}] * 4}), 422, "invalid"),
        ({}, orjson.dumps({"readings": [{"values": {"mode": "x" * 51}}]}), 422, "invalid"),
    ],
)
def test_what_is_too_much_is_refused_by_name(narrow, headers, content, status, code):
    """Each limit has its status and its code."""
    refused = narrow.post(POSTS[0], content=content, headers={"content-type": "application/json"} | headers)
    assert (refused.status_code, refused.json()["error"]["code"]) == (status, code)


def test_a_body_of_unknown_length_is_bounded_too(narrow):
    """A stream of parts is cut off where it grows too long."""
    refused = narrow.post(POSTS[0], content=(b"x" * 500 for _ in range(1000)))
    assert (refused.status_code, refused.headers["connection"]) == (413, "close")


def test_overload_is_told_within_a_tenth_of_a_second(narrow, store, body):
    """A full server says 429 and when to come again, and loses nothing of what it took."""
    store.go.clear()
    with ThreadPoolExecutor(4) as many:
        taken = [many.submit(narrow.post, f"/v1/streams/s{one}/readings", json=body(0)) for one in range(4)]
        while narrow.get("/metrics").text.find("seqloom_calls_waiting 4.0") < 0:
            time.sleep(0.01)
        began = time.perf_counter()
        refused = narrow.post("/v1/streams/later/readings", json=body(0))
        seconds = time.perf_counter() - began
        store.go.set()
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "1")
    assert seconds < 0.1
    assert [one.result().json()["acknowledged"] for one in taken] == [1, 1, 1, 1]
    assert [store.session(f"s{one}").seq for one in range(4)] == [1, 1, 1, 1]
    assert store.session("later") is None


def test_no_answer_is_given_before_it_is_durable(client, store, body):
    """As long as the disk has not said so, the client waits."""
    store.go.clear()
    with ThreadPoolExecutor(1) as other:
        asked = other.submit(client.post, POSTS[0], json=body(0))
        assert store.begun.wait(10)
        time.sleep(0.05)
        waits = not asked.done()
        store.go.set()
        assert asked.result().status_code == 200
    assert waits
    assert store.session("pump").seq == 1


def test_a_failure_of_the_server_is_told_without_its_inside(client, engine, monkeypatch, caplog):
    """What nobody foresaw is 500 as JSON, its cause stands in the log, and the next call is answered."""
    monkeypatch.setattr(engine.stepper, "read", lambda *_: 1 / 0)
    failed = client.post(POSTS[0], json={"readings": [{"values": {}}]})
    assert (failed.status_code, failed.json()["error"]["code"]) == (500, "internal")
    assert "division" not in failed.text
    assert "ZeroDivisionError" in caplog.text
    monkeypatch.undo()
    assert client.post(POSTS[0], json=FINE).status_code == 200


def test_the_pattern_of_a_path_has_no_name_in_it():
    """Paths are counted by their pattern, so that names of streams are no labels."""
    assert pattern({"raw_path": b"/v1/streams/a%2Fb"}) == ("/v1/streams/{stream}", "a%2Fb")
    assert pattern({"path": "/v1/streams"}) == ("/v1/streams", "")
