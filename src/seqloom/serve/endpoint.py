"""A path of the server: its handlers by method, and what a client has to be allowed."""

import time
from collections.abc import Awaitable, Callable, Mapping

from seqloom.serve.exchange import Answer, Asked, GoneError, Receive, Scope, Send
from seqloom.serve.limits import Limits
from seqloom.serve.metrics import Metrics
from seqloom.serve.refusal import RequestError
from seqloom.serve.tokens import Right, Tokens

Handler = Callable[[Asked], Awaitable[Answer]]
LOOPBACK_NAMES = frozenset({b"localhost", b"127.0.0.1", b"[::1]"})
NO_METHOD = 405
WANTED = frozenset(
    {
        b"authorization",
        b"content-type",
        b"content-length",
        b"content-encoding",
        b"host",
        b"inference-header-content-length",
        b"origin",
    }
)


class Endpoint:
    """What stands behind one path, beginning with what ASGI gives.

    Args:
        path: as it is counted.
        handlers: for each method who answers, and what he who asks has to be allowed.
        gate: who is let in.
        limits: what the server takes.
        metrics: where answers are counted.
        refused: what an error is answered with.
    """

    def __init__(
        self,
        path: str,
        handlers: Mapping[str, tuple[Handler, Right]],
        gate: "Gate",
        limits: Limits,
        metrics: Metrics,
        refused: Callable[[Exception], Answer] = Answer.refused,
    ) -> None:
        self._path, self._handlers, self._gate, self._limits = path, dict(handlers), gate, limits
        self._metrics, self._refused = metrics, refused
        if "GET" in self._handlers:
            self._handlers["HEAD"] = self._handlers["GET"]
        self._allowed = ", ".join(self._handlers).encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send, stream: str = "") -> None:
        """Answer one request.

        Args:
            scope: of ASGI.
            receive: of ASGI.
            send: of ASGI.
            stream: the name in the path, percent-encoded.
        """
        began = time.perf_counter()
        try:
            answer = await self._answer(scope, receive, stream)
        except GoneError:
            return
        except Exception as error:  # noqa: BLE001 - every error has its answer, none is a traceback
            answer = self._refused(error)
        self._metrics.requests.answered(self._path, answer.status, time.perf_counter() - began)
        headers = [(b"content-type", answer.kind), (b"content-length", b"%d" % len(answer.body)), *answer.headers]
        if answer.status == NO_METHOD:
            headers.append((b"allow", self._allowed))
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        await send({"type": "http.response.body", "body": answer.body})

    async def _answer(self, scope: Scope, receive: Receive, stream: str) -> Answer:
        headers = {name: value for name, value in scope["headers"] if name in WANTED}
        found = self._handlers.get(scope["method"])
        if not self._handlers:
            raise no_path(scope["path"])
        if found is None:
            methods = ", ".join(name for name in self._handlers if name != "HEAD")
            came, fix = ascii(scope["method"][:20]), "correct the method"
            raise RequestError(NO_METHOD, "method", "method", expected=methods, came=came, fix=fix)
        handler, right = found
        self._gate.enter(headers, right)
        return await handler(Asked(scope, receive, self._limits, headers, stream))


def no_path(path: str) -> RequestError:
    """The error for a path that nothing stands behind."""
    came, fix = ascii(path[:60]), "see /docs for the paths there are"
    return RequestError(404, "no-path", "path", expected="one that is served", came=came, fix=fix)


class Gate:
    """Who is let in.

    Args:
        tokens: of clients and administrators; none: everybody, as long as he speaks to this machine by its own name,
            so that no page of the web can reach a server that asks for no token.
    """

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens

    def enter(self, headers: Mapping[bytes, bytes], needed: Right) -> None:
        """Refuse one who may not.

        Raises:
            RequestError: his token is missing, unknown, or of lesser rights; or a page of the web sent him.
        """
        if not needed:
            return
        if self.tokens:
            self.tokens.allow(headers.get(b"authorization"), needed)
            return
        host, origin = headers.get(b"host"), headers.get(b"origin")
        names = [name for name in (host, origin and origin.rpartition(b"//")[2]) if name is not None]
        if any(_without_port(name) not in LOOPBACK_NAMES for name in names):
            fix = "use http://127.0.0.1, or run the server with tokens"
            raise RequestError(403, "forbidden", "header host or origin", expected="localhost", came="another", fix=fix)


def _without_port(name: bytes) -> bytes:
    return name[: name.rindex(b"]") + 1] if b"]" in name else name.partition(b":")[0]
