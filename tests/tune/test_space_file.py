"""The space as people write it."""

import pytest

from seqloom.errors import SettingsError
from seqloom.tune.space import Choice, Real, Searched, Whole
from seqloom.tune.space_file import read_space


@pytest.fixture
def written(tmp_path):
    """Writes a space, and reads it."""

    def read(text, fixed=None):
        path = tmp_path / "space.yaml"
        path.write_text(text)
        return read_space(path, fixed or {})

    return read


def test_lists_and_ranges_are_read(written):
    """A list is a choice; a range is of whole numbers where the setting is one."""
    found = written(
        "hidden_size: {low: 16, high: 256, log: true}\nlearning-rate: {low: 0.001, high: 0.1}\nlayers: [1, 2]\n"
    )
    assert found.searched == (
        Searched("hidden_size", Whole(16, 256, log=True)),
        Searched("learning_rate", Real(0.001, 0.1)),
        Searched("layers", Choice((1, 2))),
    )


def test_a_condition_is_read(written):
    """It stands behind what it is about, wherever it was written."""
    found = written("momentum: {low: 0.5, high: 0.99, when: {optimizer: sgd}}\noptimizer: [sgd, adam]\n")
    assert found.searched[1] == Searched("momentum", Real(0.5, 0.99), {"optimizer": ("sgd",)})


def test_activations_are_dealt_out_to_their_cells(written):
    """Nobody has to write down which cell has which."""
    found = written("activation: [tanh, relu, elu]\ncell: [lstm, gru, rnn]\n")
    assert [one.name for one in found.searched] == ["cell", "activation (cell lstm)", "activation (cell rnn)"]
    assert found.searched[1].range == Choice(("tanh", "relu"))


WRONG = {
    "unknown": ("hidden: [1, 2]", r"hidden: expected a known setting, came 'hidden'; did you mean 'hidden_size'"),
    "of the data": ("target: [a, b]", r"target: expected a setting of the model or the training, came target: it chan"),
    "what is predicted": ("horizon: [1, 2]", r"came horizon: it says what is to be predicted"),
    "luck": ("seed: [0, 1]", r"came seed: the best of several seeds is luck"),
    "value": ("cell: [lstm, gruu]", r"cell: expected .*, came 'gruu'"),
    "bound": ("hidden_size: {low: 0, high: 8}", r"space.yaml, hidden_size: expected .*, came 0"),
    "half": ("hidden_size: {low: 4}", r"hidden_size: expected low and high, came no high"),
    "order": ("hidden_size: {low: 8, high: 4}", r"expected low below high, came 8 and 4"),
    "no list": ("cell: lstm", r"cell: expected a list of values, or low and high, came 'lstm'"),
    "empty": ("cell: []", r"cell: expected a list of values"),
    "range of names": ("cell: {low: 1, high: 2}", r"cell: expected a list of values, came a range"),
    "word": ("hidden_size: {low: 1, hi: 2}", r"hidden_size: expected low, high, log, choices or when, came hi"),
    "logarithm of 0": ("dropout: {low: 0, high: 0.5, log: true}", r"a low above 0 on a logarithmic scale, came 0"),
    "text": ("learning_rate: {low: 1e-4, high: 1e-2}", r"learning_rate: expected a number, came '1e-4'"),
    "log": ("hidden_size: {low: 1, high: 2, log: often}", r"expected log true or false, came 'often'"),
    "condition": ("momentum: {low: 0.1, high: 0.2, when: sgd}", r"momentum, when: expected settings and their val"),
    "nothing": ("{}", r"expected settings to search, came none"),
    "list": ("- cell", r"expected a mapping of names to values, came a list"),
    "no such activation": ("activation: [elu]\ncell: [lstm]", r"activation: expected an activation beside the usual"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_named_with_file_and_key(written, name):
    """The message says where, what was expected and what came."""
    text, message = WRONG[name]
    with pytest.raises(SettingsError, match=r"space\.yaml") as caught:
        written(text)
    assert caught.match(message)


def test_a_condition_may_not_hang_on_another(written):
    """Conditions of conditions would depend on the order."""
    text = "optimizer: [sgd]\nmomentum: {low: 0.1, high: 0.2, when: {optimizer: [sgd]}}\n"
    with pytest.raises(SettingsError, match="a setting without a condition, came momentum, which has one"):
        written(text + "schedule: {choices: [none], when: {momentum: [0.1]}}\n")


def test_what_is_given_cannot_be_searched(written):
    """It is said which value is fixed."""
    with pytest.raises(SettingsError, match="expected a setting that is left open, came cell=gru; take cell out"):
        written("cell: [lstm, gru]", {"cell": "gru"})
