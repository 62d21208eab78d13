"""A monitor: records of live predictions in, how every signal stands out."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from seqloom.monitor.alert import Alert
from seqloom.monitor.confusion import Confusion
from seqloom.monitor.facts import Facts
from seqloom.monitor.followed import MOST, Followed, Stream
from seqloom.monitor.hindsight import hindsight_of
from seqloom.monitor.outputs import said_of
from seqloom.monitor.reference import Reference, Value
from seqloom.monitor.shares import Labels
from seqloom.monitor.signal import Drift, Kind, Signal
from seqloom.store import Record

AT_ONCE = 150
"""Records that are looked at together."""
NORM = "size of the state"
OUTPUTS = 16
"""Parts of an answer that are watched."""
KEPT_ALERTS = 100
OUTGROWN = 2
"""How many times as long as any sequence of the validation part a stream may be and still be compared with it."""
TOLD = 10_000
"""Truths that are remembered, so that none counts twice."""


class Monitor:
    """Watches the streams of one model.

    It is fed the records of predictions in the order they were made, live or from a store, and tells of each signal
    whether it drifted: of every input, of what is predicted, of the carried state, and of how good predictions turned
    out. It says `insufficient` where nothing can be claimed. Not to be used by several threads at once.

    Args:
        facts: of the model.
        follow: streams that are followed at a time; records of others are counted and left out.

    Raises:
        SettingsError: river is not installed.

    Example:
        >>> Monitor(Facts("d1", "regress", ("level",), (), {})).standing()["state"]
        'insufficient'
    """

    def __init__(self, facts: Facts, *, follow: int = MOST) -> None:
        self._facts = facts
        self._hindsight = hindsight_of(facts.task, facts.targets, facts.marks)
        self._followed = Followed(follow)
        self._signals: dict[tuple[Kind, str], Signal] = {}
        for column in facts.inputs:
            self._signal("input", column.name, labels=column.labels, reference=column.reference)
        self._outgrown = False
        for (kind, name), reference in self._outputs().items():
            self._signal(kind, name, reference=reference)
        for name, reference in facts.quality.items():
            self._signal("quality", name, reference=reference)
        self._classes = Confusion()
        self._told: OrderedDict[tuple[str, int, int], None] = OrderedDict()
        self._counts = dict.fromkeys(("records", "left_out", "other_models", "truths", "unreadable"), 0)
        self._alerts: list[Alert] = []
        self._raised = self._cleared = self._last = 0

    @property
    def model(self) -> str:
        """Digest of the artifact."""
        return self._facts.digest

    def see(self, records: Sequence[Record]) -> list[Alert]:
        """The next records; those that were seen before count no second time, but for a truth that was told since.

        Args:
            records: in the order they were made.

        Returns:
            Drifts that began or ended.
        """
        found: list[Alert] = []
        for first in range(0, len(records), AT_ONCE):
            found.extend(self._see(records[first : first + AT_ONCE]))
        self._alerts = [*self._alerts, *found][-KEPT_ALERTS:]
        return found

    def standing(self, *, history: bool = True) -> dict[str, Any]:
        """How everything stands, ready for JSON.

        Args:
            history: whether how each signal went is told, too.
        """
        signals = [signal.to_json() for signal in self._signals.values()]
        if not history:
            signals = [{name: value for name, value in one.items() if name != "history"} for one in signals]
        active = [signal for signal in self._signals.values() if signal.drift is not None]
        states = {signal.state for signal in self._signals.values()}
        return {
            "model": self._facts.digest,
            "task": self._facts.task,
            "state": "drift" if active else "ok" if "ok" in states else "insufficient",
            "last": self._last or None,
            "counts": {**self._counts, "streams_followed": len(self._followed)},
            "alerts": {
                "active": [self._alert("raised", signal, signal.drift).to_json() for signal in active if signal.drift],
                "raised": self._raised,
                "cleared": self._cleared,
                "latest": [alert.to_json() for alert in self._alerts],
            },
            "signals": signals,
            "classes": self._classes.to_json(),
        }

    def _outputs(self) -> dict[tuple[Kind, str], Reference]:
        """What answers and the state are compared with, where the artifact says it."""
        found: dict[tuple[Kind, str], Reference] = {
            ("prediction", name): own for name, own in self._facts.predictions.items()
        }
        return found if self._facts.state is None else {**found, ("state", NORM): self._facts.state}

    def _outgrow(self, records: Sequence[Record]) -> list[Alert]:
        """Where a stream is much longer than any of the validation part, first values are what is compared with."""
        longest = self._facts.longest
        if self._outgrown or longest is None or max(record.seq for record in records) < OUTGROWN * longest:
            return []
        self._outgrown, over = True, list[Alert]()
        for kind, name in self._outputs():
            before = self._signals[kind, name]
            self._signal(kind, name, labels=isinstance(self._outputs()[kind, name], Labels))
            if before.drift is not None:
                self._cleared += 1
                over.append(self._alert("cleared", before, before.drift))
        return over

    def _see(self, records: Sequence[Record]) -> list[Alert]:
        over = self._outgrow(records)
        gathered: dict[tuple[Kind, str], tuple[list[Value], list[int]]] = {}

        def note(kind: Kind, name: str, value: Value, stream: int) -> None:
            values, streams = gathered.setdefault((kind, name), ([], []))
            values.append(value)
            streams.append(stream)

        for record in records:
            if record.digest != self._facts.digest:
                self._counts["other_models"] += 1
                continue
            try:
                self._one(record, note)
            except (orjson.JSONDecodeError, AttributeError, KeyError, TypeError, ValueError, IndexError):
                self._counts["unreadable"] += 1
        fed = [alert for key, (values, streams) in gathered.items() for alert in self._fed(key, values, streams)]
        return [*over, *fed]

    def _one(self, record: Record, note: Any) -> None:  # noqa: ANN401 - a function of the caller
        stream = self._followed.find(record.stream)
        new = stream is not None and (record.epoch, record.seq) > (stream.epoch, stream.seq)
        told = record.truth is not None and (record.stream, record.epoch, record.seq) not in self._told
        self._last = max(self._last, record.at)
        if stream is None:
            self._counts["left_out"] += 1
        if not new and not told:
            return
        answer = orjson.loads(record.prediction)
        if stream is not None and new:
            self._counts["records"] += 1
            self._read(record, stream, answer, note)
        if told and record.truth is not None:
            self._counts["truths"] += 1
            self._told[record.stream, record.epoch, record.seq] = None
            while len(self._told) > TOLD:
                self._told.popitem(last=False)
            number, truth = stream.number if stream is not None else hash(record.stream), orjson.loads(record.truth)
            for name, value in self._hindsight.told(answer, truth).items():
                note("quality", name, value, number)
            pair = self._hindsight.pair(answer, truth)
            if pair is not None:
                self._classes.add(*pair)

    def _read(self, record: Record, stream: Stream, answer: Mapping[str, Any], note: Any) -> None:  # noqa: ANN401 - as above
        values = orjson.loads(record.inputs)["values"]
        stream.epoch, stream.seq = record.epoch, record.seq
        for column in self._facts.inputs:
            value = values.get(column.name)
            if column.labels:
                note("input", column.name, None if value is None else _label(value), stream.number)
            else:
                note("input", column.name, float(value) if isinstance(value, int | float) else None, stream.number)
        if record.seq >= self._facts.settled:
            for name, said in said_of(answer).items():
                note("prediction", name, said, stream.number)
            if record.norm is not None:
                note("state", NORM, record.norm, stream.number)
        for name, judged in self._hindsight.later(stream, record, values, answer).items():
            note("quality", name, judged, stream.number)

    def _fed(self, key: tuple[Kind, str], values: list[Value], streams: list[int]) -> list[Alert]:
        """The alerts of one signal that gets these."""
        kind, name = key
        signal = self._signals.get(key)
        if signal is None:
            predictions = sum(own == "prediction" for own, _ in self._signals)
            if kind == "prediction" and predictions >= OUTPUTS:
                return []
            signal = self._signal(kind, name, labels=isinstance(values[0], str))
        before = signal.drift
        if not signal.see(values, streams, self._last):
            return []
        if signal.drift is None:
            self._cleared += before is not None
            return [] if before is None else [self._alert("cleared", signal, before)]
        self._raised += 1
        return [self._alert("raised", signal, signal.drift)]

    def _signal(self, kind: Kind, name: str, *, labels: bool = False, reference: Any = None) -> Signal:  # noqa: ANN401 - a reference or none
        facts = self._facts
        made = Signal(name, kind, reference, signals=facts.signals, labels=labels, slowest=facts.slowest)
        self._signals[kind, name] = made
        return made

    def _alert(self, event: Any, signal: Signal, drift: Drift) -> Alert:  # noqa: ANN401 - raised or cleared
        at = drift.since if event == "raised" else self._last
        return Alert(event, signal.label, at, drift.what, drift.by, drift.before, drift.after, self._facts.digest)


def _label(value: Any) -> str:  # noqa: ANN401 - whatever a reading had
    """A label as training has it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
