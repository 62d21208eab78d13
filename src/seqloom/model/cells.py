"""The cells a model may be built from, by name."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from seqloom.errors import SettingsError
from seqloom.nn import (
    Cell,
    ConvolutionalReader,
    DeepSets,
    ElmanCell,
    GRUCell,
    LRUCell,
    LSTMCell,
    MinGRUCell,
    MinLSTMCell,
    SLSTMCell,
    TemporalConvolutions,
    TransformerReader,
    WholeReader,
)


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

WHOLE: Mapping[str, tuple[Callable[..., WholeReader], str]] = {
    "cnn": (ConvolutionalReader, "CNN"),
    "tcn": (TemporalConvolutions, "TCN"),
    "transformer": (TransformerReader, "Transformer"),
    "deep-sets": (DeepSets, "Deep Sets"),
}
"""What reads sequences without a state instead of a cell, and what a report calls it."""


def title_of_cell(name: str) -> str:
    """What a report calls a cell, or what stands in its place.

    Example:
        >>> title_of_cell("lstm"), title_of_cell("tcn")
        ('LSTM', 'TCN')
    """
    return CELLS[name].title if name in CELLS else WHOLE[name][1]


def build_cell(name: str, activation: str | None, remember: int | None = None) -> Cell[Any]:
    """The cell of a name.

    Args:
        name: one of `CELLS`.
        activation: its activation; None: its usual one.
        remember: steps an LRU remembers in the beginning, about; other cells have no such number.

    Raises:
        SettingsError: it is no recurrent cell, or does not have this activation.
    """
    if name not in CELLS:
        fix = "choose a cell that reads step by step"
        raise SettingsError("cell", expected=" or ".join(CELLS), came=repr(name), fix=fix)
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
