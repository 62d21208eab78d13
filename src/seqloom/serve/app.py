"""The server as an ASGI application."""

import asyncio

from seqloom.live import Engine
from seqloom.serve.assets import assets
from seqloom.serve.batcher import Batcher
from seqloom.serve.direct import Direct
from seqloom.serve.endpoint import Endpoint, Gate, Handler, no_path
from seqloom.serve.exchange import Answer, Receive, Scope, Send
from seqloom.serve.health import Health
from seqloom.serve.idle import Idle
from seqloom.serve.inference import PREFIX, Inference, refused
from seqloom.serve.inference import pattern as inference_pattern
from seqloom.serve.limits import Limits
from seqloom.serve.metrics import Metrics
from seqloom.serve.models import Models, Origin
from seqloom.serve.observer import Observers
from seqloom.serve.openapi import described, explained
from seqloom.serve.predict_route import PredictRoute
from seqloom.serve.reading_routes import ReadingRoutes
from seqloom.serve.recorded import RecordRoutes
from seqloom.serve.shadow_run import ShadowRun, without
from seqloom.serve.sockets import Sockets, refuse
from seqloom.serve.stream_routes import StreamRoutes
from seqloom.serve.tokens import Right, Tokens
from seqloom.serve.truth_route import TruthRoute
from seqloom.serve.watch import Watch, unwatched

NO_PATH = "other"
STREAMS, SOCKET = "/v1/streams/", "/v1/stream"


class App:
    """Streams over HTTP.

    Args:
        engine: the streams; the application alone reads with it.
        tokens: who may do what; None: everybody on this machine.
        limits: what is taken.
        origin: where another model may come from; None: the model stays.
        name: of the model.
        watch: watches what becomes durable; None: nobody does.
        shadow: reads it with another model; None: there is none.
    """

    def __init__(
        self,
        engine: Engine,
        tokens: Tokens | None = None,
        limits: Limits | None = None,
        origin: Origin | None = None,
        name: str = "model",
        watch: Watch | None = None,
        shadow: ShadowRun | None = None,
    ) -> None:
        self._limits = limits or Limits()
        self._gate = Gate(tokens or Tokens())
        self._metrics = Metrics(engine.digest, engine.task)
        self.watch, self._shadow = watch, shadow
        self._followers = [one for one in (watch, shadow) if one is not None]
        self.batcher = Batcher(engine, self._limits, Observers(self._metrics, *self._followers))
        if watch is not None:
            self._metrics.also(watch)
            watch.feel(self._metrics.pulse)
        self._metrics.watch(lambda: self.batcher.waiting)
        self.direct = Direct(self.batcher, self._gate, self._limits, self._metrics)
        """The short way of readings, for connections that know it."""
        self._health = Health(self.batcher)
        self._sockets = Sockets(self.batcher, self._gate, self._limits, self._metrics)
        self._models = Models(self.batcher, origin, self._metrics)
        self._idle = Idle(self.batcher, self._limits.idle, self._metrics)
        self._paths, self._nowhere = self._served() | self._inference(name), self._endpoint(NO_PATH, {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one connection, as ASGI has it."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        path, stream = pattern(scope)
        if scope["type"] == "websocket":
            if path == SOCKET:
                await self._sockets(scope, receive, send)
            else:
                await receive()
                await refuse(scope, send, Answer.refused(no_path(path)))
            return
        await self._paths.get(path, self._nowhere)(scope, receive, send, stream)

    async def close(self) -> None:
        """Answer all that was taken, and take no more."""
        await self.batcher.close()
        for follower in self._followers:
            await asyncio.to_thread(follower.close)

    async def _live(self, receive: Receive, send: Send) -> None:
        aside = [asyncio.create_task(work) for work in (self._models.follow(), self._idle.watch())]
        for follower in self._followers:
            follower.start(lambda: self.batcher.engine)
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                await send({"type": "lifespan.startup.complete"})
            else:
                for task in aside:
                    task.cancel()
                await self.close()
                await send({"type": "lifespan.shutdown.complete"})
                return

    def _endpoint(self, path: str, handlers: dict[str, tuple[Handler, Right]]) -> Endpoint:
        return Endpoint(path, handlers, self._gate, self._limits, self._metrics)

    def _inference(self, name: str) -> dict[str, Endpoint]:
        paths = Inference(name, self.batcher, self._health, self._limits).paths()
        return {
            path: Endpoint(path, handlers, self._gate, self._limits, self._metrics, refused)
            for path, handlers in paths.items()
        }

    def _served(self) -> dict[str, Endpoint]:
        readings, streams = ReadingRoutes(self.batcher, self._limits), StreamRoutes(self.batcher, self._limits)
        health = self._health
        stream = f"{STREAMS}{{stream}}"
        paths: dict[str, dict[str, tuple[Handler, Right]]] = {
            f"{stream}/readings": {"POST": (readings.one, Right.READ)},
            "/v1/readings": {"POST": (readings.many, Right.READ)},
            f"{stream}/recent": {"GET": (streams.view, Right.READ)},
            stream: {"GET": (streams.look, Right.READ), "DELETE": (streams.end, Right.ADMINISTER)},
            f"{stream}/truth": {"POST": (TruthRoute(self.batcher, self._limits), Right.READ)},
            "/v1/predict": {"POST": (PredictRoute(self.batcher, self._limits), Right.READ)},
            "/v1/streams": {"GET": (streams.page, Right.READ)},
            f"{stream}/reset": {"POST": (streams.reset, Right.ADMINISTER)},
            f"{stream}/fork": {"POST": (streams.fork, Right.ADMINISTER)},
            f"{stream}/snapshot": {"GET": (streams.snapshot, Right.ADMINISTER)},
            f"{stream}/restore": {"POST": (streams.restore, Right.ADMINISTER)},
            "/v1/records": {"GET": (RecordRoutes(self.batcher).page, Right.ADMINISTER)},
            "/v1/model": {"GET": (self._models.show, Right.READ), "POST": (self._models.renew, Right.ADMINISTER)},
            "/v1/monitor": {"GET": (unwatched if self.watch is None else self.watch.show, Right.READ)},
            "/v1/shadow": {"GET": (without if self._shadow is None else self._shadow.show, Right.READ)},
            "/openapi.json": {"GET": (described, Right.NOTHING)},
            "/docs": {"GET": (explained, Right.NOTHING)},
            "/healthz": {"GET": (health.live, Right.NOTHING)},
            "/readyz": {"GET": (health.ready, Right.NOTHING)},
            "/metrics": {"GET": (self._metrics.page, Right.READ)},
        }
        paths |= {path: {"GET": (asset, Right.NOTHING)} for path, asset in assets().items()}
        return {path: self._endpoint(path, handlers) for path, handlers in paths.items()}


def pattern(scope: Scope) -> tuple[str, str]:
    """The path with `{stream}` or `{model}` in place of a name, and that name as it stands there.

    Example:
        >>> pattern({"raw_path": b"/v1/streams/a%2Fb/readings"})
        ('/v1/streams/{stream}/readings', 'a%2Fb')
    """
    raw = scope.get("raw_path")  # there the slash in the name of a stream is still encoded
    path: str = scope["path"] if raw is None else raw.decode("latin-1")
    if path == PREFIX or path.startswith(f"{PREFIX}/"):
        return inference_pattern(path)
    if not path.startswith(STREAMS):
        return path, ""
    stream, slash, rest = path[len(STREAMS) :].partition("/")
    return f"{STREAMS}{{stream}}{slash}{rest}", stream
