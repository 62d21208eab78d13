"""A monitor: records of live predictions in, how every signal stands out."""

import re
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import orjson

from seqloom.monitor.alert import Alert
from seqloom.monitor.facts import Facts
from seqloom.monitor.followed import MOST, Followed, Stream
from seqloom.monitor.hindsight import PROBABILITY, hindsight_of
from seqloom.monitor.reference import Value
from seqloom.monitor.signal import Drift, Kind, Signal
from seqloom.store import Record

AT_ONCE = 150
"""Records that are looked at together."""
CONFIDENCE = "confidence"
NORM = "size of the state"
ASIDE = re.compile(r".*_q\d+|probability.*|time|waiting|log_probability|best")
"""Parts of an answer that are no signal by themselves."""
OUTPUTS = 16
"""Parts of an answer that are watched."""
KEPT_ALERTS = 100
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
        self._hindsight = hindsight_of(facts.task, facts.targets)
        self._followed = Followed(follow)
        self._signals: dict[tuple[Kind, str], Signal] = {}
        for column in facts.inputs:
            self._signal("input", column.name, labels=column.labels, reference=column.reference)
        for name, reference in facts.quality.items():
            self._signal("quality", name, reference=reference)
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
        }

    def _see(self, records: Sequence[Record]) -> list[Alert]:
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
        return [alert for key, (values, streams) in gathered.items() for alert in self._fed(key, values, streams)]

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
            number = stream.number if stream is not None else hash(record.stream)
            for name, value in self._hindsight.told(answer, orjson.loads(record.truth)).items():
                note("quality", name, value, number)

    def _read(self, record: Record, stream: Stream, answer: Mapping[str, Any], note: Any) -> None:  # noqa: ANN401 - as above
        values = orjson.loads(record.inputs)["values"]
        stream.epoch, stream.seq = record.epoch, record.seq
        for column in self._facts.inputs:
            value = values.get(column.name)
            if column.labels:
                note("input", column.name, None if value is None else _label(value), stream.number)
            else:
                note("input", column.name, float(value) if isinstance(value, int | float) else None, stream.number)
        for name, said in _said(answer).items():
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


def _said(answer: Mapping[str, Any]) -> dict[str, Value]:
    """The parts of an answer that are watched: numbers, labels, the mean of a forecast, and the largest probability."""
    found: dict[str, Value] = {}
    for name, value in answer.items():
        if _is_aside(name):
            continue
        if isinstance(value, list):
            numbers = [one for one in value if isinstance(one, int | float)]
            found[name] = float(np.mean(numbers)) if numbers else None
        elif isinstance(value, str | int | float):
            found[name] = value
    sure = [value for name, value in answer.items() if name.startswith(PROBABILITY) and isinstance(value, int | float)]
    return found | ({CONFIDENCE: float(max(sure))} if sure else {})


@lru_cache(maxsize=1024)
def _is_aside(name: str) -> bool:
    return ASIDE.fullmatch(name) is not None


def _label(value: Any) -> str:  # noqa: ANN401 - whatever a reading had
    """A label as training has it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
