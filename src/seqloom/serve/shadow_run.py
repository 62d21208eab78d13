"""A model beside the one that is served: it reads what becomes durable, in a thread of its own, and nobody waits."""

import asyncio
import logging
import queue
import threading
from collections.abc import Callable, Sequence
from typing import Any

from seqloom.artifact import Bundle
from seqloom.errors import SeqloomError
from seqloom.live import Shadow
from seqloom.monitor import Beside, Facts
from seqloom.serve.exchange import Answer, Asked
from seqloom.serve.observer import Observer
from seqloom.serve.refusal import RequestError
from seqloom.serve.source import Source
from seqloom.store import Record

WAITING = 20_000
"""Records that wait to be read; more are left out, and the streams they are of begin anew."""
SECONDS = 1.0
"""Between two looks at where the model comes from."""
log = logging.getLogger(__name__)


async def without(asked: Asked) -> Answer:  # noqa: ARG001 - as every handler
    """What a server says that has no shadow.

    Raises:
        RequestError: always.
    """
    fix = "run it with --shadow MODEL and --records"
    raise RequestError(404, "no-shadow", "shadow", expected="a server with a shadow", came="another one", fix=fix)


class ShadowRun(Observer):
    """Lets a model read beside the served one, and compares their answers.

    Whatever stands at its source is read with; when another model is saved there, or takes the place of the served one,
    the comparison begins anew.

    Args:
        source: where the shadow stands; it need not be there yet.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._served: dict[str, Facts] = {}
        self._digest: Callable[[], str] = str
        self._waiting: queue.Queue[Sequence[Record] | None] = queue.Queue()
        self._count = self._dropped = self._followed = 0
        self._shadow: Shadow | None = None
        self._beside: tuple[str, Beside] | None = None
        self._problem = ""
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="seqloom-shadow", daemon=True)

    def know(self, bundle: Bundle) -> None:
        """A model that is served, or may be."""
        self._served[bundle.digest or ""] = Facts.of(bundle)

    def start(self, digest: Callable[[], str]) -> None:
        """Begin, in a thread of its own.

        Args:
            digest: says which model is served.
        """
        self._digest = digest
        self._thread.start()

    def close(self) -> None:
        """Read what waits, and end."""
        if self._thread.is_alive():
            self._waiting.put(None)
            self._thread.join()

    def recorded(self, records: Sequence[Record]) -> None:
        """See `Observer.recorded`."""
        if self._count + len(records) > WAITING:
            self._dropped += len(records)
            return
        self._count += len(records)
        self._waiting.put(records)

    def standing(self) -> dict[str, Any]:
        """How the two stand."""
        with self._lock:
            shadow, beside = self._shadow, self._beside
            compared = {"quality": {}, "apart": {}} if beside is None else beside[1].standing()
            return {
                "served": self._digest(),
                "shadow": None if shadow is None else shadow.digest,
                "problem": self._problem or None,
                "followed": self._followed,
                "streams": 0 if shadow is None else len(shadow),
                "left_out": self._dropped,
                **compared,
            }

    async def show(self, asked: Asked) -> Answer:  # noqa: ARG002 - as every handler
        """How the two stand."""
        return Answer.of(await asyncio.to_thread(self.standing))

    def _run(self) -> None:
        while True:
            if self._source.changed():
                self._begin()
            try:
                records = self._waiting.get(timeout=SECONDS)
            except queue.Empty:
                continue
            if records is None:
                return
            self._count -= len(records)
            try:
                self._see(records)
            except SeqloomError as error:
                self._stop(error)

    def _begin(self) -> None:
        """With what stands at the source now."""
        try:
            shadow = Shadow(self._source.load())
        except SeqloomError as error:
            self._stop(error)
            return
        with self._lock:
            self._shadow, self._beside, self._problem = shadow, None, ""
            self._followed = self._dropped = 0

    def _stop(self, error: SeqloomError) -> None:
        log.warning("there is no shadow: %s", error)
        with self._lock:
            self._shadow, self._problem = None, f"expected {error.expected}, came {error.came}"

    def _see(self, records: Sequence[Record]) -> None:
        """What the served model was sent and answered, read by the shadow."""
        if self._shadow is None:
            return
        served = self._digest()
        told = [record for record in records if record.truth is not None]
        fresh = [record for record in records if record.truth is None]
        answers = self._shadow.follow(fresh)
        found = {(one.stream, one.epoch, one.seq): one for one in answers}
        keyed = (((one.stream, one.epoch, one.seq), one) for one in fresh if one.digest == served)
        pairs = [(one, found[key]) for key, one in keyed if key in found]
        with self._lock:
            if self._beside is None or self._beside[0] != served:
                self._beside = served, Beside(self._served[served])
            self._followed += len(answers)
            self._beside[1].see(pairs)
            self._beside[1].tell(told)
