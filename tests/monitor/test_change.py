"""Changes of a signal against its own past."""

import sys

import numpy as np
import pytest

from seqloom.errors import SettingsError
from seqloom.monitor.change import Change


def test_a_change_is_told_once_with_the_mean_before():
    """By then the detector has forgotten what was before."""
    rng = np.random.default_rng(0)
    change = Change(1, -5.0, 5.0, 1)
    assert change.add(rng.normal(0.5, 1, 2000).tolist(), 1) is None
    found = [change.add([value], 1) for value in rng.normal(2.5, 1, 2000)]
    told = [before for before in found if before is not None]
    assert len(told) == 1
    assert told[0] == pytest.approx(0.5, abs=0.3)


def test_stretches_count_as_one_value():
    """Of each stream one; what does not fill a stretch waits."""
    change = Change(4, 0.0, 1.0, 1)
    change.add([0.5] * 7, 2)
    assert change._detector.width == 0
    change.add([0.5] * 9, 2)
    assert change._detector.width == 2
    change.reset()
    assert change._detector.width == 0


def test_without_river_the_extra_is_named(monkeypatch):
    """It is no part of a plain installation."""
    monkeypatch.setitem(sys.modules, "river.drift", None)
    with pytest.raises(
        SettingsError, match=r'the package river, came none; install it: pip install "seqloom\[monitor\]"'
    ):
        Change(1, 0.0, 1.0, 1)
