"""Peers that run in the package's own environment; the others are compared by the measurement itself."""

import pytest

from benchmarks.speed.case import Case
from benchmarks.speed.peer import Refused
from benchmarks.speed.peers import eager_loop, seqloom, torch_nn
from benchmarks.speed.rounds import difference

SAME = 1e-5
"""Single precision, sums in another order."""


def case(work, cell, **more):
    """A case that takes no time."""
    return Case(work, cell, **{"batch": 5, "steps": 6, "features": 3, "hidden": 17, "layers": 2} | more)


@pytest.mark.parametrize("cell", ["LSTM", "GRU", "Elman"])
@pytest.mark.parametrize("work", ["train", "infer"])
@pytest.mark.parametrize(("variant", "varied"), [("", False), ("padded", True), ("packed", True)])
def test_torch_computes_what_seqloom_computes(work, cell, variant, varied):
    """The same weights and inputs give the same loss, gradients and outputs."""
    asked = case(work, cell, varied=varied)
    ours, theirs = seqloom.prepare(asked, "").check(), torch_nn.prepare(asked, variant).check()
    assert ours.keys() == theirs.keys()
    assert difference(ours, theirs) < SAME


@pytest.mark.parametrize("variant", ["cell", "layer"])
@pytest.mark.parametrize("cell", ["LSTM", "GRU", "Elman"])
def test_single_steps_agree(cell, variant):
    """Three steps of a stream end in the same hidden vector."""
    asked = Case("step", cell, features=3, hidden=17)
    assert difference(seqloom.prepare(asked, "").check(), torch_nn.prepare(asked, variant).check()) < SAME


def test_the_loop_computes_what_the_engine_computes():
    """A relu LSTM step by step has the loss and gradients of the compiled one."""
    asked = case("train", "LSTM-relu", layers=1)
    assert difference(seqloom.prepare(asked, "").check(), eager_loop.prepare(asked, "").check()) < SAME


def test_a_cell_that_is_not_there_is_refused(monkeypatch):
    """The reason names it."""
    monkeypatch.setitem(seqloom.cell_named.__globals__["CELLS"], "LRU", ("NoSuchCell", {}))
    with pytest.raises(Refused, match="this version of seqloom has no LRU"):
        seqloom.prepare(case("train", "LRU"), "")


@pytest.mark.parametrize("alike", [True, False])
def test_updates_of_the_forecaster_learn(alike):
    """After sixty updates the loss is below its first."""
    steps = seqloom.updates(alike=alike)
    losses = [next(steps) for _ in range(60)]
    assert sum(losses[-5:]) / 5 < sum(losses[:5]) / 5
