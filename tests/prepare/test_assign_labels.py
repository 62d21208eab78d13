"""Parts that have every label."""

import numpy as np
import pytest

from seqloom.errors import DataError
from seqloom.prepare.assign_labels import by_labels
from seqloom.prepare.settings import SplitSettings


def dealt(labels, seed=0, **settings):
    """The part of each sequence."""
    return by_labels(np.asarray(labels, float), SplitSettings(**settings), np.random.default_rng(seed), "sequences")


def test_every_label_has_its_share_of_every_part():
    """Of a rare label and of a frequent one alike, within one sequence; at random the rare one strays farther."""
    labels = np.random.default_rng(1).random((400, 3)) < (0.05, 0.3, 0.6)
    parts = dealt(labels)
    for part, share in ((0, 0.7), (1, 0.15), (2, 0.15)):
        found = labels[parts == part].sum(axis=0)
        assert (np.abs(found - share * labels.sum(axis=0)) <= 1.5).all()


def test_parts_have_exactly_the_sizes_asked_for():
    """Sequences without a label fill what room is left."""
    parts = dealt(np.random.default_rng(2).random((50, 4)) < 0.1, validation_size=7, test_size=0.2)
    assert np.bincount(parts).tolist() == [33, 7, 10]


def test_the_only_sequence_with_a_label_is_learned_from():
    """Whatever the seed."""
    labels = np.eye(20)[:, :3]
    assert all((dealt(labels, seed)[:3] == 0).all() for seed in range(5))


def test_the_same_seed_gives_the_same_parts():
    """And another one others."""
    labels = np.random.default_rng(3).random((60, 2)) < 0.4
    assert dealt(labels, 1).tolist() == dealt(labels, 1).tolist() != dealt(labels, 2).tolist()


def test_unknown_labels_are_dealt_out_as_if_they_were_not_there():
    """NaN is no label."""
    assert np.bincount(dealt(np.full((20, 2), np.nan))).tolist() == [14, 3, 3]


def test_too_few_sequences_are_refused():
    """Nothing would be left to learn from."""
    with pytest.raises(DataError, match="sequences: expected more than 2"):
        dealt(np.ones((2, 1)))
