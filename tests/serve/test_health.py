"""Whether a server lives, and can work."""

import threading

from seqloom.serve import health


def test_a_server_lives_and_is_ready(client, engine):
    """It says which model it serves."""
    assert client.get("/healthz").json()["status"] == "live"
    assert client.get("/readyz").json() == {"status": "ready", "model": engine.digest, "waiting": 0}


def test_a_store_that_does_not_commit_is_not_ready(client, store, body):
    """The process lives all the same, and is ready as soon as the store commits again."""
    store.failures = 1
    assert client.get("/readyz").status_code == 503
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 200


def test_a_store_that_hangs_is_not_ready(client, store, monkeypatch):
    """The question does not hang with it, however often it is asked."""
    monkeypatch.setattr(health, "PATIENCE", 0.05)
    store.go.clear()
    threads = threading.active_count()
    assert [client.get("/readyz").status_code for _ in range(3)] == [503] * 3
    assert threading.active_count() <= threads + 1
    store.go.set()
