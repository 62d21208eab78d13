"""The contract of models."""

import numpy as np
import pytest

from seqloom.model import MODELS, Facts, InputSizes, ModelSettings, build
from seqloom.model.model import SequenceModel, hidden_size_for


def test_a_model_that_keeps_only_part_of_the_contract_cannot_be_made():
    """Every method of the contract is abstract."""
    with pytest.raises(TypeError, match="abstract"):
        SequenceModel(ModelSettings(), InputSizes(numbers=1))


@pytest.mark.parametrize("task", list(MODELS))
def test_chosen_settings_are_complete_enough_to_build(task):
    """Every task fills in what it needs itself."""
    chosen = MODELS[task].choose(ModelSettings(), Facts(np.array([300]), shortest_test=50))
    horizon = chosen.settings.horizon or 0
    sizes = InputSizes(numbers=2, code_sizes=(9,), horizon=horizon, classes=("a", "b"), class_counts=(3, 4))
    assert build(task, chosen.settings, sizes).parameter_count > 0


def test_the_number_of_weights_counts_what_is_learned():
    """An RNN of 3 over 2 inputs has 3*2 + 3*3 + 2*3 weights, its read-out 3 + 1."""
    settings = ModelSettings(cell="rnn", hidden_size=3, pooling="mean")
    assert build("regress", settings, InputSizes(numbers=2)).parameter_count == 6 + 9 + 6 + 4


def test_wider_networks_for_more_data():
    """The width never falls as steps grow."""
    sizes = [hidden_size_for(steps) for steps in (1, 499, 500, 4_999, 5_000, 49_999, 50_000, 10**9)]
    assert sizes == [16, 16, 32, 32, 64, 64, 128, 128]
