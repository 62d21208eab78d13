"""Two models on the same readings: how good each is, and how far they agree."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from seqloom.monitor.facts import Facts
from seqloom.monitor.followed import Followed
from seqloom.monitor.hindsight import Judged, hindsight_of
from seqloom.store import Record

REMEMBERED = 20_000
"""Answers of the shadow that wait for somebody to tell the truth."""
Key = tuple[str, int, int]


class Beside:
    """Answers of the served model and of its shadow, judged by the same truths from the same reading on.

    Args:
        facts: of the served model.
    """

    def __init__(self, facts: Facts) -> None:
        self._hindsight = hindsight_of(facts.task, facts.targets, facts.marks)
        self._served, self._shadow = Followed(), Followed()
        self._answers: OrderedDict[Key, tuple[bytes, bytes]] = OrderedDict()
        self._sums: dict[str, tuple[int, float, float]] = {}
        self._apart: dict[str, tuple[int, float]] = {}

    def see(self, pairs: Sequence[tuple[Record, Record]]) -> None:
        """Answers of both to the same readings, in the order they were made.

        Args:
            pairs: of the served model, and of the shadow; where the shadow still waits for readings, nothing is judged.
        """
        for served, shadow in pairs:
            said, other = orjson.loads(served.prediction), orjson.loads(shadow.prediction)
            if "waiting" in said or "waiting" in other:
                continue
            key = (served.stream, served.epoch, served.seq)
            self._answers[key] = served.prediction, shadow.prediction
            while len(self._answers) > REMEMBERED:
                self._answers.popitem(last=False)
            self._compare(said, other)
            self._count(self._later(self._served, served, said), self._later(self._shadow, shadow, other))

    def tell(self, records: Sequence[Record]) -> None:
        """What came true of answers that were given before."""
        for record in records:
            answers = self._answers.pop((record.stream, record.epoch, record.seq), None)
            if answers is not None and record.truth is not None:
                truth = orjson.loads(record.truth)
                self._count(*(self._hindsight.told(orjson.loads(answer), truth) for answer in answers))

    def standing(self) -> dict[str, Any]:
        """How both stand, ready for JSON: means over answers that could be judged, and how far answers lie apart."""
        quality = {
            name: {"answers": count, "served": served / count, "shadow": shadow / count}
            for name, (count, served, shadow) in self._sums.items()
        }
        apart = {name: {"answers": count, "mean": total / count} for name, (count, total) in self._apart.items()}
        return {"quality": quality, "apart": apart}

    def _later(self, followed: Followed, record: Record, answer: Mapping[str, Any]) -> Judged:
        """What a reading says of the answers before it."""
        stream = followed.find(record.stream)
        if stream is None:
            return {}
        return self._hindsight.later(stream, record, orjson.loads(record.inputs)["values"], answer)

    def _count(self, served: Judged, shadow: Judged) -> None:
        for name in served.keys() & shadow.keys():
            count, mine, other = self._sums.get(name, (0, 0.0, 0.0))
            self._sums[name] = count + 1, mine + served[name], other + shadow[name]

    def _compare(self, said: Mapping[str, Any], other: Mapping[str, Any]) -> None:
        """Of numbers their distance, of labels how often they differ."""
        for name in said.keys() & other.keys():
            mine, theirs = _first(said[name]), _first(other[name])
            if isinstance(mine, str) and isinstance(theirs, str):
                distance = float(mine != theirs)
            elif isinstance(mine, int | float) and isinstance(theirs, int | float):
                distance = abs(mine - theirs)
            else:
                continue
            if name != "time":
                count, total = self._apart.get(name, (0, 0.0))
                self._apart[name] = count + 1, total + distance


def _first(value: Any) -> Any:  # noqa: ANN401 - whatever an answer has
    """Of several steps the next one."""
    return value[0] if isinstance(value, list) and value else value
