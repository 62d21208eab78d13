"""What a monitor has to say: a drift began, or a limit was passed; or that is over."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from typing import Any, Literal


@dataclass(frozen=True)
class Alert:
    """A drift of one signal that began or ended, or a limit that a server passed.

    Args:
        event: which of the two.
        signal: its kind and name, such as `input: load`.
        at: when, microseconds since 1970.
        what: in which respect: level, spread, missing, the share of a label.
        by: against the training profile or first readings (`window`), against its own past (`change`), or against
            what an operator allowed (`limit`).
        before: what was usual, or is allowed.
        after: what it was when that was found.
        model: digest of the artifact.
    """

    event: Literal["raised", "cleared"]
    signal: str
    at: int
    what: str
    by: Literal["window", "change", "limit"]
    before: float
    after: float
    model: str

    def to_json(self) -> dict[str, Any]:
        """The same, with the time as people write it and a sentence."""
        stamp = datetime.fromtimestamp(self.at / 1e6, UTC).isoformat(timespec="seconds")
        return {**asdict(self), "time": stamp, "text": self.text}

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> "Alert":
        """What `to_json` wrote."""
        return cls(**{field.name: plain[field.name] for field in fields(cls)})

    @property
    def text(self) -> str:
        """One plain sentence."""
        if self.by == "limit":
            now = "is within its limit again" if self.event == "cleared" else f"is {self.after:.3g}"
            return f"{self.signal}: the {self.what} {now}, at most {self.before:.3g} is allowed"
        if self.event == "cleared":
            return f"{self.signal}: the drift of its {self.what} is over"
        against = "what is usual" if self.by == "window" else "its own past"
        return f"{self.signal}: its {self.what} drifted from {against}"
