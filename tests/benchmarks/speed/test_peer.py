import time

import numpy as np
import pytest

from benchmarks.speed.case import Case
from benchmarks.speed.peer import Peer, Refused, Work, peak_memory

CASE = Case("train").to_json()


def test_what_gets_a_call_ready_is_not_timed():
    """Fifty milliseconds of preparation leave no trace in the time of the call."""
    given = []
    work = Work(given.append, ready=lambda: time.sleep(0.05) or "ready")
    assert max(work.timed(3)) < 0.04
    assert given == ["ready"] * 3


def test_a_call_is_timed_by_itself():
    """As many times as calls, none shorter than what was waited for."""
    assert min(Work(lambda: time.sleep(0.002)).timed(3)) >= 0.002


def test_a_dropped_case_is_gone():
    """It cannot be timed any more."""
    peer = Peer(lambda *_: Work(), {})
    peer.answer({"do": "prepare", "slot": "a", "case": CASE, "variant": ""})
    peer.answer({"do": "drop", "slot": "a"})
    with pytest.raises(KeyError):
        peer.answer({"do": "time", "slot": "a", "calls": 1})


def test_a_refusal_carries_its_reason():
    """The answer says why."""

    def prepare(case, variant):
        raise Refused(f"no {variant} here")

    asked = {"do": "prepare", "slot": "a", "case": CASE, "variant": "packed"}
    assert Peer(prepare, {}).answer(asked) == {"refused": "no packed here"}


def test_the_peak_of_memory_is_what_a_call_holds_at_once():
    """Forty megabytes that are written to and given back are seen, and not twice for two calls."""
    try:
        taken = peak_memory(lambda: np.ones(5_000_000).sum())
    except Refused as reason:
        pytest.skip(str(reason))
    assert 38e6 < taken < 60e6
