"""Probes find what was planted and not what was not."""

import numpy as np

from seqloom.explain import probe, probes_figure

RNG = np.random.default_rng(0)
STATES = RNG.normal(size=(600, 8))
INPUTS = RNG.normal(size=(600, 2))
SEQUENCE = np.repeat(np.arange(60), 10)
FACTS = {
    "in the state": STATES @ RNG.normal(size=8),
    "in the input": INPUTS[:, 0],
    "nowhere": RNG.normal(size=600),
    "a class": np.where(STATES[:, 0] > 0, "up", "down"),
    "one value": np.ones(600),
    "hardly known": np.where(np.arange(600) < 5, 1.0, np.nan),
}


def found():
    """All facts by name."""
    return {one.fact: one for one in probe(STATES, INPUTS, FACTS, SEQUENCE, np.random.default_rng(0))}


def test_planted_facts_are_found_where_they_are():
    """A linear number and a class in the state, another number in the input, and noise nowhere."""
    probes = found()
    assert probes["in the state"].state > 0.99
    assert probes["in the state"].input < 0.05
    assert probes["in the input"].input > 0.99
    assert max(probes["nowhere"].state, probes["nowhere"].input) < 0.05
    assert probes["a class"].state > 0.85
    assert probes["a class"].kind == "accuracy"


def test_what_cannot_be_told_is_left_out():
    """A fact that never changes, and one that is hardly known."""
    assert set(FACTS) - set(found()) == {"one value", "hardly known"}


def test_probes_are_judged_on_other_sequences():
    """A number of each sequence that is noise cannot be learned by heart."""
    noise = np.repeat(RNG.normal(size=60), 10)
    marked = np.concatenate([STATES, np.eye(60)[SEQUENCE]], axis=1)
    (one,) = probe(marked, INPUTS, {"noise": noise}, SEQUENCE, np.random.default_rng(0))
    assert one.state < 0.1


def test_probes_are_drawn():
    """Two bars each."""
    figure = probes_figure(list(found().values()))
    assert [mark.name for mark in figure.panels[0].marks] == ["from the state", "from the input alone"]
