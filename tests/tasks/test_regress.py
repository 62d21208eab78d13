"""The task of values."""

import numpy as np

from seqloom.model import RegressModel, build
from seqloom.read import ReadSettings, read
from seqloom.tasks.regress import REGRESS, outcome, poses


def test_values_come_with_their_truth(regressed):
    """The true values are those of the sequences that were asked."""
    shown = outcome(regressed.judged.answered)
    given = regressed.walked.parts.test_dataset.statics["target"][regressed.judged.examples.sequence]
    # 1e-6: prepared targets are float32 in scaled units
    np.testing.assert_allclose(shown.truth[:, 0], given, rtol=0, atol=1e-6)


def test_values_start_at_random(regressed):
    """Only some tasks have a known start."""
    model = build("regress", regressed.walked.settings.model, regressed.walked.model.sizes)
    before = {name: tensor.clone() for name, tensor in model.state_dict().items()}
    REGRESS.start(model, regressed.walked.examples["train"], 0)
    assert isinstance(model, RegressModel)
    assert all(bool((tensor == before[name]).all()) for name, tensor in model.state_dict().items())


def test_what_is_left_of_a_sequence_poses_it():
    """A number per step that is made from where sequences end; other numbers per step are forecast."""
    table = {"unit": list("aaabbb"), "heat": [1.0, 2, 4, 3, 1, 2]}
    assert poses(read(table, settings=ReadSettings(group="unit", remaining_life=2)).schema)
    assert not poses(read(table, settings=ReadSettings(group="unit", target="heat")).schema)
    assert not poses(read(table, settings=ReadSettings(group="unit", fails_within=2)).schema)
