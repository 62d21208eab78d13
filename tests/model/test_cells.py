"""Cells by name."""

from typing import get_args

import pytest

from seqloom.errors import SettingsError
from seqloom.model.cells import CELLS, WHOLE, build_cell, title_of_cell
from seqloom.model.settings import Cell
from seqloom.nn import ElmanCell, GRUCell, LRUCell, LSTMCell, MinGRUCell, MinLSTMCell, SLSTMCell

EXPECTED = {
    "rnn": ElmanCell(),
    "lstm": LSTMCell(),
    "peephole-lstm": LSTMCell(peepholes=True),
    "norm-lstm": LSTMCell(layer_norm=True),
    "slstm": SLSTMCell(),
    "gru": GRUCell(),
    "reset-gru": GRUCell(reset_after=False),
    "mingru": MinGRUCell(),
    "minlstm": MinLSTMCell(),
    "lru": LRUCell(),
}


def test_settings_know_the_cells_there_are():
    """Names that may be asked for are those that can be built."""
    assert set(get_args(Cell)) == CELLS.keys() | WHOLE.keys()
    assert set(CELLS) == set(EXPECTED)


def test_every_name_has_a_title():
    """As reports and verdicts call it."""
    assert all(title_of_cell(name) for name in get_args(Cell))


@pytest.mark.parametrize("name", WHOLE)
def test_a_net_without_a_state_is_no_cell(name):
    """Where one is needed, that is said."""
    with pytest.raises(SettingsError, match=f"cell: expected rnn or lstm .*, came '{name}'"):
        build_cell(name, None)


@pytest.mark.parametrize("name", EXPECTED)
def test_each_name_stands_for_one_cell(name):
    """With its usual activation, where it has one to choose."""
    assert build_cell(name, None) == EXPECTED[name]


def test_a_linear_unit_may_remember_as_long_as_asked():
    """Some of what it read is still there after that many steps."""
    cell = build_cell("lru", None, 500)
    assert cell == LRUCell.remembering(500)
    assert cell.least**500 < 0.05
    assert cell.most**500 > 0.9


@pytest.mark.parametrize(("name", "activation"), [("rnn", "sigmoid"), ("lstm", "relu"), ("norm-lstm", "relu")])
def test_an_activation_may_be_chosen_where_there_are_several(name, activation):
    """The cell has it."""
    assert build_cell(name, activation).activation == activation


@pytest.mark.parametrize(
    ("name", "activation", "message"),
    [
        ("lstm", "elu", "expected tanh or relu with the cell lstm, came 'elu'; choose one of them"),
        ("gru", "relu", "expected tanh with the cell gru, came 'relu'; choose one of them"),
        ("lru", "tanh", "expected none with the cell lru, came 'tanh'; leave it out"),
    ],
)
def test_an_activation_the_cell_does_not_have_is_refused(name, activation, message):
    """The message names what the cell can do."""
    with pytest.raises(SettingsError, match=message):
        build_cell(name, activation)
