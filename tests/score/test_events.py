"""Events of flagged steps."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from seqloom.score import Events, onsets


@pytest.mark.parametrize(("quiet", "first", "last"), [(0, [1, 4, 7], [2, 4, 7]), (1, [1, 7], [4, 7]), (2, [1], [7])])
def test_flags_near_each_other_are_one_event(quiet, first, last):
    """As many steps without a flag as may lie between them."""
    events = Events.of(np.array([0, 1, 1, 0, 1, 0, 0, 1], bool), np.zeros(8, int), quiet)
    assert (events.first.tolist(), events.last.tolist()) == (first, last)


def test_an_event_ends_with_its_sequence():
    """Flags side by side in two sequences are two events."""
    events = Events.of(np.ones(4, bool), np.array([0, 0, 1, 1]), quiet=5)
    assert (events.first.tolist(), events.last.tolist()) == ([0, 2], [1, 3])


def test_without_flags_there_is_none():
    """Nor is anything hit."""
    none, some = Events.of(np.zeros(3, bool), np.zeros(3, int)), Events.of(np.ones(3, bool), np.zeros(3, int))
    assert len(none) == 0
    assert (none.hit_by(some).tolist(), some.hit_by(none).tolist()) == ([], [False])


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=40))
def test_an_event_is_hit_where_a_step_is_shared(flags):
    """The same as looking at every step."""
    ours, theirs = (np.array(column, bool) for column in zip(*flags, strict=True))
    owner = np.zeros(len(ours), int)
    events, others = Events.of(ours, owner), Events.of(theirs, owner)
    expected = [bool(theirs[a : b + 1].any()) for a, b in zip(events.first, events.last, strict=True)]
    assert events.hit_by(others).tolist() == expected


@given(st.lists(st.integers(0, 5), min_size=1, max_size=30), st.integers(1, 6))
def test_an_onset_is_above_all_in_the_steps_before(values, quiet):
    """As comparing each with each."""
    scores = np.array(values, float)
    expected = [bool((scores[max(0, t - quiet) : t] < scores[t]).all()) for t in range(len(scores))]
    assert np.isfinite(onsets(scores, quiet)).tolist() == expected
