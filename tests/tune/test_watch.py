"""Who looks on while a trial is trained."""

import pytest

from seqloom.train import Moment
from seqloom.tune.watch import Unfinished, Watch

LINE = {"epoch": 2, "loss": 1.0, "validation": 0.5}


def watched(epochs=3, **choices):
    told = []
    watch = Watch(lambda *words: told.append(words), choices.pop("stopping", lambda: False), **choices)
    watch.begin(epochs=epochs, updates=10, done=0)
    watch.complete(LINE, best=True)
    return told


def test_an_epoch_is_reported_with_its_criterion():
    """And whether it was the last."""
    assert (watched(), watched(epochs=2)) == ([(0.5, 2, False)], [(0.5, 2, True)])


def test_another_measure_takes_the_place_of_the_criterion():
    """Where criteria do not compare."""
    assert watched(measure=lambda: 0.25) == [(0.25, 2, False)]


def test_a_training_ends_between_two_updates():
    """Nobody waits for the epoch."""
    with pytest.raises(Unfinished):
        Watch(lambda *_: None, lambda: True).advance(Moment(1, 1, 0.5, 10.0))


def test_a_training_goes_on():
    """Where nobody wants its end."""
    assert Watch(lambda *_: None, lambda: False).advance(Moment(1, 1, 0.5, 10.0)) is None
