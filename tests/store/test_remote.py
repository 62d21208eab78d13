"""A running server asked for a document."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from seqloom.errors import InputError, StorageError
from seqloom.store import asked

WORDS = {"what": "its songs", "whose": "the singer's token"}


@pytest.fixture
def address():
    """A server that tells at `/songs` what it was asked and shown, is empty at `/none` and refuses elsewhere."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200 if self.path.startswith(("/songs", "/none")) else 403)
            self.end_headers()
            if self.path.startswith("/songs"):
                self.wfile.write(json.dumps([self.path, self.headers.get("authorization")]).encode())

        def log_message(self, *_):
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(("token", "shown"), [("secret", "Bearer secret"), (None, None)])
def test_a_document_is_asked_for_with_its_token(address, token, shown):
    """The query goes with the path, the token with the request, if there is one."""
    assert asked(address, "/songs?after=3", token=token, **WORDS) == ["/songs?after=3", shown]


def test_a_refusal_says_which_token_is_meant(address):
    """It names what was asked for, too."""
    with pytest.raises(StorageError, match="expected its songs, came status 403; check the address, and the singer's"):
        asked(address, "/others", **WORDS)


def test_what_is_no_json_comes_from_another_server(address):
    """The address is what to look at."""
    with pytest.raises(InputError, match="expected JSON, came something else; correct the address"):
        asked(address, "/none", **WORDS)


def test_nobody_there_is_told_in_one_line():
    """With what to do."""
    with pytest.raises(StorageError, match=r"a server that answers, came .*; start it, or correct the address"):
        asked("http://127.0.0.1:9", "/songs", **WORDS)
