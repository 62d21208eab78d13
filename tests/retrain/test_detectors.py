"""Detectors of anomalies are kept fresh: from a file and from what was recorded, with marks and without."""

import pytest

import seqloom
from seqloom.registry import Registry
from seqloom.retrain import Policy, Request, json_of, notes_of, report_of, retrain, sentence_of
from seqloom.store import MemoryStore
from tests.retrain.conftest import pump, pumped

NEW = {"first": 2000, "level": 3.0, "seed": 2}
"""The level of the load has changed for good."""
OPEN = Policy(margin=1.0, jump=1.0)
"""What is usual has changed: what was usual before may be an alarm now."""


def registry_of(artifact, folder, *, marks=True):
    """A registry with this champion, and a hold-out of before."""
    held = pump(300, first=1000, seed=1)
    (held if marks else held.drop("odd")).write_csv(folder / "holdout.csv")
    made = Registry.make(folder / "models", holdout=folder / "holdout.csv")
    made.add(artifact)
    made.promote(1, expected=None, why="the first")
    return made


def told(table):
    """The mark of each row, as somebody tells it."""
    return [{"odd": bool(mark)} for mark in table["odd"]]


@pytest.fixture
def registry(tmp_path, detector):
    """The detector with marks as the champion."""
    return registry_of(detector, tmp_path)


def test_a_better_detector_becomes_the_champion(registry):
    """From a file with marks: what is the usual level now is no alarm any more, what is odd is one."""
    outcome = retrain(registry, Request(data=pump(900, **NEW), policy=OPEN))
    assert (registry.champion().version, outcome.windows[0].result) == (2, "won"), outcome.checks
    later = pump(300, first=4000, level=3.0, seed=3)
    shares = [seqloom.load(registry.artifact(one)).predict(later).alarms.mean() for one in registry.versions()]
    assert shares[0] > 0.9
    assert shares[1] < 0.4
    assert notes_of(outcome) == []


def test_a_detector_learns_from_what_was_recorded(registry, detector):
    """With a shadow run that is judged by the marks that were told, as the recent window is."""
    new = pump(900, **NEW)
    store = pumped(detector, new, MemoryStore(), told(new))
    outcome = retrain(registry, Request(store=store, policy=OPEN))
    assert registry.champion().version == 2, outcome.checks
    recent, _, shadow = outcome.windows
    assert (shadow.result, shadow.examples, recent.put_in) == ("won", 180, False)
    assert shadow.comparisons[0].relative == pytest.approx(recent.comparisons[0].relative)
    assert shadow.comparisons[0].blocks == pytest.approx(recent.comparisons[0].blocks)
    assert sentence_of(outcome) == "Version 2 is the champion in place of version 1."


def test_where_no_mark_was_told_nothing_can_be_compared(registry, detector):
    """The shadow run says so, and is not won; into the recent window anomalies are put, and that is told."""
    store = pumped(detector, pump(900, **NEW), MemoryStore())
    outcome = retrain(registry, Request(store=store, policy=OPEN))
    assert (outcome.windows[2].result, outcome.promotion) == ("too few", None)
    assert outcome.checks[-1].words.startswith("too few: nothing to compare")
    assert [one.put_in for one in outcome.windows] == [True, False, False]
    assert [one["put_in"] for one in json_of(outcome)["windows"]] == [True, False, False]
    (note,) = notes_of(outcome)
    assert note == "the recent window: no mark tells where its anomalies are, so that some were put into it"
    assert note in report_of(outcome).to_html()


def test_a_detector_without_marks_is_kept_fresh_too(tmp_path, unmarked):
    """Truths that come for it are of no use; without a shadow run it may win by anomalies that were put in."""
    registry, new = registry_of(unmarked, tmp_path, marks=False), pump(900, **NEW)
    store = pumped(unmarked, new, MemoryStore(), told(new))
    outcome = retrain(registry, Request(store=store, policy=Policy(margin=1, jump=1, shadow=False)))
    assert (outcome.windows[2].result, [one.put_in for one in outcome.windows]) == ("too few", [True, True, False])
    assert registry.champion().version == 2, outcome.checks


def test_marks_of_some_readings_are_enough(registry, detector):
    """Of the others nobody knows: they are learned from, and not compared."""
    new = pump(1500, **NEW)
    some = [truth if place % 4 else None for place, truth in enumerate(told(new))]
    outcome = retrain(registry, Request(store=pumped(detector, new, MemoryStore(), some), policy=OPEN, dry=True))
    assert outcome.fitted.walked.parts.dataset.total_steps == 1500
    assert outcome.windows[2].examples == 225
    assert outcome.passed, outcome.checks
