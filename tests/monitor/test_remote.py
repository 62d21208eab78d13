"""A server asked how its streams stand."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from seqloom.errors import InputError, StorageError
from seqloom.monitor import Facts, Monitor, asked


@pytest.fixture
def server():
    """One that says what it is told to one who shows a token."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            known = self.path == "/v1/monitor" and self.headers.get("authorization") == "Bearer secret"
            self.send_response(200 if known else 401)
            self.end_headers()
            self.wfile.write(self.server.body)

        def log_message(self, *_):
            """Say nothing."""

    found = HTTPServer(("127.0.0.1", 0), Handler)
    found.body = b""
    threading.Thread(target=found.serve_forever, daemon=True).start()
    found.url = f"http://127.0.0.1:{found.server_port}/"
    yield found
    found.shutdown()
    found.server_close()


def test_what_it_says_is_what_a_monitor_says(server):
    """Asked with the token."""
    standing = Monitor(Facts("d", "regress", ("y",), (), {})).standing()
    server.body = json.dumps(standing).encode()
    assert asked(server.url, "secret") == standing
    with pytest.raises(StorageError, match=r"status 401; check the address, and the token in SEQLOOM_TOKEN"):
        asked(server.url)


@pytest.mark.parametrize("body", [b"<html>", b"[]", b'{"task": "x"}'])
def test_another_server_is_none(server, body):
    """Whatever it says."""
    server.body = body
    with pytest.raises(InputError, match="came something else; correct the address"):
        asked(server.url, "secret")


def test_nobody_there_is_said_so():
    """In one line."""
    with pytest.raises(StorageError, match="expected a server that answers"):
        asked("http://127.0.0.1:9")
