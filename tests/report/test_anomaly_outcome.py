"""Scores beside values and marks."""

import numpy as np

from seqloom.report import AnomalyOutcome
from seqloom.sequence import AnomalyPrediction


def outcome(scores, marks=None, *, keys=None, columns=1, injected=None, quiet=0, clock=False):
    """Of one sequence or several."""
    count = len(scores)
    names = np.array(["s"] * count if keys is None else keys, dtype=object)
    steps = np.concatenate([np.arange(1, (names == key).sum() + 1) for key in dict.fromkeys(names)])
    prediction = AnomalyPrediction(
        scores=np.asarray(scores, float),
        parts=np.full((count, columns), 1 / columns),
        expected=np.zeros((count, columns)),
        targets=tuple(f"y{place}" for place in range(columns)),
        keys=names,
        steps=steps,
        times=np.datetime64("2024-01-01") + np.arange(count) if clock else None,
    )
    values = np.arange(count * columns, dtype=float).reshape(count, columns)
    known = np.full(count, np.nan) if marks is None else np.asarray(marks, float)
    return AnomalyOutcome(prediction, values, known, quiet, 0.01, injected)


def test_sequences_are_counted_where_steps_begin_anew():
    """Whatever they are called."""
    assert outcome([0, 0, 0, 0], keys=["a", "a", "b", "b"]).sequence.tolist() == [0, 0, 1, 1]


def test_events_are_ranked_by_their_peaks():
    """The highest first, and where each is."""
    shown = outcome([0, 2, 3, 0, 0, 9, 0, 4])
    assert shown.highest(2) == [1, 2]
    assert [shown.peak(event) for event in (0, 1)] == [2, 5]


def test_times_are_steps_without_a_clock():
    """Counted from 1."""
    assert outcome([0, 0]).times.tolist() == [1, 2]
    assert str(outcome([0, 0], clock=True).times[1]) == "2024-01-02"
