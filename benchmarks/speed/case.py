"""One case of the grid: what is computed, and of which sizes. Every peer reads it: the standard library is enough."""

from dataclasses import asdict, dataclass, replace
from typing import Any, Self

SMALL = {"batch": 4, "steps": 6, "features": 5, "hidden": 16, "streams": 50}
"""Sizes at most, where it is only to be seen that everything runs."""


@dataclass(frozen=True)
class Case:
    """One piece of work for all who take part.

    Args:
        work: what is to be done: `train`, `infer`, `step`, `streams`, `forecast`, `kernel`, `peak`, `first`,
            `texts`, `reports`.
        cell: which cell: `LSTM`, `GRU`, `Elman`, or one that torch has no kernel for.
        batch: sequences, `B`.
        steps: of the longest sequence, `T`.
        features: of a step, `F`.
        hidden: hidden size, `H`.
        layers: on top of each other, `L`.
        bidirectional: whether every sequence is read from its end, too.
        varied: whether sequences are of different length.
        streams: whose states are held, where readings arrive one by one.
    """

    work: str
    cell: str = "LSTM"
    batch: int = 1
    steps: int = 1
    features: int = 8
    hidden: int = 64
    layers: int = 1
    bidirectional: bool = False
    varied: bool = False
    streams: int = 0

    @classmethod
    def from_json(cls, fields: dict[str, Any]) -> Self:
        """The case that `to_json` gave."""
        return cls(**fields)

    def to_json(self) -> dict[str, Any]:
        """Its fields."""
        return asdict(self)

    @property
    def directions(self) -> int:
        """In how many directions sequences are read, `D`."""
        return 2 if self.bidirectional else 1

    @property
    def name(self) -> str:
        """What the case is called on the page.

        Example:
            >>> Case("train", "GRU", batch=64, steps=100, layers=2).name
            'GRU B64 T100 F8 H64 L2'
            >>> Case("streams", streams=1000).name
            'LSTM F8 H64, 1,000 streams'
        """
        sizes = f"B{self.batch} T{self.steps} " if self.steps > 1 else ""
        sizes += f"F{self.features} H{self.hidden}" + (f" L{self.layers}" if self.layers > 1 else "")
        more = ", both directions" if self.bidirectional else ""
        more += f", {self.streams:,} streams" if self.streams else ""
        return f"{self.cell} {sizes}{more}"

    def small(self) -> Self:
        """The same in sizes that take no time."""
        return replace(self, **{name: min(most, getattr(self, name)) for name, most in SMALL.items()})
