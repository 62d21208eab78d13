"""One signal of live streams: what it is compared with, how it went, and whether it drifted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from seqloom.monitor.change import Change
from seqloom.monitor.history import History
from seqloom.monitor.numbers import WIDEST, Numbers
from seqloom.monitor.reference import Channel, Floats, Reference, Value
from seqloom.monitor.shares import Labels
from seqloom.monitor.usual import Usual
from seqloom.monitor.windows import BLOCK, RECENT, Finding, Windows

Kind = Literal["input", "prediction", "state", "quality"]
GATHERED = 60 * BLOCK
"""Values that a signal without a profile is first compared with: its own first ones."""
DOUBLED = 4
"""How often as many again are gathered, where these depend on each other too much."""
CALMED = 0.5
"""Excess of a full window under which a drift is over."""
WORTH = 8.0
"""Independent values under which a window says nothing."""
TESTS_OF_CHANNELS = 3
REFERENCES = {"input": "training", "prediction": "validation", "state": "validation", "quality": "validation"}
"""The part of the training data that a signal is compared with, where the artifact knows it."""


@dataclass(frozen=True)
class Drift:
    """A drift that stands.

    Args:
        since: when it was found, microseconds since 1970.
        place: how many values there were by then.
        by: the window against the reference, or the change against the signal's own past.
        what: channel in which it shows.
        before: mean of the channel before it.
        after: mean of the channel when it was found.
        values: in the window that shows it.
    """

    since: int
    place: int
    by: Literal["window", "change"]
    what: str
    before: float
    after: float
    values: int


class Signal:
    """One signal.

    Args:
        name: of the column, or of what is predicted.
        kind: whose it is.
        reference: what it is compared with; None: its own first values.
        signals: how many are watched together.
        labels: whether its values are labels, where there is no reference.
        slowest: than which it settles no faster, where there is no reference; None: it is not known.
    """

    def __init__(
        self,
        name: str,
        kind: Kind,
        reference: Reference | None,
        *,
        signals: int,
        labels: bool = False,
        slowest: Usual | None = None,
    ) -> None:
        self.name, self.kind = name, kind
        self.drift: Drift | None = None
        self.history = History()
        self._signals, self._labels, self._slowest = signals, labels, slowest
        self._given = reference is not None
        self._wanted = GATHERED
        self._values: list[Value] = []
        self._streams: list[int] = []
        self._seen = self._looked = 0
        self._recent = 1
        self._compare(reference)

    @property
    def label(self) -> str:
        """By which alerts know it."""
        return f"{self.kind}: {self.name}"

    @property
    def state(self) -> Literal["ok", "insufficient", "drift"]:
        """In one word."""
        if self.drift is not None:
            return "drift"
        return "insufficient" if self.reason else "ok"

    @property
    def reason(self) -> str:
        """Why nothing is claimed; empty: something is."""
        if self._windows is None:
            return "gathering the values it is to be compared with"
        if self._reference is None or not self._reference.telling:
            return "nothing to compare with: constant, empty, too short or wandering in the reference"
        if len(self._windows) == 0 or self._windows.worth() < WORTH:
            return "too few independent values yet"
        return ""

    def see(self, values: Sequence[Value], streams: Sequence[int], at: int) -> bool:
        """The next values, in the order they came.

        Args:
            values: None where one is missing.
            streams: number of the stream of each.
            at: when the last was made, microseconds since 1970.

        Returns:
            Whether a drift began or ended.
        """
        self._seen += len(values)
        self._values.extend(values)
        self._streams.extend(streams)
        before = self.drift
        if self._windows is None and len(self._values) >= self._wanted:
            self._settle()
        while self._windows is not None and len(self._values) >= BLOCK:
            self._block(at)
        return before is not self.drift

    def to_json(self) -> dict[str, Any]:
        """How it stands."""
        drift = self.drift
        return {
            "name": self.name,
            "kind": self.kind,
            "state": self.state,
            "reason": self.reason,
            "reference": REFERENCES[self.kind] if self._given else "first readings",
            "values": self._seen,
            "usual": self._shown_usual(),
            "now": self._shown_now(),
            "excess": round(self._excess, 4),
            "drift": None
            if drift is None
            else {
                "since": drift.since,
                "place": drift.place,
                "by": drift.by,
                "what": drift.what,
                "before": drift.before,
                "after": drift.after,
            },
            "history": self.history.to_json(),
        }

    def _compare(self, reference: Reference | None) -> None:
        """From now on with this."""
        self._reference = reference
        self._channels: tuple[Channel, ...] = () if reference is None else reference.channels
        self._windows: Windows | None = None
        self._change: Change | None = None
        self._excess = 0.0
        if reference is None:
            return
        self._windows = Windows(self._channels, tests_of(self._signals))
        first = self._channels[0]
        if first.usual is not None and reference.telling:
            stretch = first.usual.stretch
            low, high = (0.0, 1.0) if first.share else (-WIDEST, WIDEST)
            self._change = Change(2 * stretch if stretch > 1 else 1, low, high, self._signals)

    def _settle(self) -> None:
        """The values so far become what later ones are compared with; or more of them are wanted."""
        places: dict[int, list[Value]] = {}
        for value, stream in zip(self._values, self._streams, strict=True):
            places.setdefault(stream, []).append(value)
        found: Reference
        if self._labels:
            found = Labels.of([[None if v is None else str(v) for v in own] for own in places.values()])
        else:
            numbers = [[v if isinstance(v, int | float) else np.nan for v in own] for own in places.values()]
            found = Numbers.of([np.array(own, np.float64) for own in numbers])
        if self._slowest is not None:
            found = found.slowed(self._slowest)
        if not found.telling and self._wanted < GATHERED * 2**DOUBLED:
            self._wanted *= 2
            return
        self._looked += len(self._values)
        self._values, self._streams = [], []
        self._compare(found)

    def _block(self, at: int) -> None:
        if self._reference is None or self._windows is None:
            return
        values, streams = self._values[:BLOCK], self._streams[:BLOCK]
        del self._values[:BLOCK], self._streams[:BLOCK]
        self._looked += BLOCK
        rows = self._reference.rows(values)
        self._windows.add(rows, streams)
        self._note(values, rows, at)
        self._recent = max(len(set(streams)), self._recent * 15 // 16)
        first = rows[:, 0]
        before = None if self._change is None else self._change.add(first[~np.isnan(first)].tolist(), self._recent)
        findings = self._windows.findings()
        worst = max(findings, key=lambda found: found.excess, default=None)
        self._excess = 0.0 if worst is None else worst.excess
        if self.drift is None:
            self.drift = self._found(worst, before, at)
        elif self._over(self.drift):
            self.drift = None
            self._windows.forget()
            if self._change is not None:
                self._change.reset()

    def _found(self, worst: Finding | None, before: float | None, at: int) -> Drift | None:
        """A drift, where there is one now."""
        if worst is not None and worst.excess >= 1:
            channel = self._channels[worst.channel]
            usual = channel.usual.mean if channel.usual is not None else float("nan")
            return Drift(at, self._looked, "window", channel.name, usual, worst.mean, worst.values)
        now = self._windows.mean(0) if self._windows is not None else None
        if before is None or now is None:
            return None
        side = self._channels[0].side
        if side and (now - before) * side < 0:
            return None
        return Drift(at, self._looked, "change", self._channels[0].name, before, now, BLOCK * RECENT)

    def _over(self, drift: Drift) -> bool:
        """Whether the drift that stands is over: windows as long as the one that showed it hold nothing of it."""
        longest = max(drift.values, BLOCK * RECENT)
        if self._windows is None or len(self._windows) < longest:
            return False
        now = self._windows.mean(0)
        if drift.by == "change" and now is not None:
            return abs(now - drift.before) < abs(drift.after - drift.before) / 2
        return max((found.excess for found in self._windows.findings(longest)), default=1.0) < CALMED

    def _note(self, values: Sequence[Value], rows: Floats, at: int) -> None:
        """What a picture shows: numbers themselves, of labels the share of the most frequent."""
        if isinstance(self._reference, Numbers):
            known = [float(v) for v in values if isinstance(v, int | float) and v == v]  # noqa: PLR0124 - not NaN
            self.history.add(at, self._looked, sum(known), len(known))
            return
        known = rows[:, 0][~np.isnan(rows[:, 0])].tolist()
        self.history.add(at, self._looked, sum(known), len(known))

    def _shown_usual(self) -> dict[str, Any]:
        """Each channel's mean in the reference; of numbers also their own mean and deviation."""
        shown: dict[str, Any] = {c.name: c.usual.mean for c in self._channels if c.usual is not None}
        if isinstance(self._reference, Numbers):
            shown |= {"mean": self._reference.mean, "deviation": self._reference.deviation}
        return shown

    def _shown_now(self) -> dict[str, Any]:
        """Each channel's mean in the longest window there is."""
        if self._windows is None:
            return {}
        shown: dict[str, Any] = {c.name: self._windows.mean(place) for place, c in enumerate(self._channels)}
        means = [mean for mean in self.history.to_json()["mean"][-RECENT:] if mean is not None]
        return shown | {"mean": means[-1] if means else None}


def tests_of(signals: int) -> int:
    """Channels that so many signals have, about."""
    return max(1, signals) * TESTS_OF_CHANNELS
