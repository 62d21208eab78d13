"""The cells of the grid by name; some may not be there yet."""

from typing import Any

from benchmarks.speed.peer import Refused
from seqloom import nn
from seqloom.nn import Cell

CELLS: dict[str, tuple[str, dict[str, Any]]] = {
    "LSTM": ("LSTMCell", {}),
    "GRU": ("GRUCell", {}),
    "Elman": ("ElmanCell", {}),
    "LSTM-norm": ("LSTMCell", {"layer_norm": True}),
    "LSTM-relu": ("LSTMCell", {"activation": "relu"}),
    "minGRU": ("MinGRUCell", {}),
    "minLSTM": ("MinLSTMCell", {}),
    "LRU": ("LRUCell", {}),
    "sLSTM": ("SLSTMCell", {}),
}
"""The class in `seqloom.nn` and what it is told."""


def cell_named(name: str) -> Cell[Any]:
    """The cell.

    Raises:
        Refused: this version has no such cell.
    """
    kind, told = CELLS[name]
    try:
        cell: Cell[Any] = getattr(nn, kind)(**told)
    except (AttributeError, TypeError) as error:
        raise Refused(f"this version of seqloom has no {name}") from error
    return cell
