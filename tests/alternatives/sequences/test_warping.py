import numpy as np
import pytest

from seqloom.alternatives.sequences.warping import STEPS, Shapes, Shortening, warped_distances


def shapes(*sequences):
    """Sequences of one feature or more."""
    rows = [np.asarray(each, np.float32).reshape(len(each), -1) for each in sequences]
    return Shapes(np.concatenate(rows), np.cumsum([0, *map(len, rows)]))


def plainly(left, right):
    """The cost of the cheapest path by its definition, without a band."""
    cost = np.full((len(left) + 1, len(right) + 1), np.inf)
    cost[0, 0] = 0
    for i in range(1, len(left) + 1):
        for j in range(1, len(right) + 1):
            here = np.linalg.norm(left[i - 1] - right[j - 1])
            cost[i, j] = here + min(cost[i - 1, j - 1], cost[i - 1, j], cost[i, j - 1])
    return cost[-1, -1] / max(len(left), len(right))


def test_distances_are_those_of_the_cheapest_paths(monkeypatch):
    """With a band that lets every path through they are those of the definition."""
    monkeypatch.setattr("seqloom.alternatives.sequences.warping.BAND", 1.0)
    rng = np.random.default_rng(0)
    left, right = ([rng.normal(size=(steps, 2)) for steps in lengths] for lengths in ((6, 9, 1), (7, 5)))
    expected = [[plainly(one, other) for other in right] for one in left]
    np.testing.assert_allclose(warped_distances(shapes(*left), shapes(*right)), expected, rtol=1e-5)


def test_a_slower_copy_is_no_further_away():
    """The same shape at half the speed costs nothing, another shape does."""
    fast = np.repeat([0.0, 1.0, 0.0, 2.0], 3)
    found = warped_distances(shapes(np.repeat(fast, 2)), shapes(fast, fast[::-1]))
    assert found[0, 0] == pytest.approx(0)
    assert found[0, 1] > 0.1


def test_the_band_forbids_long_waits():
    """One cannot wait for the end of the other sequence with the first step alone."""
    early, late = np.zeros(40), np.zeros(40)
    early[:2], late[-2:] = 1, 1
    assert warped_distances(shapes(early), shapes(late))[0, 0] > 0.05


def test_sequences_are_made_short(make_sequences):
    """Long sequences are averaged to 64 steps, short ones keep theirs, of the directions that vary most."""
    rng = np.random.default_rng(0)
    numbers = [rng.normal(size=(steps, 3)) * [0.1, 5.0, 1.0] for steps in (10, 200)]
    examples = make_sequences(*numbers, targets=np.zeros(2))
    short = Shortening.fit(examples, width=1)
    assert np.abs(short.directions[:, 0]).argmax() == 1
    found = Shortening.fit(examples)(examples)
    assert np.diff(found.offsets).tolist() == [10, STEPS]
    np.testing.assert_allclose(
        found.rows[10:].mean(), (numbers[1] @ Shortening.fit(examples).directions).mean(), atol=0.1
    )
