import pytest

from seqloom.train.state import EpochTotals, Timing, TrainingState
from seqloom.train.update import Updated


def test_a_state_survives_json_exactly():
    """Every number comes back to the last bit, infinity included."""
    state = TrainingState(epoch=2, update=17, history=[{"epoch": 1, "loss": 0.1 + 0.2}])
    state.totals.add(Updated(1 / 3, 7, 2 / 3), steps=9)
    assert TrainingState.model_validate_json(state.model_dump_json()) == state


def test_the_mean_loss_weighs_batches_by_their_terms():
    """A batch with three times the terms counts three times."""
    totals = EpochTotals()
    totals.add(Updated(loss=1.0, terms=1, gradient_norm=0.0), steps=1)
    totals.add(Updated(loss=5.0, terms=3, gradient_norm=0.0), steps=3)
    assert totals.mean_loss == 4.0


def test_overhead_is_what_was_added_to_computing():
    """Loading and recording count, validation does not."""
    assert Timing(loading=1.0, recording=2.0, computing=10.0, validating=50.0).overhead == pytest.approx(0.3)


def test_an_epoch_is_closed_with_its_line():
    """The line holds the means of the epoch; the next one starts from nothing."""
    state = TrainingState(totals=EpochTotals(timing=Timing(computing=2.0, validating=1.0)))
    state.totals.add(Updated(loss=4.0, terms=2, gradient_norm=3.0), steps=10)
    state.totals.add(Updated(loss=2.0, terms=2, gradient_norm=1.0), steps=10)
    expected = {"epoch": 1, "loss": 3.0, "validation": 0.5, "learning_rate": 0.1, "gradient_norm": 2.0}
    assert state.close_epoch(0.5, 0.1) == expected | {"seconds": 3.0, "steps_per_second": 10.0}
    assert (state.epoch, state.totals, state.timing.seconds) == (1, EpochTotals(), 3.0)
