"""A model beside the one that is served: it reads what becomes durable, in a thread of its own, and nobody waits."""

import asyncio
import logging
import threading
from collections.abc import Sequence
from typing import Any

from seqloom.errors import SeqloomError
from seqloom.live import Shadow
from seqloom.monitor import Beside
from seqloom.serve.exchange import Answer, Asked
from seqloom.serve.follower import Follower
from seqloom.serve.refusal import RequestError
from seqloom.serve.source import Source
from seqloom.store import Record

WAITING = 20_000
"""Records that wait to be read; more are left out, and the streams they are of begin anew."""
log = logging.getLogger(__name__)


async def without(asked: Asked) -> Answer:  # noqa: ARG001 - as every handler
    """What a server says that has no shadow.

    Raises:
        RequestError: always.
    """
    fix = "run it with --shadow MODEL and --records"
    raise RequestError(404, "no-shadow", "shadow", expected="a server with a shadow", came="another one", fix=fix)


class ShadowRun(Follower):
    """Lets a model read beside the served one, and compares their answers.

    Whatever stands at its source is read with; when another model is saved there, or takes the place of the served one,
    the comparison begins anew.

    Args:
        source: where the shadow stands; it need not be there yet.
    """

    def __init__(self, source: Source) -> None:
        super().__init__("seqloom-shadow", WAITING)
        self._source = source
        self._followed = 0
        self._shadow: Shadow | None = None
        self._beside: tuple[str, Beside] | None = None
        self._problem = ""
        self._lock = threading.Lock()

    def standing(self) -> dict[str, Any]:
        """How the two stand."""
        with self._lock:
            shadow, beside = self._shadow, self._beside
            compared = {"quality": {}, "apart": {}} if beside is None else beside[1].standing()
            return {
                "served": self._served,
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

    @property
    def _served(self) -> str:
        """Digest of the model that is served."""
        return "" if self._engine is None else self._engine().digest

    def _look(self) -> None:
        if self._source.changed():
            self._load()

    def _load(self) -> None:
        """With what stands at the source now."""
        try:
            shadow = Shadow(self._source.load())
        except SeqloomError as error:
            self._stop(error)
            return
        with self._lock:
            self._shadow, self._beside, self._problem = shadow, None, ""
            self._followed = 0
        with self._count_lock:
            self._dropped = 0

    def _stop(self, error: SeqloomError) -> None:
        log.warning("there is no shadow: %s", error)
        with self._lock:
            self._shadow, self._problem = None, f"expected {error.expected}, came {error.came}"

    def _see(self, records: Sequence[Record]) -> None:
        """What the served model was sent and answered, read by the shadow."""
        if self._shadow is None:
            return
        told = [record for record in records if record.truth is not None]
        fresh = [record for record in records if record.truth is None]
        try:
            answers = self._shadow.follow(fresh)
        except SeqloomError as error:
            self._stop(error)
            return
        served = self._served
        found = {(one.stream, one.epoch, one.seq): one for one in answers}
        keyed = (((one.stream, one.epoch, one.seq), one) for one in fresh if one.digest == served)
        pairs = [(one, found[key]) for key, one in keyed if key in found]
        with self._lock:
            if self._beside is None or self._beside[0] != served:
                self._beside = served, Beside(self._known[served])
            self._followed += len(answers)
            self._beside[1].see(pairs)
            self._beside[1].tell(told)
