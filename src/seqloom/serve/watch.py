"""The monitor of a server: fed with what became durable, in a thread of its own."""

import asyncio
import json
import logging
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from seqloom.errors import SeqloomError
from seqloom.live import Engine
from seqloom.monitor import Alert, Facts, Gauge, Monitor, Retention, Webhook, gauges
from seqloom.serve.ceilings import Ceilings, Limited
from seqloom.serve.exchange import Answer, Asked
from seqloom.serve.follower import Follower
from seqloom.serve.pulse import Pulse
from seqloom.serve.refusal import RequestError
from seqloom.store import Record

WAITING = 10_000
"""Records that wait to be looked at; more are left out and counted."""
AGAIN = 100_000
"""Latest records of the store that are looked at when a server begins."""
FORGOTTEN = 500
"""Records that are forgotten at a time: some milliseconds, for which commits wait."""
KEPT_ALERTS = 20
"""Of the server about itself."""
log = logging.getLogger(__name__)


async def unwatched(asked: Asked) -> Answer:  # noqa: ARG001 - as every handler
    """What a server says that does not watch.

    Raises:
        RequestError: always.
    """
    fix = "run it with --watch and --records"
    raise RequestError(404, "unwatched", "monitor", expected="a server that watches", came="another one", fix=fix)


@dataclass(frozen=True)
class Watching:
    """What a server does besides watching.

    Args:
        webhook: where alerts are sent; None: they are lines of the log alone.
        retention: how long records are kept; None: for ever.
        limits: of what the server has to say an alert of itself.
    """

    webhook: Webhook | None = None
    retention: Retention | None = None
    limits: Limited = field(default_factory=Limited)


class Watch(Follower, Collector):
    """Feeds a monitor with the records that become durable, and says how everything stands.

    Nobody waits for it: records that it cannot keep up with are left out and counted. When it begins it looks at the
    latest records of the store, so that windows and standing drifts survive a restart; alerts of these were given out
    before and are given out no second time.

    Args:
        watching: what else it does.
    """

    def __init__(self, watching: Watching | None = None) -> None:
        super().__init__("seqloom-watch", WAITING)
        self._watching = watching or Watching()
        self._ceilings, self._told = Ceilings(self._watching.limits), list[Alert]()
        self._pulse: Pulse | None = None
        self._lock = threading.Lock()
        self._monitor: Monitor | None = None
        self._off = ""
        self._gauges: Sequence[Gauge] = ()

    def feel(self, pulse: Pulse) -> None:
        """How the server itself does; it begins to be looked at when this begins."""
        self._pulse = pulse

    def close(self) -> None:
        """Look at what waits, send what is to be sent, and end."""
        super().close()
        if self._watching.webhook is not None:
            self._watching.webhook.close()

    def standing(self, *, history: bool = True) -> dict[str, Any]:
        """How everything stands.

        Args:
            history: whether how each signal went is told, too.
        """
        with self._lock:
            monitor = self._monitor or Monitor(Facts("", "", (), (), {}))
            found = monitor.standing(history=history)
            alerts = found["alerts"]
            alerts["active"] = [*alerts["active"], *(alert.to_json() for alert in self._ceilings.active.values())]
            own = [alert.to_json() for alert in self._told]
            alerts["latest"] = sorted([*alerts["latest"], *own], key=itemgetter("at"))
        found["counts"] |= {"waiting": self._count, "dropped": self._dropped}
        server = {} if self._pulse is None else {"server": self._pulse.standing()}
        return found | server | ({"off": self._off} if self._off else {})

    async def show(self, asked: Asked) -> Answer:
        """How everything stands; with `history=0` without how each signal went."""
        history = asked.query(frozenset({"history"})).get("history", "1")
        if history not in ("0", "1"):
            fix = "correct the address"
            raise RequestError(422, "invalid", "query, history", expected="0 or 1", came=ascii(history[:60]), fix=fix)
        return Answer.of(await asyncio.to_thread(self.standing, history=history == "1"))

    def collect(self) -> Iterable[Metric]:
        """What Prometheus is told."""
        for one in self._gauges:
            kind = CounterMetricFamily if one.counts else GaugeMetricFamily
            metric = kind(one.name, one.help, labels=one.labels)
            for labels, value in one.values:
                metric.add_metric(labels, value)
            yield metric

    @property
    def _deaf(self) -> bool:
        return bool(self._off)

    def _begin(self) -> None:
        try:
            if self._engine is not None:
                self._catch_up(self._engine())
        except SeqloomError as error:
            self._off = str(error)
            log.warning("nothing is watched: %s", error)

    def _catch_up(self, engine: Engine) -> None:
        """What the store has."""
        page: list[Record] = []
        self._renew(engine.digest)
        for record in engine.latest(AGAIN):
            page.append(record)
            if len(page) == FORGOTTEN:
                self._alerts(page)
                page = []
            if self._closing.is_set():
                return
        self._alerts(page)

    def _see(self, records: Sequence[Record]) -> None:
        self._tell(self._alerts(records))

    def _tell(self, alerts: Sequence[Alert]) -> None:
        for alert in alerts:
            log.warning(json.dumps(alert.to_json()))
            if self._watching.webhook is not None:
                self._watching.webhook.send(alert)

    def _alerts(self, records: Sequence[Record]) -> list[Alert]:
        """Drifts of the model that is served now; another one that took its place begins with a monitor of its own."""
        if self._off or not records or self._engine is None:
            return []
        present = self._engine().digest
        with self._lock:
            if self._monitor is None or self._monitor.model != present:
                self._renew(present)
            return [] if self._monitor is None else self._monitor.see(records)

    def _renew(self, digest: str) -> None:
        """A monitor for the model that is served now."""
        facts = self._known.get(digest)
        self._monitor = None if facts is None else Monitor(facts)

    def _look(self) -> None:
        if self._pulse is not None and self._engine is not None:
            with self._lock:
                found = self._ceilings.look(self._pulse.standing(), self._engine().digest)
                self._told = [*self._told, *found][-KEPT_ALERTS:]
            self._tell(found)
        if not self._off:
            with self._lock:
                standing = None if self._monitor is None else self._monitor.standing(history=False)
            if standing is not None:
                standing["counts"] |= {"waiting": self._count, "dropped": self._dropped}
                self._gauges = tuple(gauges(standing))
        if self._watching.retention is not None and self._engine is not None:
            try:
                self._watching.retention.forget(self._engine(), limit=FORGOTTEN)
            except SeqloomError as error:
                log.warning("old records are kept for now: %s", error)
