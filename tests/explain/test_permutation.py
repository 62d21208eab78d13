"""Permutation: features and places."""

import numpy as np

from seqloom.explain import permute_features, permute_order
from seqloom.explain.permutation import _mixed


def test_only_the_planted_feature_changes_answers(planted):
    """Values of the other one may come from anywhere."""
    found = permute_features(planted, np.random.default_rng(0), repeats=8)
    assert found.changed[0] > 0.3
    assert found.changed[1] == found.moved[1] == 0
    assert found.figure("the answer").panels[0].x.labels == ("x0", "x1")


def test_order_matters_where_one_place_is_read(planted):
    """The wider steps are mixed, the more answers change; the last window is the whole sequence."""
    found = permute_order(planted, np.random.default_rng(0))
    assert found.widths == (2, 4, 8, 9)
    assert found.changed[-1] > 0.4
    assert "order" in found.sentence
    assert len(found.figure().panels[0].marks[0].x) == 4


def test_steps_stay_in_their_sequence_and_window(planted):
    """Mixed rows are those of the same sequence, none lost, in windows of two."""
    packing = planted.batch.numbers
    rows = _mixed(packing, 2, np.random.default_rng(1)).numpy()
    assert sorted(rows) == list(range(len(rows)))
    np.testing.assert_array_equal(packing.sequence_rows.numpy()[rows], packing.sequence_rows.numpy())
    np.testing.assert_array_equal(packing.row_steps.numpy()[rows] // 2, packing.row_steps.numpy() // 2)
