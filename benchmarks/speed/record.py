"""What was measured: a row of the grid on so many threads, kept as a JSON file."""

from pathlib import Path
from statistics import median
from typing import Any, Self

import numpy as np
from pydantic import BaseModel, ConfigDict

RESULTS = Path(__file__).parents[1] / "results" / "speed"


class Figure(BaseModel):
    """What one who takes part reached in one case.

    Args:
        who: the peer, and its variant after a stroke.
        value: median over all calls, in seconds or bytes; None: not measured.
        low: a quarter of all calls are below.
        high: a quarter of all calls are above.
        slow: one call of a hundred is above.
        rounds: the median of each round.
        calls: how many were counted.
        facts: what else the peer told.
        differs: the largest difference of its numbers to ours, relative to the size of ours; None: nothing to compare.
        reason: why it was not measured.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    who: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    slow: float | None = None
    rounds: tuple[float, ...] = ()
    calls: int = 0
    facts: dict[str, float] = {}
    differs: float | None = None
    reason: str | None = None

    @classmethod
    def of(cls, who: str, rounds: list[list[float]], **more: Any) -> Self:  # noqa: ANN401 - further fields
        """The figure of what was timed, round by round."""
        every = np.concatenate([np.asarray(times) for times in rounds])
        low, middle, high, slow = (float(q) for q in np.quantile(every, [0.25, 0.5, 0.75, 0.99]))
        middles = tuple(median(times) for times in rounds)
        return cls(who=who, value=middle, low=low, high=high, slow=slow, rounds=middles, calls=len(every), **more)

    @property
    def rate(self) -> float | None:
        """Operations per second, where it is known how many a call has."""
        count = self.facts.get("operations")
        return count / self.value if count and self.value else None


class Measurement(BaseModel):
    """One case and all who took part in it.

    Args:
        case: its fields.
        name: what it is called.
        figures: of each who takes part, ours first.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    case: dict[str, Any]
    name: str
    figures: tuple[Figure, ...]

    def figure(self, who: str) -> Figure:
        """The figure of one who takes part; an empty one if it did not."""
        found = (figure for figure in self.figures if figure.who == who)
        return next(found, Figure(who=who, reason="did not take part"))


class Record(BaseModel):
    """A row of the grid on so many threads.

    Args:
        row: name of the row.
        threads: cores and threads of everyone.
        clock: what seconds are: `wall`, or `processor`, those a process was at work.
        small: whether the sizes were made small, to see that it runs.
        seconds: the whole measurement took.
        measurements: case by case.
        versions: of each peer.
        processor: class of processor.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    row: str
    threads: int
    clock: str = "wall"
    small: bool
    seconds: float
    measurements: tuple[Measurement, ...]
    versions: dict[str, dict[str, str]]
    processor: dict[str, Any]

    @classmethod
    def load(cls, row: str, threads: int, results: Path = RESULTS) -> Self | None:
        """The record that is kept of a row; None: there is none."""
        place = results / f"{row}-{threads}.json"
        return cls.model_validate_json(place.read_text(encoding="utf-8")) if place.exists() else None

    def save(self, results: Path = RESULTS) -> Path:
        """Write the file; returns its place."""
        results.mkdir(parents=True, exist_ok=True)
        place = results / f"{self.row}-{self.threads}.json"
        place.write_text(self.model_dump_json(indent=1, exclude_defaults=True) + "\n", encoding="utf-8")
        return place
