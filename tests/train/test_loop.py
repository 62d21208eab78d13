import json
import os
import signal

import numpy as np
import pytest
import torch

from seqloom.errors import DataError, SettingsError, StorageError, TrainingError
from seqloom.train import Quiet, TrainSettings, fit


def same(first, second):
    """Whether two models have the same weights, bit by bit."""
    ours, theirs = first.state_dict(), second.state_dict()
    return all(torch.equal(ours[name], theirs[name]) for name in ours)


class Told(Quiet):
    """Remembers what it was told, and may act on an update."""

    def __init__(self, at=None, action=None) -> None:
        self.lines, self.stopped, self._at, self._action = [], [], at, action

    def advance(self, moment) -> None:
        """Act, if it is time."""
        if moment.update == self._at:
            self._action()

    def complete(self, line, *, best) -> None:
        """Remember the line."""
        self.lines.append((line, best))

    def end(self, stopped) -> None:
        """Remember the reason."""
        self.stopped.append(stopped)


def press_control_c():
    """Ctrl-C."""
    os.kill(os.getpid(), signal.SIGINT)


@pytest.fixture
def train(small_model, series):
    """Trains the small model: returns it with its run."""

    def trained(*, dropout=0.2, bidirectional=False, directory=None, resume=False, progress=None, **settings):
        model = small_model(dropout=dropout, bidirectional=bidirectional)
        chosen = TrainSettings(**{"epochs": 3, "batch_size": 8} | settings)
        examples = series(40), series(12, seed=1)
        return model, fit(model, *examples, chosen, directory=directory, resume=resume, progress=progress)

    return trained


@pytest.mark.parametrize("truncate", [None, 4])
def test_one_seed_gives_one_result(train, truncate):
    """Two trainings with the same seed end with the same weights, bit by bit, dropout included."""
    first, _ = train(seed=5, truncate=truncate)
    torch.rand(3)  # the caller's random state is of no consequence
    second, _ = train(seed=5, truncate=truncate)
    assert same(first, second)


def test_another_seed_gives_another_result(train):
    """Order and dropout follow the seed."""
    assert not same(train(seed=5)[0], train(seed=6)[0])


def test_the_callers_surroundings_are_left_as_they_were(train):
    """Random state, thread count and Ctrl-C handler are the same after as before."""
    state, threads, handler = torch.get_rng_state(), torch.get_num_threads(), signal.getsignal(signal.SIGINT)
    train(threads=threads + 1)
    assert torch.equal(torch.get_rng_state(), state)
    assert torch.get_num_threads() == threads
    assert signal.getsignal(signal.SIGINT) is handler


def test_threads_are_those_asked_for(train):
    """During the training torch uses as many threads as the settings say."""
    seen = []
    train(threads=2, progress=Told(at=1, action=lambda: seen.append(torch.get_num_threads())))
    assert seen == [2]


@pytest.mark.parametrize("name", ["sgd", "rmsprop", "adam", "adamw"])
def test_a_linear_problem_is_solved(linear_model, from_arrays, name):
    """Every optimiser comes to the least-squares solution of a linear regression."""
    generator = np.random.default_rng(0)
    rows = generator.normal(size=(256, 1, 3)).astype(np.float32)
    targets = (rows @ np.array([[1.0], [-2.0], [0.5]]) + 3 + 0.1 * generator.normal(size=(256, 1, 1))).astype(
        np.float32
    )
    examples = from_arrays(list(rows), list(targets))
    model = linear_model(3)
    settings = {"epochs": 300, "batch_size": 256, "learning_rate": 0.05, "weight_decay": 0.0, "patience": 0}
    fit(model, examples, examples, TrainSettings(optimizer=name, schedule="cosine", **settings))
    design = np.column_stack([rows[:, 0], np.ones(256)])
    expected = np.linalg.lstsq(design, targets[:, 0], rcond=None)[0][:, 0]
    learned = [*model.head.weight[0].tolist(), model.head.bias.item()]
    assert learned == pytest.approx(expected.tolist(), abs=1e-4)  # approached; measured 3e-5 at most


def test_the_best_epochs_weights_are_restored(train, series):
    """At the end the model's criterion is the best of the history, not the last."""
    model, run = train(epochs=12, learning_rate=1.0, optimizer="sgd", schedule="none", clip_norm=None, dropout=0.0)
    best = min(run.history, key=lambda line: line["validation"])
    assert run.best_epoch == best["epoch"] < run.epochs
    total, terms = model.criterion(series(12, seed=1).batch(np.arange(12)))
    assert total / terms == pytest.approx(best["validation"], rel=1e-5)  # float32 sums in batches of another size


def test_training_stops_when_nothing_is_gained(train):
    """Without gain for `patience` epochs it stops early; with a rate of almost nothing nothing is gained at all."""
    _, run = train(epochs=50, patience=2, learning_rate=1e-30, schedule="none")
    assert (run.stopped, run.best_epoch, run.epochs) == ("early", 0, 2)


def test_patience_of_zero_never_stops(train):
    """All epochs are trained."""
    _, run = train(epochs=6, patience=0, learning_rate=1e-30)
    assert (run.stopped, run.epochs) == ("epochs", 6)


def test_plateau_lowers_the_rate(train):
    """Each epoch without gain beyond the patience of the plateau halves the rate."""
    _, run = train(epochs=4, patience=0, learning_rate=1e-30, schedule="plateau", plateau_patience=0)
    assert [line["learning_rate"] for line in run.history] == [1e-30, 0.5e-30, 0.25e-30, 0.125e-30]


def test_the_history_is_written_line_by_line(train, tmp_path):
    """`history.jsonl` holds the lines of the run, and whoever watches was told the same."""
    told = Told()
    _, run = train(directory=tmp_path, progress=told)
    lines = [json.loads(line) for line in (tmp_path / "history.jsonl").read_text().splitlines()]
    assert lines == list(run.history) == [line for line, _ in told.lines]
    assert list(lines[0]) == [
        "epoch", "loss", "validation", "learning_rate", "gradient_norm", "seconds", "steps_per_second",
        "spectral_radius",
    ]  # fmt: skip
    assert told.stopped == ["epochs"]


def test_recording_does_not_change_the_result(train, tmp_path):
    """Checkpoints every other update leave the weights as they would be without."""
    assert same(train(directory=tmp_path, checkpoint_updates=2)[0], train()[0])


def test_control_c_ends_with_the_best_weights_so_far(train, series):
    """The update under way is finished, the best epoch's weights are restored, and the run says so."""
    model, run = train(epochs=9, progress=Told(at=12, action=press_control_c))  # in the third epoch of five updates
    assert (run.stopped, run.epochs) == ("interrupted", 2)
    total, terms = model.criterion(series(12, seed=1).batch(np.arange(12)))
    best = run.history[run.best_epoch - 1]["validation"]
    assert total / terms == pytest.approx(best, rel=1e-5)  # float32 sums in batches of another size


@pytest.mark.parametrize("update", [2, 5, 7, 15])
def test_an_interrupted_run_can_be_resumed(train, tmp_path, update):
    """Interrupted anywhere and resumed, a run ends with the weights of an uninterrupted one."""
    told = Told(at=update, action=press_control_c)
    _, first = train(directory=tmp_path, progress=told)
    assert first.stopped == "interrupted"
    resumed, run = train(directory=tmp_path, resume=True)
    whole, uninterrupted = train()
    assert same(resumed, whole)
    assert (run.stopped, run.best_epoch, run.epochs) == ("epochs", uninterrupted.best_epoch, 3)


def test_a_finished_run_is_not_trained_again(train, tmp_path):
    """Resuming a run that is over restores its weights and its history."""
    whole, before = train(directory=tmp_path)
    told = Told(at=1, action=pytest.fail)
    resumed, run = train(directory=tmp_path, resume=True, progress=told)
    assert same(resumed, whole)
    assert (run.history, run.stopped) == (before.history, "epochs")


def test_a_checkpoint_of_other_settings_is_refused(train, tmp_path):
    """Resuming with another learning rate names it."""
    train(directory=tmp_path)
    with pytest.raises(SettingsError, match="expected the learning_rate of the run to be resumed"):
        train(directory=tmp_path, resume=True, learning_rate=0.5)


def test_divergence_ends_with_the_best_weights_so_far(small_model, series):
    """Not-finite numbers stop the training with advice, after the best weights were put back."""
    model, examples = small_model(), series(40)
    settings = TrainSettings(epochs=5, batch_size=8, learning_rate=1e-3, schedule="none")
    kept = {}

    def spoil():
        kept.update({name: tensor.clone() for name, tensor in model.state_dict().items()})
        examples.targets[0][:] = np.inf

    with pytest.raises(TrainingError, match=r"try a smaller learning_rate than 0\.001"):
        fit(model, examples, series(12, seed=1), settings, progress=Told(at=5, action=spoil))
    assert all(torch.equal(tensor, kept[name]) for name, tensor in model.state_dict().items())


def test_a_full_disk_stops_the_training(train, tmp_path):
    """A folder that cannot be written is an error of storage, before any update is made."""
    (tmp_path / "file").touch()
    with pytest.raises(StorageError, match="file/run"):
        train(directory=tmp_path / "file" / "run")


@pytest.mark.parametrize(("sizes", "part"), [((0, 5), "training part"), ((5, 0), "validation part")])
def test_a_part_without_examples_is_refused(small_model, series, from_arrays, sizes, part):
    """The message says which part is empty."""
    examples = [series(size) if size else from_arrays([], []) for size in sizes]
    with pytest.raises(DataError, match=f"{part}: expected at least one example"):
        fit(small_model(), *examples, TrainSettings())


def test_a_validation_part_without_targets_is_refused(small_model, series):
    """Nothing could tell the best epoch."""
    validation = series(5)
    for target in validation.targets:
        target[:] = np.nan
    with pytest.raises(DataError, match="validation part: expected known targets"):
        fit(small_model(), series(20), validation, TrainSettings(epochs=1))


def test_a_bidirectional_model_cannot_be_truncated(train):
    """A state carried forwards is of no use to a layer that reads backwards."""
    with pytest.raises(SettingsError, match="truncate: expected a model that reads forwards only"):
        train(bidirectional=True, truncate=4)


def test_the_run_accounts_for_its_time(train):
    """Seconds and overhead are positive, and the seconds are those of the epochs."""
    _, run = train()
    assert run.overhead > 0
    assert run.seconds == pytest.approx(sum(line["seconds"] for line in run.history), rel=0.2)  # the end is extra


def test_the_last_weights_are_kept_where_asked_for(train):
    """Though none gained anything, and no epoch is saved by stopping early."""
    _, run = train(epochs=6, learning_rate=1e-30, patience=1, keep="last")
    assert (run.best_epoch, run.epochs, run.stopped) == (6, 6, "epochs")


def test_a_run_stopped_on_the_way_follows_the_schedule_of_all_its_epochs(small_model, series):
    """Its learning rates are those of the whole run."""
    settings = TrainSettings(epochs=6, batch_size=8, keep="last")
    whole, part = (
        fit(small_model(), series(40), series(12, seed=1), settings, stop_after=stop_after) for stop_after in (None, 2)
    )
    assert [line["learning_rate"] for line in part.history] == [line["learning_rate"] for line in whole.history[:2]]
    assert (part.epochs, part.stopped) == (2, "epochs")
