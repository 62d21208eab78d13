"""The model that is served, and the one that takes its place while the server runs."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from seqloom.artifact import Bundle
from seqloom.errors import ArtifactError, MissingFileError, ModelChangedError, SchemaError, SeqloomError, SettingsError
from seqloom.live import Engine
from seqloom.serve.batcher import Batcher
from seqloom.serve.exchange import Answer, Asked
from seqloom.serve.metrics import Metrics
from seqloom.serve.refusal import RequestError
from seqloom.serve.source import Source

SECONDS = 1.0
"""Between two looks at where the model came from."""
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Origin:
    """Where another model comes from.

    Args:
        source: the place of its artifact.
        engine: makes its engine, on the same store.
        follow: whether it is taken over as soon as it is there, unasked.
    """

    source: Source
    engine: Callable[[Bundle], Engine]
    follow: bool = False


class Models:
    """Changes the model under the streams.

    A successor is loaded and tried while the present model goes on answering; calls wait only while the two change
    places. What becomes of the streams is the rule of the successor's engine: they begin anew, or their latest recorded
    readings are read again as each is first asked for. Where the rule is to refuse them, so is the successor.

    Args:
        batcher: of the calls.
        origin: where another one comes from; None: the model stays.
        metrics: where changes are counted.
    """

    def __init__(self, batcher: Batcher, origin: Origin | None, metrics: Metrics) -> None:
        self._batcher, self._origin, self._metrics = batcher, origin, metrics
        self._lock = asyncio.Lock()

    async def take_over(self) -> str | None:
        """Let what stands at the source now take the place of the present model.

        Returns:
            The digest of the model before; None: it is the same.

        Raises:
            RequestError: what stands there is no model, or a damaged one.
            SchemaError: it is of another task, or of other columns.
            ModelChangedError: there are streams, and the rule is to refuse those of another model.
            SeqloomError: it cannot be loaded; whatever happens, the present model goes on.
        """
        if self._origin is None:
            fix = "save the model, and serve it from there"
            raise SettingsError("model", expected="a server that knows where models are", came="none", fix=fix)
        async with self._lock:
            try:
                found = await asyncio.to_thread(self._prepared, self._origin)
            except SeqloomError:
                self._metrics.taken_over(failed=True)
                raise
            before = self._batcher.engine
            if found is None:
                return None
            await self._batcher.exchange(found)
            self._metrics.serves(found.digest, found.task)
            self._metrics.taken_over()
            log.info("model %s takes the place of %s", found.digest[:12], before.digest[:12])
            return before.digest

    async def follow(self) -> None:
        """Look every second, and take over what was saved; for ever, or not at all."""
        while self._origin is not None and self._origin.follow:
            await asyncio.sleep(SECONDS)
            if not await asyncio.to_thread(self._origin.source.changed):
                continue
            try:
                await self.take_over()
            except SeqloomError as error:
                log.warning("the model stays, its successor was refused: %s", error)
            except Exception:
                log.exception("the model stays, its successor failed")

    async def show(self, asked: Asked) -> Answer:  # noqa: ARG002 - as every handler
        """What is served."""
        return Answer.of(_described(self._batcher.engine))

    async def renew(self, asked: Asked) -> Answer:  # noqa: ARG002 - as every handler
        """Take over what stands at the source now; what was served before is told."""
        before = await self.take_over()
        return Answer.of(_described(self._batcher.engine) | {"before": before})

    def _prepared(self, origin: Origin) -> Engine | None:
        """The engine of what stands at the source; None: it is served already."""
        present, bundle = self._batcher.engine, _loaded(origin.source)
        if bundle.digest == present.digest:
            return None
        successor = origin.engine(bundle)
        _must_fit(present, successor)
        if successor.refuses and (count := successor.count()):
            raise ModelChangedError(
                "model",
                expected=f"the model {present.digest[:12]}, which {count} streams were begun with",
                came=successor.digest[:12],
                fix="run the server with --on-change replay:N or --on-change reset",
            )
        return successor


def _loaded(source: Source) -> Bundle:
    """What stands there.

    Raises:
        RequestError: nothing that can be served; without the path, which is the server's own affair.
    """
    try:
        return source.load()
    except (ArtifactError, MissingFileError) as error:
        log.warning("%s", error)
        fix = "save a model there"
        raise RequestError(409, "model", "model", expected=error.expected, came=error.came, fix=fix) from error


def _described(engine: Engine) -> dict[str, Any]:
    form = engine.stepper.form
    return {"digest": engine.digest, "task": engine.task, "columns": sorted(form.names), "clock": form.clock}


def _must_fit(present: Engine, successor: Engine) -> None:
    """Refuse a model to which the clients of the present one cannot go on sending.

    Raises:
        SchemaError: it is such a model.
    """
    old, new = _described(present), _described(successor)
    for name in ("task", "columns", "clock"):
        if old[name] != new[name]:
            fix = "serve it with a server and a store of its own"
            raise SchemaError(f"model, {name}", expected=_words(old[name]), came=_words(new[name]), fix=fix)


def _words(value: Any) -> str:  # noqa: ANN401 - a text, or a list of them
    return value if isinstance(value, str) else ", ".join(value)
