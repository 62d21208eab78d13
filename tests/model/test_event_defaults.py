import numpy as np

from seqloom.model import Facts, ModelSettings
from seqloom.model.event_defaults import choose_events


def chosen(events, **given):
    """What is chosen for so many training events."""
    return choose_events(ModelSettings(**given), Facts(lengths=np.array([events])))


def test_of_few_events_several_networks_learn():
    """From examples that overlap, and anew with the validation part."""
    few = chosen(800)
    assert few.settings.members > 1
    assert few.settings.stride < few.settings.lookback
    assert few.training["refit"] is True


def test_of_many_events_one_network_learns():
    """From each event once in an epoch."""
    many = chosen(100_000)
    assert many.settings.members == 1
    assert many.settings.stride == many.settings.lookback
    assert many.training == {}


def test_what_was_given_stays():
    """And has no reason."""
    found = chosen(800, members=2, lookback=10)
    assert (found.settings.members, found.settings.lookback) == (2, 10)
    assert not {"members", "lookback"} & found.reasons.keys()
