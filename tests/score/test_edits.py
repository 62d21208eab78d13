import difflib
from functools import cache

import numpy as np
import pytest

from seqloom.score import aligned, edits


def plainly(said, truth):
    """The distance by its definition, without a table."""

    @cache
    def distance(i, j):
        if not i or not j:
            return i + j
        beside = distance(i - 1, j - 1) + (said[i - 1] != truth[j - 1])
        return min(beside, distance(i - 1, j) + 1, distance(i, j - 1) + 1)

    return distance(len(said), len(truth))


@pytest.fixture(scope="module")
def pairs():
    """Random words of three letters, up to eight long."""
    rng = np.random.default_rng(0)
    return [tuple("".join(rng.choice(list("abc"), rng.integers(0, 9))) for _ in range(2)) for _ in range(80)]


def test_the_distance_is_the_fewest_steps(pairs):
    """No other way from one word to the other is shorter."""
    for said, truth in pairs:
        assert edits(said, truth).distance == plainly(said, truth)


def test_kinds_of_steps_account_for_the_lengths(pairs):
    """What is put in and left out makes up the difference of the lengths."""
    for said, truth in pairs:
        found = edits(said, truth)
        assert len(said) - len(truth) == found.insertions - found.deletions
        assert found.symbols == len(truth)


@pytest.mark.parametrize(
    ("said", "truth", "counts"),
    [
        ("", "", (0, 0, 0)),
        ("abc", "abc", (0, 0, 0)),
        ("axc", "abc", (1, 0, 0)),
        ("ac", "abc", (0, 1, 0)),
        ("abcd", "abc", (0, 0, 1)),
        ("", "ab", (0, 2, 0)),
        ("ab", "", (0, 0, 2)),
        (["one", "two"], ["two"], (0, 0, 1)),
    ],
)
def test_each_kind_of_step_is_counted(said, truth, counts):
    """One symbol for another, one left out, one put in; of characters and of words."""
    assert tuple(edits(said, truth))[:3] == counts


def test_an_alignment_spells_both(pairs):
    """Read on the left it is what was said, on the right the truth, and equal symbols stand beside each other."""
    for said, truth in pairs:
        found = aligned(said, truth)
        assert "".join(one for one, _ in found if one) == said
        assert "".join(other for _, other in found if other) == truth
        matches = sum(one == other for one, other in found)
        longest = difflib.SequenceMatcher(None, said, truth, autojunk=False).find_longest_match().size
        assert matches >= longest - edits(said, truth).distance
