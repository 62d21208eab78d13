"""The cells a model may be built from, by name."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from seqloom.errors import SettingsError
from seqloom.nn import Cell, ElmanCell, GRUCell, LRUCell, LSTMCell, MinGRUCell, MinLSTMCell, SLSTMCell


class Named(NamedTuple):
    """A cell with a name.

    Args:
        build: makes it, with one of its activations.
        activations: it may have; the first is its usual one.
        title: what a report calls it.
    """

    build: Callable[[str], Cell[Any]]
    activations: tuple[str, ...]
    title: str


CELLS: Mapping[str, Named] = {
    "rnn": Named(ElmanCell, ("tanh", "relu", "elu", "sigmoid"), "RNN"),
    "lstm": Named(LSTMCell, ("tanh", "relu"), "LSTM"),
    "peephole-lstm": Named(lambda activation: LSTMCell(activation, peepholes=True), ("tanh", "relu"), "Peephole LSTM"),
    "norm-lstm": Named(lambda activation: LSTMCell(activation, layer_norm=True), ("tanh", "relu"), "Layer-norm LSTM"),
    "slstm": Named(lambda _: SLSTMCell(), ("tanh",), "sLSTM"),
    "gru": Named(lambda _: GRUCell(), ("tanh",), "GRU"),
    "reset-gru": Named(lambda _: GRUCell(reset_after=False), ("tanh",), "Reset-first GRU"),
    "mingru": Named(lambda _: MinGRUCell(), (), "minGRU"),
    "minlstm": Named(lambda _: MinLSTMCell(), (), "minLSTM"),
    "lru": Named(lambda _: LRUCell(), (), "LRU"),
}


def build_cell(name: str, activation: str | None, remember: int | None = None) -> Cell[Any]:
    """The cell of a name.

    Args:
        name: one of `CELLS`.
        activation: its activation; None: its usual one.
        remember: steps an LRU remembers in the beginning, about; other cells have no such number.

    Raises:
        SettingsError: the cell does not have this activation.
    """
    named = CELLS[name]
    if activation is not None and activation not in named.activations:
        raise SettingsError(
            "activation",
            expected=f"{' or '.join(named.activations) or 'none'} with the cell {name}",
            came=repr(activation),
            fix="choose one of them" if named.activations else "leave it out",
        )
    if name == "lru" and remember is not None:
        return LRUCell.remembering(remember)
    return named.build(activation or next(iter(named.activations), ""))
