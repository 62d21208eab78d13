"""Predictions judged by what came true: by later readings of the stream, or by what somebody told."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from seqloom.monitor.followed import Stream
from seqloom.sequence import mark_of
from seqloom.store import Record

Judged = dict[str, float]
"""Values of quality signals by name."""
Pair = tuple[str, str]
"""The class that was answered, and the true one."""
RIGHT = "right answers"
"""The signal that tells how often an answer was right."""
SURPRISE = "surprise"
"""The signal that tells how little what came was expected, in nats."""
PROBABILITY = "probability_"
ANOMALY, USUAL = "anomaly", "usual"
"""What a reading is that is an alarm, or is marked; and what all others are."""
LEAST = 1e-12
"""Probabilities below it are not told apart."""


def error_of(target: str) -> str:
    """Name of the signal of a target's errors."""
    return f"error of {target}"


def coverage_of(target: str) -> str:
    """Name of the signal that tells how often a target lies within its interval."""
    return f"coverage of {target}"


class Hindsight:
    """How answers of a task are judged: not at all, unless a task knows how."""

    def later(self, stream: Stream, record: Record, values: Mapping[str, Any], answer: Mapping[str, Any]) -> Judged:  # noqa: ARG002 - as those need it who judge
        """What a reading says of the answers before it; most say nothing.

        Args:
            stream: what is kept of it between readings.
            record: of the reading.
            values: of its columns.
            answer: to it.
        """
        return {}

    def pair(self, answer: Mapping[str, Any], truth: Any) -> Pair | None:  # noqa: ANN401, ARG002 - whatever was told
        """The class that was answered and the one that was told; None: they are no classes."""
        return None

    def told(self, answer: Mapping[str, Any], truth: Any) -> Judged:  # noqa: ANN401, ARG002 - whatever was told
        """What a truth says of the answer to the same reading; none if it is not what was asked for.

        Args:
            answer: to it.
            truth: what somebody told: the value, or values by the names of columns.
        """
        return {}


class Forecasts(Hindsight):
    """Forecasts, judged by the readings that follow: each by the forecast made last, once the one before is used up.

    Args:
        targets: columns that are forecast.
    """

    def __init__(self, targets: Sequence[str]) -> None:
        self._targets = targets

    def later(self, stream: Stream, record: Record, values: Mapping[str, Any], answer: Mapping[str, Any]) -> Judged:
        """See `Hindsight.later`: errors in units of the data, and whether the interval held."""
        found: Judged = {}
        pending = stream.pending
        if pending and pending["epoch"] == record.epoch:
            step = self._step(pending, record)
            if step is not None and 0 <= step < pending["steps"]:
                found = self._judged(pending, step, values)
            if step is None or step >= pending["steps"] - 1:
                pending = {}
        else:
            pending = {}
        stream.pending = pending or self._foretold(record, answer)
        return found

    def _foretold(self, record: Record, answer: Mapping[str, Any]) -> dict[str, Any]:
        columns = {name: value if isinstance(value, list) else [value] for name, value in answer.items()}
        known = [name for name in self._targets if name in columns]
        if not known:
            return {}
        return {"epoch": record.epoch, "seq": record.seq, "steps": len(columns[known[0]]), "columns": columns}

    def _step(self, pending: dict[str, Any], record: Record) -> int | None:
        """Which step of a forecast a reading is; None: none any more."""
        times = pending["columns"].get("time")
        if record.time is None or not times:
            return record.seq - int(pending["seq"]) - 1
        if "at" not in pending:
            pending["at"] = _moments(times)
        at = pending["at"]
        if record.time > at[-1]:
            return None
        return at.index(record.time) if record.time in at else -1

    def _judged(self, pending: Mapping[str, Any], step: int, values: Mapping[str, Any]) -> Judged:
        found: Judged = {}
        for target in self._targets:
            truth, columns = _number(values.get(target)), pending["columns"]
            foretold = _number(columns[target][step]) if target in columns else None
            if truth is None or foretold is None:
                continue
            found[error_of(target)] = abs(foretold - truth)
            low, high = _interval(columns, target)
            if low is not None and high is not None and low[step] is not None and high[step] is not None:
                found[coverage_of(target)] = float(low[step] <= truth <= high[step])
        return found


class Classes(Hindsight):
    """Classes, judged by what somebody tells.

    Args:
        target: column that is predicted.
    """

    def __init__(self, target: str) -> None:
        self._target = target

    def pair(self, answer: Mapping[str, Any], truth: Any) -> Pair | None:  # noqa: ANN401 - whatever was told
        """See `Hindsight.pair`."""
        label, said = _value(truth, self._target), answer.get("prediction")
        return (said, _label(label)) if label is not None and isinstance(said, str) else None

    def told(self, answer: Mapping[str, Any], truth: Any) -> Judged:  # noqa: ANN401 - whatever was told
        """See `Hindsight.told`: whether the answer was right, and how little its truth was expected."""
        label = _value(truth, self._target)
        return {} if label is None else _judged_class(answer, "prediction", _label(label))


class Alarms(Hindsight):
    """Alarms, judged by the marks that somebody tells.

    Args:
        mark: column that tells whether a reading was an anomaly.
    """

    def __init__(self, mark: str) -> None:
        self._mark = mark

    def pair(self, answer: Mapping[str, Any], truth: Any) -> Pair | None:  # noqa: ANN401 - whatever was told
        """See `Hindsight.pair`: two classes, `anomaly` and `usual`."""
        mark = mark_of(_value(truth, self._mark))
        if math.isnan(mark) or not isinstance(answer.get("alarm"), bool):
            return None
        return ANOMALY if answer["alarm"] else USUAL, ANOMALY if mark else USUAL

    def told(self, answer: Mapping[str, Any], truth: Any) -> Judged:  # noqa: ANN401 - whatever was told
        """See `Hindsight.told`: whether it was an alarm as it should be, or none."""
        pair = self.pair(answer, truth)
        return {} if pair is None else {RIGHT: float(pair[0] == pair[1])}


class Events(Hindsight):
    """Types of the next event, judged by the next reading.

    Args:
        target: column of types.
    """

    def __init__(self, target: str) -> None:
        self._target = target

    def later(self, stream: Stream, record: Record, values: Mapping[str, Any], answer: Mapping[str, Any]) -> Judged:
        """See `Hindsight.later`."""
        before, stream.pending = stream.pending, {"epoch": record.epoch, "seq": record.seq, "answer": answer}
        label = values.get(self._target)
        follows = before and (before["epoch"], before["seq"] + 1) == (record.epoch, record.seq)
        return _judged_class(before["answer"], self._target, str(label)) if follows and label is not None else {}


class Values(Hindsight):
    """Values, judged by what somebody tells.

    Args:
        targets: columns that are predicted.
    """

    def __init__(self, targets: Sequence[str]) -> None:
        self._targets = targets

    def told(self, answer: Mapping[str, Any], truth: Any) -> Judged:  # noqa: ANN401 - whatever was told
        """See `Hindsight.told`: errors in units of the data."""
        found: Judged = {}
        for target in self._targets:
            told = _number(truth.get(target)) if isinstance(truth, dict) else _number(truth)
            said = _number(answer.get(target))
            if told is not None and said is not None:
                found[error_of(target)] = abs(said - told)
        return found if isinstance(truth, dict) or len(self._targets) == 1 else {}


class Tokens(Hindsight):
    """Tokens, judged as they come: the answer says how probable the one was that came."""

    def later(self, stream: Stream, record: Record, values: Mapping[str, Any], answer: Mapping[str, Any]) -> Judged:  # noqa: ARG002 - as the others
        """See `Hindsight.later`."""
        found = _number(answer.get("log_probability"))
        return {} if found is None else {SURPRISE: -found}


def hindsight_of(task: str, targets: Sequence[str], marks: Sequence[str] = ()) -> Hindsight:
    """How answers of a task are judged.

    Args:
        task: its name.
        targets: columns that are predicted.
        marks: columns that tell afterwards what was so.
    """
    found = Hindsight()
    match task:
        case "forecast":
            found = Forecasts(targets)
        case "classify" | "tag":
            found = Classes(targets[0])
        case "anomaly" if marks:
            found = Alarms(marks[0])
        case "events":
            found = Events(targets[0])
        case "regress":
            found = Values(targets)
        case "language":
            found = Tokens()
    return found


def _judged_class(answer: Mapping[str, Any], column: str, label: str) -> Judged:
    said = answer.get(column)
    if not isinstance(said, str):
        return {}
    found: Judged = {RIGHT: float(said == label)}
    if any(name.startswith(PROBABILITY) for name in answer):
        found[SURPRISE] = -math.log(max(LEAST, _number(answer.get(PROBABILITY + label)) or 0.0))
    return found


def _value(truth: Any, target: str) -> str | int | float | None:  # noqa: ANN401 - whatever was told
    found = truth.get(target) if isinstance(truth, dict) else truth
    return found if isinstance(found, str | int | float) else None


def _label(value: str | float) -> str:
    """A class as training has it."""
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def _number(value: Any) -> float | None:  # noqa: ANN401 - whatever JSON has
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if math.isfinite(value) else None


def _interval(columns: Mapping[str, Any], target: str) -> tuple[list[Any] | None, list[Any] | None]:
    """The lowest and the highest quantile of a target."""
    names = sorted(name for name in columns if name.startswith(f"{target}_q") and name[len(target) + 2 :].isdigit())
    return (columns[names[0]], columns[names[-1]]) if len(names) > 1 else (None, None)


def _moments(times: Sequence[Any]) -> list[int]:
    """Times of an answer as records have them: microseconds since 1970, or whole numbers."""
    if isinstance(times[0], str):
        return [int(one) for one in np.array(times, dtype="datetime64[us]").astype(np.int64)]
    return [math.floor(float(one)) for one in times]
