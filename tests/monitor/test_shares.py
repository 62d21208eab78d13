"""Signals of labels, and of hits and misses."""

import numpy as np
import pytest

from seqloom.monitor.shares import MOST_LABELS, OTHER, Hits, Labels, share_of


def test_each_frequent_label_has_a_share():
    """What training did not have is counted together with what it had seldom."""
    found = Labels.of([["on"] * 60 + ["off"] * 40])
    assert found.labels == ("on", "off")
    assert [channel.usual.mean for channel in found.channels] == pytest.approx([0.6, 0.4, 0.005, 0.005], abs=0.005)
    assert found.rows(["off", "broken", None]).tolist() == [[0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]]
    assert [channel.name for channel in found.channels] == ["share of on", "share of off", OTHER, "missing"]


def test_rare_labels_are_watched_together():
    """Not each by itself."""
    found = Labels.of([[f"label {place}" for place in range(40)]])
    assert len(found.labels) == MOST_LABELS
    assert len(found.channels) == MOST_LABELS + 2


def test_labels_of_nothing_claim_nothing():
    """Neither shares nor missing ones."""
    assert not Labels.of([[None] * 100]).watched
    assert Labels.of([["a"] * 100], gaps=False).channels[-1].usual is None


def test_hits_matter_when_they_become_fewer():
    """A value that is not known is none."""
    found = Hits.of([np.array(([1.0] * 9 + [0.0]) * 10 + [np.nan] * 5)])
    (channel,) = found.channels
    assert (channel.side, channel.share, channel.usual.count) == (-1, True, 100)
    assert channel.usual.mean == pytest.approx(0.9, abs=0.01)
    np.testing.assert_array_equal(found.rows([1.0, None]), [[1.0], [np.nan]])


def test_what_never_happened_may_happen_once():
    """A share is never quite 0, and of no values there is none."""
    assert share_of([np.zeros(99, bool)]).mean == 0.005
    assert share_of([np.zeros(0, bool)]) is None
    assert share_of([]) is None
