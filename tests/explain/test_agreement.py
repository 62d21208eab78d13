"""Whether methods agree."""

import numpy as np
import pytest

from seqloom.explain import Attribution, agreement


def attribution(method, *steps):
    """What a method says of some sequences."""
    return Attribution(method, "a number", tuple(np.array(own, dtype=float) for own in steps))


def test_the_same_order_agrees_and_the_reverse_does_not():
    """Whichever way steps moved the number; sequences too short to tell are left out."""
    one = attribution("one", [1, -2, 3, 4, 5], [1, 2])
    same, reverse = attribution("same", [10, 20, -30, 40, 50], [2, 1]), attribution("back", [5, 4, 3, 2, 1], [1, 2])
    found = agreement([one, same, reverse])
    np.testing.assert_allclose(found.correlations, [[1, 1, -1], [1, 1, -1], [-1, -1, 1]])
    assert found.sequences == 1
    assert "do not agree" in found.sentence
    assert found.figure().panels[0].x.labels == ("one", "same", "back")


@pytest.mark.parametrize("steps", [([1, 2],), ([0, 0, 0, 0, 0],)])
def test_what_cannot_be_told_is_said(steps):
    """Short sequences and steps that all matter alike have no ranks."""
    found = agreement([attribution("one", *steps), attribution("other", *steps)])
    assert "nothing to compare" in found.sentence
    assert found.figure().panels[0].marks[0].text[1] == "-"
