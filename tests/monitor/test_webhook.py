"""Alerts sent to an address of the operator's."""

import json
import logging
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from seqloom.errors import SettingsError
from seqloom.monitor import Alert, Webhook
from seqloom.monitor.webhook import MOST

ALERT = Alert("raised", "input: load", 1_700_000_000_000_000, "level", "window", 0.0, 1.5, "d1")


@pytest.fixture
def listener():
    """A server that answers as it is told, and notes what it was sent."""
    answers, heard, go = [], [], threading.Event()
    go.set()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            go.wait(10)
            heard.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
            status = answers.pop(0) if answers else 204
            self.send_response(status)
            if status == 302:
                self.send_header("location", "/elsewhere")
            self.end_headers()

        def log_message(self, *_):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    server.answers, server.heard, server.go = answers, heard, go
    server.url = f"http://127.0.0.1:{server.server_port}/hook"
    yield server
    go.set()
    server.shutdown()
    server.server_close()


def test_an_alert_is_sent_once_as_json(listener):
    """With its sentence and its time."""
    webhook = Webhook(listener.url)
    webhook.send(ALERT)
    webhook.close()
    assert listener.heard == [ALERT.to_json()]
    assert (webhook.sent, webhook.failed, webhook.dropped) == (1, 0, 0)


def test_one_who_does_not_answer_well_is_asked_again(listener):
    """With pauses; in the order they came."""
    listener.answers += [500, 503, 429]
    webhook = Webhook(listener.url, pause=0.01)
    webhook.send(ALERT)
    webhook.close()
    assert (len(listener.heard), webhook.sent) == (4, 1)


@pytest.mark.parametrize("status", [400, 404, 302])
def test_one_who_refuses_is_not_asked_again(status, listener, caplog):
    """Nor is a redirection followed; the log says so without the address's secrets."""
    listener.answers += [status] * 2
    webhook = Webhook(listener.url, tries=2, pause=0.01)
    with caplog.at_level(logging.WARNING):
        webhook.send(ALERT)
        webhook.close()
    assert (webhook.sent, webhook.failed) == (0, 1)
    assert len(listener.heard) == (2 if status == 302 else 1)
    assert "could not be sent to 127.0.0.1" in caplog.text
    assert "hook" not in caplog.text.replace("webhook", "")


def test_nobody_waits_for_it(listener):
    """What does not fit into the queue is dropped and counted."""
    listener.go.clear()
    webhook = Webhook(listener.url)
    began = time.monotonic()
    for _ in range(MOST + 20):
        webhook.send(ALERT)
    assert time.monotonic() - began < 1
    assert webhook.dropped >= 19
    listener.go.set()
    webhook.close()
    assert webhook.sent + webhook.dropped == MOST + 20


def test_nobody_there_is_a_failure():
    """After so many tries."""
    webhook = Webhook("http://127.0.0.1:9/", tries=2, pause=0.01)
    webhook.send(ALERT)
    webhook.close()
    assert (webhook.sent, webhook.failed) == (0, 1)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://a/b", "http://", "nonsense"])
def test_only_addresses_of_servers_are_taken(url):
    """No file is read by it."""
    with pytest.raises(SettingsError, match=r"webhook: expected http://HOST"):
        Webhook(url)
