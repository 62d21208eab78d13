"""Alerts sent to an address of the operator's, by a thread that nobody waits for."""

import json
import logging
import queue
import threading
import time
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from seqloom.errors import SettingsError
from seqloom.monitor.alert import Alert
from seqloom.version import __version__

MOST = 100
"""Alerts that wait to be sent; more are dropped and counted."""
TRIES = 5
FIRST_PAUSE = 1.0
"""Seconds before the second try; twice as long before each further one."""
TIMEOUT = 10.0
"""Seconds for one try."""
REFUSED, OVERLOADED = range(400, 500), (408, 425, 429)
log = logging.getLogger(__name__)


class Webhook:
    """Sends each alert once, as a JSON object in a POST, in the order they came.

    What answers with an error of its own, or not at all, is asked again with growing pauses; what refuses the alert
    itself (a status of 400 to 499) is not. Redirections are not followed.

    Args:
        url: where to, `http://…` or `https://…`.
        tries: how often each is sent at most.
        pause: seconds before the second try.

    Raises:
        SettingsError: another address.
    """

    def __init__(self, url: str, *, tries: int = TRIES, pause: float = FIRST_PAUSE) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            fix = "correct the address"
            raise SettingsError("webhook", expected="http://HOST/… or https://HOST/…", came=repr(url[:80]), fix=fix)
        self._url, self._tries, self._pause = url, tries, pause
        self._opener = build_opener(_NoRedirects)
        self._waiting: queue.Queue[bytes | None] = queue.Queue(MOST)
        self._closing = threading.Event()
        self.sent = self.dropped = self.failed = 0
        self._thread = threading.Thread(target=self._run, name="seqloom-webhook", daemon=True)
        self._thread.start()

    def send(self, alert: Alert) -> None:
        """Send an alert, some time; comes back at once."""
        try:
            self._waiting.put_nowait(json.dumps(alert.to_json()).encode())
        except queue.Full:
            self.dropped += 1

    def close(self, timeout: float = 2 * TIMEOUT) -> None:
        """Send what waits, without further pauses, and end.

        Args:
            timeout: seconds to wait for it at most.
        """
        self._closing.set()
        try:
            self._waiting.put(None, timeout=timeout)
        except queue.Full:
            return
        self._thread.join(timeout)

    def _run(self) -> None:
        while (body := self._waiting.get()) is not None:
            if self._delivered(body):
                self.sent += 1
            else:
                self.failed += 1
                log.warning("an alert could not be sent to %s", urlsplit(self._url).hostname)

    def _delivered(self, body: bytes) -> bool:
        for attempt in range(self._tries):
            if attempt:
                self._closing.wait(self._pause * 2 ** (attempt - 1))
            began = time.monotonic()
            try:
                headers = {"content-type": "application/json", "user-agent": f"seqloom/{__version__}"}
                with self._opener.open(Request(self._url, body, headers, method="POST"), timeout=TIMEOUT):  # noqa: S310 - http or https, checked
                    return True
            except HTTPError as error:
                error.close()
                if error.code in REFUSED and error.code not in OVERLOADED:
                    return False
            except (OSError, ValueError) as error:
                log.debug("no answer after %.1f s: %s", time.monotonic() - began, error)
        return False


class _NoRedirects(HTTPRedirectHandler):
    def redirect_request(self, *_: object, **__: object) -> None:
        """None: the answer that redirects is an error."""
