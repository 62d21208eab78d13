"""Charts without a network."""

import numpy as np

from seqloom.alternatives import ChangeChart, Hints, ValueChart


def test_a_level_is_seen_by_the_chart_of_values_and_its_jump_by_that_of_changes(make_sequences):
    """The first stays beyond its threshold, the second comes back."""
    drawn = np.random.default_rng(0).normal(scale=0.2, size=(300, 1)).astype(np.float32)
    empty = np.zeros((300, 0))
    usual, moved = (make_sequences(empty, targets=values, watched=True) for values in (drawn, drawn + 0))
    moved.prepared.targets[200:] += 3
    values, changes = (
        method.fit(usual, Hints(choosing=usual)).predict(moved) > 1 for method in (ValueChart, ChangeChart)
    )
    assert values[:200].mean() < 0.05
    assert values[210:].all()
    assert changes[200:206].any()
    assert changes[240:].mean() < 0.1
