"""Anomalies that are put in."""

from dataclasses import replace

import numpy as np
import pytest

from seqloom.evaluate import inject
from seqloom.evaluate.injected import KINDS


@pytest.fixture
def examples(make_sequences):
    """A slow wave and noise, of which the last 600 steps are asked."""
    t = np.arange(800)
    values = np.stack([np.sin(t / 20), np.random.default_rng(0).normal(size=800)], axis=1).astype(np.float32)
    return replace(make_sequences(np.zeros((800, 0)), targets=values, watched=True), warm=np.array([200]))


def test_only_asked_steps_change_and_those_are_marked(examples):
    """Each in one column; the data that came stay as they were."""
    before = examples.prepared.targets.copy()
    put = inject(examples)
    after, marks = put.examples.prepared.targets, put.examples.prepared.marks
    changed = (after != before).any(axis=1)
    assert not changed[:200].any()
    assert not (changed & (marks == 0)).any()
    np.testing.assert_array_equal(examples.prepared.targets, before)
    np.testing.assert_array_equal(put.kinds >= 0, marks[200:] == 1)
    assert ((after != before).sum(axis=1) <= 1).all()


def test_each_kind_is_what_it_is_called(examples):
    """A spike is one step, a shift keeps the shape, flat has one value, and shuffled has the same values."""
    put = inject(examples)
    before, after = (one.prepared.targets[200:] for one in (examples, put.examples))
    runs = np.split(np.arange(600), np.flatnonzero(np.diff(put.kinds)) + 1)
    seen = set()
    for run in runs:
        kind = put.kinds[run[0]]
        if kind < 0:
            continue
        column = int(np.argmax((after[run] != before[run]).any(axis=0)))
        old, new = before[run, column], after[run, column]
        match KINDS[kind]:
            case "spike":
                assert len(run) == 1
                assert abs(new[0] - old[0]) == pytest.approx(6, abs=1e-5)
            case "shift":
                np.testing.assert_allclose(np.abs(new - old), 3, atol=1e-5)
            case "flat":
                assert len(set(new.tolist())) == 1
            case "noise":
                assert (new - old).std() == pytest.approx(2, rel=0.6)
            case "shuffled":
                assert sorted(new.tolist()) == sorted(old.tolist())
        seen.add(KINDS[kind])
    assert seen == set(KINDS)


def test_the_same_seed_puts_the_same(examples):
    """And another one others."""
    one, same, other = inject(examples), inject(examples), inject(examples, seed=1)
    np.testing.assert_array_equal(one.examples.prepared.targets, same.examples.prepared.targets)
    assert (one.examples.prepared.targets != other.examples.prepared.targets).any()


def test_a_few_steps_are_enough(make_sequences):
    """Nothing is put where there is no room for it."""
    put = inject(make_sequences(np.zeros((3, 0)), targets=np.zeros((3, 1), np.float32), watched=True))
    assert len(put.kinds) == 3
