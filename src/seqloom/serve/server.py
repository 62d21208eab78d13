"""The process that serves a model."""

import asyncio
import logging
import signal
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import ip_address
from types import FrameType

import uvicorn

from seqloom.artifact import Bundle
from seqloom.errors import SettingsError
from seqloom.live import Changed, Engine
from seqloom.serve.app import App
from seqloom.serve.connection import Connection
from seqloom.serve.interpreter import answering
from seqloom.serve.joined import WebSocket
from seqloom.serve.limits import Limits
from seqloom.serve.models import Origin
from seqloom.serve.shadow_run import ShadowRun
from seqloom.serve.source import Source
from seqloom.serve.tokens import Tokens
from seqloom.serve.watch import Watch, Watching
from seqloom.store import Store

KEEP_ALIVE_SECONDS = 75
DRAIN_SECONDS = 30
FLUSH_SECONDS = 0.05
"""For answers that are known to be written."""
BACKLOG = 2048
HIGHEST_PORT = 65_535


@dataclass(frozen=True)
class ServerSettings:
    """How a model is served.

    Args:
        host: name or address to listen at.
        port: to listen at; 0: any free one.
        records: whether every prediction is recorded.
        changed: what becomes of streams of another model.
        follow: whether a model that is saved in the place of the one that is served takes over.
        watching: what is done besides watching the streams; None: they are not watched.
        shadow: place of a model that reads beside the one that is served; None: there is none.
        tokens: who may do what.
        limits: what is taken.
        name: of the model, for clients that name it.

    Raises:
        SettingsError: others can reach the host, and there is no token.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    records: bool = True
    changed: Changed = "refuse"
    follow: bool = False
    shadow: str | None = None
    watching: Watching | None = field(default_factory=Watching)
    tokens: Tokens = field(default_factory=Tokens)
    limits: Limits = field(default_factory=Limits)
    name: str = "model"

    def __post_init__(self) -> None:
        if not 0 <= self.port <= HIGHEST_PORT:
            fix = "choose another one"
            raise SettingsError("port", expected=f"0 to {HIGHEST_PORT}", came=str(self.port), fix=fix)
        if self.shadow is not None and not self.records:
            fix = "leave out --no-records, or the shadow"
            raise SettingsError("shadow", expected="records, which it reads", came="none", fix=fix)
        if not self.tokens and not is_loopback(self.host):
            expected = "a token, since others can reach this host"
            fix = "give --token-file, set SEQLOOM_TOKEN, or listen at 127.0.0.1"
            raise SettingsError(f"host {self.host}", expected=expected, came="none", fix=fix)


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach what listens there.

    Example:
        >>> is_loopback("127.0.0.1"), is_loopback("0.0.0.0")
        (True, False)
    """
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def serve(
    bundle: Bundle,
    store: Store,
    settings: ServerSettings,
    ready: Callable[[str], None],
    source: Source | None = None,
) -> None:
    """Serve a model until the process is asked to end; then answer what was taken, and close the store.

    Args:
        bundle: the artifact.
        store: where sessions are kept; closed at the end.
        settings: how.
        ready: is told the address as soon as the server answers there.
        source: where another model may come from while the server runs; None: the model stays.

    Raises:
        SettingsError: the model does not answer reading by reading, or the address is in use.
        StorageError: the store refused.
    """
    with store, _listening(settings) as listener:
        watch = None if settings.watching is None or not settings.records else Watch(settings.watching)
        shadow = None if settings.shadow is None or not settings.records else ShadowRun(Source(settings.shadow))

        def engine_of(one: Bundle) -> Engine:
            for knowing in (watch, shadow):
                if knowing is not None:
                    knowing.know(one)
            hot = settings.limits.hot
            return Engine(one, store, records=settings.records, changed=settings.changed, hot=hot)

        engine = engine_of(bundle)
        engine.probe()
        app = App(
            engine,
            settings.tokens,
            settings.limits,
            None if source is None else Origin(source, engine_of, settings.follow),
            settings.name,
            watch,
            shadow,
        )
        server = _Server(_config(app, settings), app, lambda: ready(_address(settings.host, listener)))
        with answering():
            server.run([listener])


class _Server(uvicorn.Server):
    """A server that says when it is ready, and ends well when it is asked to."""

    def __init__(self, config: uvicorn.Config, app: App, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._own, self._ready = app, ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen, and say so."""
        await super().startup(sockets)
        self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Answer what was taken, WebSockets too, and only then let connections go."""
        await self._own.close()
        await asyncio.sleep(FLUSH_SECONDS)
        await super().shutdown(sockets)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:  # noqa: ARG002 - the signature of signals
        """End; at the second interrupt without waiting for clients."""
        if self.should_exit and sig == signal.SIGINT:
            self.force_exit = True
        self.should_exit = True


def _config(app: App, settings: ServerSettings) -> uvicorn.Config:
    limits = settings.limits
    logging.getLogger("uvicorn.error").setLevel(logging.ERROR)
    return uvicorn.Config(
        app,
        http=Connection,
        ws=WebSocket,
        ws_max_size=limits.body,
        ws_max_queue=limits.flight,
        ws_per_message_deflate=False,  # a small frame may unpack to a large one
        loop="auto",
        lifespan="on",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        date_header=False,
        backlog=BACKLOG,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=DRAIN_SECONDS,
    )


def _listening(settings: ServerSettings) -> socket.socket:
    """A socket that listens at the address of the settings."""
    where = f"{settings.host}:{settings.port}"
    try:
        family = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((settings.host, settings.port), family=family, backlog=BACKLOG)
    except (OSError, UnicodeError, OverflowError) as error:
        came = str(getattr(error, "strerror", None) or type(error).__name__).lower()
        fix = "choose another port or host"
        raise SettingsError(where, expected="an address that is free", came=came, fix=fix) from error


def _address(host: str, listener: socket.socket) -> str:
    return f"http://{f'[{host}]' if ':' in host else host}:{listener.getsockname()[1]}"
