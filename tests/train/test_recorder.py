import json

import pytest

from seqloom.train import TrainSettings, choose
from seqloom.train.identity import Identity
from seqloom.train.optimizer import build_optimizer
from seqloom.train.recorder import Recorder
from seqloom.train.state import TrainingState

CHOSEN = choose(TrainSettings(checkpoint_updates=3), examples=20, steps=9)


@pytest.fixture
def parts(small_model):
    """A model and its optimiser."""
    model = small_model()
    return model, build_optimizer(model.named_parameters(), CHOSEN)


@pytest.fixture
def recorder(tmp_path):
    """The recorder of a run that writes a checkpoint every three updates."""
    return Recorder(tmp_path / "run", Identity(facts={}), CHOSEN)


def test_the_history_is_cut_back_to_the_checkpoint(recorder, parts):
    """A line the checkpoint does not know is dropped on resuming: its epoch will be trained again."""
    recorder.open(*parts, resume=False)
    first, second = {"epoch": 1.0, "loss": 0.5}, {"epoch": 2.0, "loss": 0.4}
    state = TrainingState(epoch=1, history=[first], stopped="early")
    recorder.after_epoch(first, state, *parts)
    with recorder.history.open("a") as file:
        file.write(json.dumps(second) + "\n")
    assert recorder.open(*parts, resume=True).history == [first]
    assert [json.loads(line) for line in recorder.history.read_text().splitlines()] == [first]


def test_a_new_run_forgets_the_one_before(recorder, parts):
    """Without resume the folder's history and checkpoint are gone."""
    recorder.open(*parts, resume=False)
    recorder.after_epoch({"epoch": 1.0}, TrainingState(epoch=1, stopped="early"), *parts)
    assert recorder.open(*parts, resume=False) == TrainingState()
    assert recorder.history.read_text() == ""
    assert not recorder.checkpoint.path.exists()


def test_nothing_to_resume_is_a_new_run(recorder, parts):
    """A run killed before its first checkpoint begins again."""
    assert recorder.open(*parts, resume=True) == TrainingState()


def test_a_checkpoint_is_due_after_so_many_updates(recorder, parts):
    """With `checkpoint_updates` of three the third update is saved, not the second."""
    recorder.open(*parts, resume=False)
    recorder.after_update(TrainingState(update=2), *parts)
    assert not recorder.checkpoint.path.exists()
    recorder.after_update(TrainingState(update=3), *parts)
    assert recorder.checkpoint.path.exists()


def test_a_checkpoint_is_due_after_so_many_minutes(recorder, parts, monkeypatch):
    """Within an epoch longer than `checkpoint_minutes` one is written."""
    recorder.open(*parts, resume=False)
    recorder.after_update(TrainingState(), *parts)
    assert not recorder.checkpoint.path.exists()
    monkeypatch.setattr(recorder, "_saved_at", recorder._saved_at - 60 * CHOSEN.checkpoint_minutes)
    recorder.after_update(TrainingState(), *parts)
    assert recorder.checkpoint.path.exists()


def test_epochs_shorter_than_a_checkpoint_are_not_all_saved(recorder, parts, monkeypatch):
    """Where saving would take more than its share of the time, an epoch's end passes without."""
    recorder.open(*parts, resume=False)
    monkeypatch.setattr(recorder, "_cost", 1_000.0)
    recorder.after_epoch({"epoch": 1.0}, TrainingState(epoch=1), *parts)
    assert not recorder.checkpoint.path.exists()
    assert recorder.history.read_text() == '{"epoch": 1.0}\n'
