"""Answers of live streams, judged by what came true: by later readings, or by what somebody told."""

import math
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from seqloom.evaluate.trial import LOG_LOSS, MISTAKES, NATS, SQUARED_ERROR
from seqloom.live import Form
from seqloom.retrain.spread import Spread
from seqloom.retrain.truth import Key, Truth, key_of, truth_of
from seqloom.store import Record

CHOSEN, PROBABILITY, SURPRISE = "prediction", "probability_", "surprise"
LEAST = float(np.finfo(np.float64).eps)
Answer = Mapping[str, Any]
Matrix = NDArray[np.float64]


@dataclass
class _Asked:
    """A reading that both answered, and what has come true of it so far, step by step."""

    key: Key
    answers: tuple[Answer, Answer]
    truths: list[Truth]


class Beside:
    """Errors of two models that answered the same readings, gathered while their records go by.

    Forecasts and events are judged by the readings that follow, everything else by what was told of a reading; of
    running text every answer says how little its tokens were expected. Squared errors are in units of each target's
    own spread. Of an answer that was judged some numbers stay in memory, its record does not.

    Args:
        form: of the readings.
    """

    def __init__(self, form: Form) -> None:
        self._form, self._targets = form, form.schema.targets
        self._numbers = [name for name in self._targets if form.schema.column(name).kind == "number"]
        self._spreads = {name: Spread() for name in self._numbers}
        self._waiting: dict[str, list[_Asked]] = {}
        self._keys: list[Key] = []
        self._found: tuple[dict[str, array[float]], ...] = ({}, {})

    def see(self, record: Record, other: Record | None) -> None:
        """The next record.

        Args:
            record: of the champion; those of a stream come in order.
            other: the same reading, answered by the challenger; None: this one is not compared.
        """
        if not self._form.unasked:
            self._came(record)
        if other is None:
            return
        answers: tuple[Answer, Answer] = (orjson.loads(record.prediction), orjson.loads(other.prediction))
        asked = _Asked(key_of(record), answers, [])
        if SURPRISE in answers[0] or self._form.unasked:
            asked.truths = [truth_of(record, self._targets)]
            self._judge(asked)
            return
        said = [value for name in self._targets if isinstance(value := answers[0].get(name), list)]
        asked.truths = [{}] * max(map(len, said), default=1)
        self._waiting.setdefault(record.stream, []).append(asked)

    @property
    def block(self) -> int:
        """How many neighbouring answers are known to depend on each other."""
        return 1

    def errors(self) -> tuple[dict[str, Matrix], dict[str, Matrix]]:
        """What was found.

        Returns:
            Of each model one error per answer by the kind of error, [E], in the order of stream, epoch and number; an
            answer that cannot be judged yet is left out, and NaN stands for a number an answer should have had.
        """
        for waiting in self._waiting.values():
            for asked in waiting:
                self._judge(asked)
        self._waiting.clear()
        order = sorted(range(len(self._keys)), key=self._keys.__getitem__)
        mine, theirs = (
            {kind: np.array(own)[order] for kind, own in self._scaled(found).items()} for found in self._found
        )
        kept = {kind: known for kind, own in mine.items() if (known := np.isfinite(own)).any()}
        both = ({kind: own[kind][known] for kind, known in kept.items() if kind in own} for own in (mine, theirs))
        return next(both), next(both)

    def _came(self, record: Record) -> None:
        """What a reading says of the answers before it; those about which all has come true are judged."""
        waiting = self._waiting.pop(record.stream, None)
        if waiting is None:
            return
        inputs = orjson.loads(record.inputs)
        values = inputs.get("values", {}) if isinstance(inputs, dict) else {}
        truth = {name: values[name] for name in self._targets if name in values}
        left = []
        for asked in waiting:
            _, epoch, seq = asked.key
            ahead = record.seq - seq if record.epoch == epoch else len(asked.truths) + 1
            if 0 < ahead <= len(asked.truths):
                asked.truths[ahead - 1] = truth
            if ahead < len(asked.truths):
                left.append(asked)
            else:
                self._judge(asked)
        if left:
            self._waiting[record.stream] = left

    def _judge(self, asked: _Asked) -> None:
        self._keys.append(asked.key)
        for name in self._numbers:
            self._spreads[name].see([step.get(name) for step in asked.truths])
        for answer, found in zip(asked.answers, self._found, strict=True):
            for kind, error in self._one(answer, asked.truths).items():
                column = found.setdefault(kind, array("d"))
                column.extend([math.nan] * (len(self._keys) - 1 - len(column)))
                column.append(error)

    def _one(self, answer: Answer, truths: Sequence[Truth]) -> dict[str, float]:
        """Every error of an answer; of number targets by their names."""
        if SURPRISE in answer:
            return {NATS: _number(answer[SURPRISE])}
        found = {name: _mean_square(answer.get(name), truths, name) for name in self._numbers}
        (target, *more) = self._targets
        if more or target in self._numbers:
            return found
        label = None if truths[0].get(target) is None else str(truths[0][target])
        wrong = math.nan if label is None else float(answer.get(CHOSEN, answer.get(target)) != label)
        return found | {MISTAKES: wrong, LOG_LOSS: _log_loss(answer, label)}

    def _scaled(self, found: Mapping[str, Sequence[float]]) -> dict[str, Matrix]:
        """The errors by their kinds; those of number targets in units of their spread, averaged."""
        padded = {}
        for kind, own in found.items():
            padded[kind] = np.concatenate([np.array(own), np.full(len(self._keys) - len(own), math.nan)])
        squares = [padded.pop(name) / self._spreads[name].square for name in self._numbers if name in padded]
        return ({SQUARED_ERROR: np.mean(squares, axis=0)} if squares else {}) | padded


def errors_beside(
    form: Form, champion: Mapping[Key, Record], challenger: Mapping[Key, Record]
) -> tuple[dict[str, Matrix], dict[str, Matrix]]:
    """Errors of two models that answered the same readings; see `Beside`.

    Args:
        form: of the readings.
        champion: records by stream, epoch and number.
        challenger: the same readings, answered by the other model; one that is missing is left out.
    """
    beside = Beside(form)
    for key in sorted(champion):
        beside.see(champion[key], challenger.get(key))
    return beside.errors()


def _mean_square(said: object, truths: Sequence[Truth], name: str) -> float:
    """NaN where nothing came true, or the answer says nothing; what came true beyond a shorter answer is left out."""
    told = said if isinstance(said, list) else [said]
    pairs = [(_number(own), _number(step.get(name))) for own, step in zip(told, truths, strict=False)]
    squares = [(own - came) ** 2 for own, came in pairs if math.isfinite(came)]
    return sum(squares) / len(squares) if squares else math.nan


def _log_loss(answer: Answer, label: str | None) -> float:
    """NaN where no label came true; a label the model does not know was not expected at all."""
    if label is None or not any(name.startswith(PROBABILITY) for name in answer):
        return math.nan
    chance = answer.get(PROBABILITY + label, 0.0)
    return math.nan if chance is None else -math.log(max(LEAST, float(chance)))


def _number(value: object) -> float:
    """NaN for what is no number."""
    return float(value) if isinstance(value, int | float) else math.nan
