import pytest

from seqloom.train import Run, TrainSettings, choose
from seqloom.train.state import Timing, TrainingState

CHOSEN = choose(TrainSettings(), examples=20, steps=9)


def test_a_run_tells_what_its_state_held():
    """History, best epoch, reason and settings are those of the end."""
    line = {"epoch": 1, "loss": 0.5, "validation": 0.7}
    run = Run.of(TrainingState(epoch=1, best_epoch=1, history=[line], stopped="early"), CHOSEN)
    assert (run.history, run.best_epoch, run.epochs, run.stopped, run.settings) == ((line,), 1, 1, "early", CHOSEN)


@pytest.mark.parametrize(("best_epoch", "expected"), [(2, 0.6), (1, 0.7), (0, 0.5)])
def test_a_run_tells_the_criterion_of_the_weights_it_kept(best_epoch, expected):
    """That of the kept epoch, or of the initial weights where none was better."""
    history = [{"epoch": epoch, "validation": value} for epoch, value in ((1, 0.7), (2, 0.6))]
    state = TrainingState(epoch=2, best_epoch=best_epoch, best_validation=0.5, history=history)
    assert Run.of(state, CHOSEN).validation == expected


def test_the_time_of_an_epoch_begun_counts():
    """Seconds and overhead include the epoch that an interruption cut short."""
    state = TrainingState(timing=Timing(computing=8.0, loading=1.0, validating=5.0), stopped="interrupted")
    state.totals.timing = Timing(computing=2.0, recording=1.0)
    run = Run.of(state, CHOSEN)
    assert (run.seconds, run.overhead) == (17.0, 0.2)
