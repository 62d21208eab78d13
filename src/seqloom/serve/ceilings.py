"""Alerts of a server about itself: it answers too slowly, or fails too often."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from seqloom.errors import SettingsError
from seqloom.monitor import Alert

ENOUGH = 100
"""Answers of the latest minute below which nothing is said."""
LOWER = 0.8
"""Share of a limit under which what was above it is over."""
SLOW, FAILING = "time of 99 % of answers", "share of failed answers"


@dataclass(frozen=True)
class Limited:
    """Limits of a server, of the latest minute; the same as those of the rules for Prometheus.

    Args:
        slow: seconds within which 99 % are to be answered; None: no matter.
        failing: share of answers that may fail; None: no matter.

    Raises:
        SettingsError: one of them is not above 0.
    """

    slow: float | None = 0.25
    failing: float | None = 0.01

    def __post_init__(self) -> None:
        for name, limit in (("alert-p99", self.slow), ("alert-errors", self.failing)):
            if limit is not None and not limit > 0:
                raise SettingsError(name, expected="a limit above 0", came=str(limit), fix="correct it")


class Ceilings:
    """Looks at how a server does, and says when a limit is passed, and when that is over.

    Args:
        limits: of the server.
    """

    def __init__(self, limits: Limited | None = None) -> None:
        limits = limits or Limited()
        self._limits = {SLOW: ("p99", limits.slow), FAILING: ("failed", limits.failing)}
        self.active: dict[str, Alert] = {}

    def look(self, pulse: Mapping[str, Any], model: str) -> list[Alert]:
        """What began or ended.

        Args:
            pulse: see `Pulse.standing`.
            model: digest of the artifact that is served.
        """
        found, at = [], time.time_ns() // 1000
        for what, (name, limit) in self._limits.items():
            value, standing = pulse[name], self.active.get(what)
            if limit is None:
                continue
            if standing is None and value is not None and value > limit and pulse["answers"] >= ENOUGH:
                self.active[what] = Alert("raised", "server: answers", at, what, "limit", limit, value, model)
                found.append(self.active[what])
            elif standing is not None and (value is None or value < LOWER * limit):
                del self.active[what]
                found.append(Alert("cleared", standing.signal, at, what, "limit", limit, value or 0.0, model))
        return found
