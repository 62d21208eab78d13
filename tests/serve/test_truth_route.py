"""Truths over HTTP."""

import pytest


@pytest.fixture
def read(client, body):
    """A stream with three readings."""
    assert client.post("/v1/streams/a/readings", json=body(0, 1, 2)).status_code == 200
    return client


def truths(*rows):
    """A body with these truths."""
    return {"epoch": 0, "truths": [{"seq": seq, "truth": truth} for seq, truth in rows]}


def test_truths_become_part_of_the_records(read, store):
    """All of a call in one commit; readings without a record are named."""
    before = store.commits
    answer = read.post("/v1/streams/a/truth", json=truths((0, {"level": 2.5}), (2, 3), (7, 1)))
    assert answer.json() == {"stream": "a", "epoch": 0, "told": 2, "missing": [7]}
    assert store.commits == before + 1
    assert [record.truth for record in store.records()] == [b'{"level":2.5}', None, b"3"]


def test_the_present_epoch_is_meant_unless_another_is_said(read):
    """One that has ended keeps its records; of one that never was nobody knows."""
    assert read.post("/v1/streams/a/truth", json={"truths": [{"seq": 1, "truth": 1}]}).json()["told"] == 1
    assert read.delete("/v1/streams/a").status_code == 200
    assert read.post("/v1/streams/a/truth", json=truths((1, 2))).json()["told"] == 1
    assert read.post("/v1/streams/b/truth", json={"truths": [{"seq": 1, "truth": 1}]}).status_code == 404


@pytest.mark.parametrize(
    ("document", "where"),
    [
        ([], "body"),
        ({"truths": []}, "body.truths"),
        ({"truths": [{"seq": -1, "truth": 1}]}, "body.truths[0].seq"),
        ({"truths": [{"seq": 0}]}, "body.truths[0].truth"),
        ({"truths": [{"seq": 0, "truth": [1]}]}, "body.truths[0].truth"),
        ({"truths": [{"seq": 0, "truth": {"level": {}}}]}, "body.truths[0].truth"),
        ({"truths": [{"seq": 0, "truth": 1, "more": 1}]}, "body.truths[0]"),
        ({"epoch": "x", "truths": [{"seq": 0, "truth": 1}]}, "body.epoch"),
    ],
)
def test_anything_else_is_refused_by_its_field(read, document, where):
    """Nothing is told."""
    answer = read.post("/v1/streams/a/truth", json=document)
    assert answer.status_code == 422
    assert answer.json()["error"]["where"].startswith(where)


def test_a_store_that_refuses_tells_nothing(read, store):
    """The same again is right."""
    store.failures = 1
    assert read.post("/v1/streams/a/truth", json=truths((0, 1))).status_code == 503
    assert next(iter(store.records())).truth is None
    assert read.post("/v1/streams/a/truth", json=truths((0, 1))).json()["told"] == 1


def test_a_client_may_tell(guarded, body, bearer):
    """Nobody without a token."""
    guarded.post("/v1/streams/a/readings", json=body(0), headers=bearer("client"))
    assert guarded.post("/v1/streams/a/truth", json=truths((0, 1))).status_code == 401
    assert guarded.post("/v1/streams/a/truth", json=truths((0, 1)), headers=bearer("client")).json()["told"] == 1
