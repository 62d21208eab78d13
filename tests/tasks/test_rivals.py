"""Nets to compare with."""

import pytest

from seqloom.model import WHOLE, ModelSettings
from seqloom.tasks import NETS, SHUFFLED, TASKS, rivals_of


def test_every_net_without_a_state_is_a_rival():
    """And each is built by its own name."""
    cells = {net.changes["cell"] for net in NETS.values() if net.changes.get("cell") in WHOLE}
    assert cells == set(WHOLE)


def test_a_recurrent_model_is_compared_with_all_nets_without_a_state():
    """And with itself in shuffled order."""
    found = rivals_of({**NETS, **SHUFFLED}, ModelSettings(cell="gru"))
    assert set(found) == {"cnn", "tcn", "transformer", "deep_sets", "shuffled"}


def test_a_model_without_a_state_is_compared_with_a_recurrent_one():
    """And with the others of its kind, not with itself."""
    found = rivals_of(NETS, ModelSettings(cell="tcn"))
    assert set(found) == {"recurrent", "cnn", "transformer", "deep_sets"}


def test_settings_of_a_state_are_left_out_where_there_is_none():
    """All others are those of the model."""
    model = ModelSettings(cell="lstm", activation="relu", learned_state=True, hidden_size=48, layers=3, dropout=0.2)
    settings = NETS["tcn"].settings(model)
    assert (settings.cell, settings.activation, settings.learned_state) == ("tcn", None, False)
    assert (settings.hidden_size, settings.layers, settings.dropout) == (48, 3, 0.2)


@pytest.mark.parametrize("task", TASKS.values(), ids=lambda task: task.name)
def test_rivals_change_settings_that_there_are(task):
    """To values that they may have."""
    for net in task.rivals.values():
        changed = ModelSettings.model_validate(net.settings(ModelSettings()).model_dump())
        assert changed == net.settings(ModelSettings())
