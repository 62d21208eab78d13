"""The process that serves a model."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import closing, suppress

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from seqloom.errors import SettingsError, StorageError
from seqloom.serve import ServerSettings, Tokens, serve
from seqloom.serve.server import is_loopback
from seqloom.store import open_store

READY = 60
"""Seconds until a server has to be ready on a busy machine."""


@pytest.fixture
def started(model, tmp_path):
    """A server in its own process, its port, and the address of its store."""
    store = f"sqlite:///{tmp_path}/streams.db"
    words = [sys.executable, "-m", "seqloom", "serve", str(model), "--store", store, "--port", "0"]
    environment = os.environ | {"OMP_NUM_THREADS": "1"}
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment) as process:
        line = process.stdout.readline()
        yield process, int(line.rpartition(":")[2]), store
        process.kill()


def ask(connection, name, seq):
    """One reading; what was acknowledged, or None where there is no answer."""
    body = json.dumps({"epoch": 0, "readings": [{"seq": seq, "values": {"a": 1.0, "mode": "on"}}]})
    headers = {"content-type": "application/json"}
    try:
        connection.request("POST", f"/v1/streams/{name}/readings", body, headers)
        answer = connection.getresponse()
        return json.loads(answer.read()).get("acknowledged") if answer.status == 200 else None
    except (OSError, http.client.HTTPException):
        return None


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_server_that_is_asked_to_end_loses_nothing(started, number):
    """In the middle of many calls it answers what it took, ends with 0, and every answer is in the store."""
    process, port, store = started
    acknowledged = {}

    def read_on(name):
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=READY)) as connection:
            seq = 0
            while (told := ask(connection, name, seq)) is not None:
                seq = acknowledged[name] = told

    threads = [threading.Thread(target=read_on, args=(f"s{one}",)) for one in range(8)]
    for thread in threads:
        thread.start()
    until = time.monotonic() + READY
    while min(acknowledged.values(), default=0) < 3 or len(acknowledged) < 8:
        assert time.monotonic() < until
        time.sleep(0.01)
    process.send_signal(number)
    for thread in threads:
        thread.join(READY)
    assert process.wait(READY) == 0
    assert "Traceback" not in process.stderr.read()
    with open_store(store) as found:
        stored = {name: found.session(name).seq for name in acknowledged}
    assert stored == acknowledged


def test_frames_that_were_taken_are_answered_before_the_end(started):
    """A WebSocket with many calls under way is told of every reading that is in the store."""
    process, port, store = started
    acknowledged = 0
    with connect(f"ws://127.0.0.1:{port}/v1/stream") as socket:
        for seq in range(60):
            readings = [{"seq": seq, "values": {"a": 1.0, "mode": "on"}}]
            socket.send(json.dumps({"id": seq, "stream": "a", "readings": readings}))
        acknowledged = json.loads(socket.recv())["acknowledged"]
        process.send_signal(signal.SIGTERM)
        with suppress(ConnectionClosed):
            while True:
                acknowledged = json.loads(socket.recv()).get("acknowledged", acknowledged)
    assert process.wait(READY) == 0
    with open_store(store) as found:
        assert found.session("a").seq == acknowledged


@pytest.mark.parametrize(
    ("host", "alone"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),  # noqa: S104 - nobody listens there
        ("::", False),
        ("example.org", False),
    ],
)
def test_a_host_that_others_reach_needs_a_token(host, alone):
    """Without one the server does not start there."""
    assert is_loopback(host) == alone
    assert ServerSettings(host=host, tokens=Tokens(["a-token-of-a-client"])).host == host
    if alone:
        assert ServerSettings(host=host).host == host
    else:
        with pytest.raises(SettingsError, match="a token, since others can reach this host"):
            ServerSettings(host=host)


@pytest.mark.parametrize("port", [-1, 65_536])
def test_a_port_that_is_none_is_refused(port):
    """Before anything is loaded."""
    with pytest.raises(SettingsError, match="0 to 65535"):
        ServerSettings(port=port)


def test_a_port_in_use_is_told(bundle, store):
    """In one line, and the store is let go."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(SettingsError, match=f"127.0.0.1:{port}: expected an address that is free"):
            serve(bundle, store, ServerSettings(port=port), print)


def test_a_store_that_does_not_commit_is_told_at_once(bundle, store):
    """A server that could not acknowledge anything does not begin."""
    store.failures = 1
    with pytest.raises(StorageError):
        serve(bundle, store, ServerSettings(port=0), print)
