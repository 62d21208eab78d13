import json

import numpy as np
import pytest
import safetensors.torch
import torch

from seqloom.errors import DataError
from seqloom.train import Known, TrainSettings, choose
from seqloom.train.checkpoint import Checkpoint
from seqloom.train.contract import snapshot
from seqloom.train.identity import Identity
from seqloom.train.optimizer import build_optimizer
from seqloom.train.state import TrainingState
from seqloom.train.update import update

NOTHING_KNOWN = Known((), (), 1)
HERE = Identity(facts={"epochs": 3})


@pytest.fixture
def checkpoint(tmp_path):
    """A checkpoint that was not written yet."""
    return Checkpoint(tmp_path / "checkpoint.safetensors", HERE)


@pytest.mark.parametrize("name", ["sgd", "rmsprop", "adam", "adamw"])
def test_after_loading_the_next_update_is_the_same(checkpoint, small_model, series, name):
    """Model, optimiser and random state come back so exactly that dropout and moments repeat themselves."""
    chosen = choose(TrainSettings(optimizer=name), examples=20, steps=9)
    batch = series(20).batch(np.arange(20))
    model, other = small_model(dropout=0.3), small_model(seed=1, dropout=0.3)
    optimizer, another = (build_optimizer(each.named_parameters(), chosen) for each in (model, other))
    with torch.random.fork_rng(devices=[]):
        update(model, optimizer, batch, chosen, NOTHING_KNOWN)
        state = TrainingState(epoch=1, best_epoch=1, best_weights=snapshot(model))
        checkpoint.save(state, model, optimizer)
        update(model, optimizer, batch, chosen, NOTHING_KNOWN)
        loaded = checkpoint.load(other, another)
        update(other, another, batch, chosen, NOTHING_KNOWN)
    assert all(torch.equal(ours, theirs) for ours, theirs in zip(other.parameters(), model.parameters(), strict=True))
    assert loaded.model_dump() == state.model_dump()
    assert all(torch.equal(loaded.best_weights[key], value) for key, value in state.best_weights.items())


def test_a_damaged_file_is_refused(checkpoint, small_model):
    """Half a file is named, not loaded."""
    model = small_model()
    optimizer = build_optimizer(model.named_parameters(), choose(TrainSettings(), examples=9, steps=9))
    checkpoint.save(TrainingState(), model, optimizer)
    content = checkpoint.path.read_bytes()
    checkpoint.path.write_bytes(content[: len(content) // 2])
    with pytest.raises(DataError, match=r"checkpoint.safetensors: expected a training checkpoint.* damaged file"):
        checkpoint.load(model, optimizer)


@pytest.mark.parametrize(
    ("header", "came"),
    [({}, "version None"), ({"version": "9"}, "version 9"), ({"version": "1", "identity": "{}"}, "another file")],
)
def test_another_safetensors_file_is_refused(checkpoint, small_model, header, came):
    """Weights of something else, or a later version, are no checkpoint."""
    model = small_model()
    checkpoint.path.write_bytes(safetensors.torch.save({"a": torch.zeros(1)}, header))
    with pytest.raises(DataError, match=came):
        checkpoint.load(model, torch.optim.SGD(model.parameters()))


def test_a_forged_state_is_refused(checkpoint, small_model):
    """The header is checked against the state's fields before anything is put in place."""
    header = {"version": "1", "identity": HERE.model_dump_json(), "state": json.dumps({"epoch": "three"})}
    checkpoint.path.write_bytes(safetensors.torch.save({"a": torch.zeros(1)}, header))
    model = small_model()
    with pytest.raises(DataError, match="another file"):
        checkpoint.load(model, torch.optim.SGD(model.parameters()))
