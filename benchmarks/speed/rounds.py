"""Peers taking turns at a case: many short rounds, another order in each, one at work while the others wait."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from benchmarks.speed.case import Case
from benchmarks.speed.process import Peers, Unavailable
from benchmarks.speed.record import Figure, Measurement

SETTLE = 0.01
"""Seconds between two peers: threads that look for more work have gone to sleep by then."""

MOST_CALLS = 20_000
COUNTED = 3
"""Calls of a round from which on its first is not counted: it finds nothing in the caches."""

LONG = 3.0
"""Seconds of a call beyond which it is timed twice only."""


@dataclass(frozen=True)
class Effort:
    """How much is measured.

    Args:
        seconds: for each who takes part in a case, about.
        rounds: at most.
        warm: seconds of calls before the first round.
    """

    seconds: float = 1.5
    rounds: int = 15
    warm: float = 0.3


@dataclass
class Turn:
    """One who takes part, while it does.

    Args:
        who: the peer, and its variant after a stroke.
        call: seconds a call takes, about, with what has to be done before it.
        facts: what it told when it got ready.
        numbers: what it computes.
        rounds: seconds of each call, by rounds.
        reason: why it does not go on.
    """

    who: str
    call: float = 0.0
    facts: dict[str, float] = field(default_factory=dict)
    numbers: dict[str, list[float]] = field(default_factory=dict)
    rounds: list[list[float]] = field(default_factory=list)
    reason: str | None = None

    @property
    def peer(self) -> str:
        """Whose process does it."""
        return self.who.partition("/")[0]

    @property
    def variant(self) -> str:
        """Which of the peer's ways."""
        return self.who.partition("/")[2]

    def calls(self, seconds: float) -> int:
        """Calls that fill some seconds, one at least."""
        wanted = max(1, round(seconds / max(self.call, 1e-9)))
        return int(max(self.facts.get("least_calls", 1), min(MOST_CALLS, wanted)))

    def due(self, number: int, effort: Effort) -> bool:
        """Whether it takes part in a round: always, or every so often where a round is longer than its share."""
        if self.reason is not None:
            return False
        length = self.call * self.calls(effort.seconds / effort.rounds)
        least = 2 if self.call > LONG else 3
        rounds = min(effort.rounds, max(least, round(effort.seconds / max(length, 1e-9))))
        return number * rounds // effort.rounds != (number - 1) * rounds // effort.rounds

    def figure(self, ours: dict[str, list[float]]) -> Figure:
        """What it came to."""
        if not self.rounds:
            return Figure(who=self.who, reason=self.reason or "did not take part", facts=self.facts)
        more = {"facts": self.facts, "differs": difference(ours, self.numbers), "reason": self.reason}
        return Figure.of(self.who, self.rounds, **more)


def measure(case: Case, taking_part: Sequence[str], peers: Peers, effort: Effort) -> Measurement:
    """Time a case in all who take part.

    Args:
        case: what is computed.
        taking_part: peers, with a variant after a stroke; ours first.
        peers: their processes.
        effort: how much is measured.
    """
    turns = [Turn(who) for who in taking_part]
    for turn in turns:
        _guarded(turn, lambda turn=turn: _get_ready(turn, case, peers, effort))
    for number in range(effort.rounds):
        first = number % len(turns)
        for turn in [*turns[first:], *turns[:first]]:
            if turn.due(number, effort):
                time.sleep(SETTLE)
                _guarded(turn, lambda turn=turn: _take(turn, peers, effort))
    for turn in turns:
        _guarded(turn, lambda turn=turn: peers.ask(turn.peer, "drop", slot=turn.who))
    figures = tuple(turn.figure(turns[0].numbers) for turn in turns)
    return Measurement(case=case.to_json(), name=case.name, figures=figures)


def difference(ours: dict[str, list[float]], theirs: dict[str, list[float]]) -> float | None:
    """The largest difference between two peers' numbers, relative to the largest of each kind; None: none to compare.

    Example:
        >>> difference({"loss": [2.0, 4.0]}, {"loss": [2.0, 3.0], "else": [1.0]})
        0.25
    """
    shares = []
    for name in ours.keys() & theirs.keys():
        pairs = list(zip(ours[name], theirs[name], strict=True))
        size = max(abs(mine) for mine, _ in pairs) or 1.0
        shares.append(max(abs(mine - other) for mine, other in pairs) / size)
    return max(shares) if shares else None


def _get_ready(turn: Turn, case: Case, peers: Peers, effort: Effort) -> None:
    """Prepare, compare, warm up and see how long a call takes."""
    ready = peers.ask(turn.peer, "prepare", slot=turn.who, case=case.to_json(), variant=turn.variant)
    turn.facts = ready["facts"]
    turn.numbers = peers.ask(turn.peer, "check", slot=turn.who)["numbers"]
    _learn(turn, peers, 1)  # the first call may compile
    spent = effort.warm if turn.call > LONG else 0.0
    while spent < effort.warm:
        spent += _learn(turn, peers, turn.calls(effort.warm / 4) if spent else 1)


def _learn(turn: Turn, peers: Peers, calls: int) -> float:
    """See how long a call takes with all that is not timed; returns the seconds of so many."""
    start = time.perf_counter()
    done = len(_time(turn, peers, calls))
    spent = time.perf_counter() - start
    turn.call = spent / max(1, done)
    return spent


def _take(turn: Turn, peers: Peers, effort: Effort) -> None:
    times = _time(turn, peers, turn.calls(effort.seconds / effort.rounds))
    turn.rounds.append(times[1:] if len(times) >= COUNTED else times)


def _time(turn: Turn, peers: Peers, calls: int) -> list[float]:
    seconds: list[float] = peers.ask(turn.peer, "time", slot=turn.who, calls=calls)["seconds"]
    return seconds


def _guarded(turn: Turn, ask: Any) -> None:  # noqa: ANN401 - a function without arguments
    """Ask, and remember why it did not work."""
    if turn.reason is not None:
        return
    try:
        ask()
    except Unavailable as reason:
        turn.reason = str(reason)
