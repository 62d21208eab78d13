"""What the blocks of a cell's weights are called."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from seqloom.nn import Cell, ElmanCell, GRUCell, LSTMCell, MinGRUCell, MinLSTMCell, SLSTMCell

GATES: Mapping[type[Cell[Any]], tuple[str, ...]] = MappingProxyType(
    {
        ElmanCell: ("hidden",),
        LSTMCell: ("input gate", "forget gate", "candidate", "output gate"),
        SLSTMCell: ("input gate", "forget gate", "candidate", "output gate"),
        GRUCell: ("reset gate", "update gate", "candidate"),
        MinGRUCell: ("update gate", "candidate"),
        MinLSTMCell: ("forget gate", "input gate", "candidate"),
    }
)
"""The names of the vectors a cell computes from its input, in the order of its weights."""


def gate_names(cell: Cell[Any]) -> tuple[str, ...]:
    """The names of a cell's blocks of weights; of one without names their numbers."""
    return GATES.get(type(cell), tuple(f"block {place + 1}" for place in range(cell.gates)))
