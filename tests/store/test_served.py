"""Records of a store that a running server owns."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from seqloom.errors import InputError, StorageError
from seqloom.store import MemoryStore, Record, open_records
from seqloom.store.change import Change
from seqloom.store.served import ServedRecords, written

MADE = [Record("a", 0, seq, "d", 5, None, b'{"x":1}', b"{}", b"2" if seq else None, 0.5) for seq in range(2300)]


@pytest.fixture
def store():
    """With more records than a page holds."""
    found = MemoryStore()
    found.commit(Change(records=MADE))
    return found


@pytest.fixture
def address(store):
    """A server that answers with its pages, if it is shown the token; `/odd` is none."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            """A page."""
            if self.headers.get("authorization") != "Bearer secret":
                self.send_error(401)
                return
            after = tuple(map(int, self.path.rpartition("=")[2].split(",")))
            records, place = store.page(after)
            body = {"records": [written(one) for one in records], "after": place}
            self._answer(b"[]" if self.path.startswith("/list") else json.dumps(body).encode())

        def _answer(self, body):
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"<p>" if self.path.startswith("/page") else body)

        def log_message(self, *words):
            """Nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_they_are_those_of_the_store(address):
    """Page by page, byte for byte."""
    with open_records(address, "secret") as records:
        assert list(records.records()) == MADE
        assert list(records.records(since=6)) == []
        assert list(records.records(stream="another")) == []


def test_a_server_that_refuses_or_is_not_there_is_named(address):
    """With what to do."""
    with pytest.raises(StorageError, match="came status 401"):
        list(ServedRecords(address).records())
    with pytest.raises(StorageError, match="expected a server that answers"):
        list(ServedRecords("http://127.0.0.1:9").records())


@pytest.mark.parametrize("path", ["list", "page"])
def test_what_is_no_server_of_this_kind_is_refused(address, path):
    """Its answer has no records."""
    with pytest.raises(InputError, match="correct the address"):
        list(ServedRecords(f"{address}/{path}", "secret").records())


def test_an_address_of_a_store_opens_it(tmp_path):
    """As `open_store` does."""
    with open_records(tmp_path / "kept.db") as records:
        assert list(records.records()) == []
