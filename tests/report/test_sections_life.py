"""What a report says about remaining life."""

from dataclasses import replace

import numpy as np
import pytest

from seqloom.report import ValueOutcome, life_sections
from seqloom.sequence import ValuePrediction


@pytest.fixture
def lives():
    """Two machines of four and three steps, capped at 2, the second cut one step before its end; each told 0.5 less."""
    truth = np.array([2.0, 2, 1, 0, 2, 2, 1])
    prediction = ValuePrediction(
        truth[:, None] - 0.5, ("remaining_life",), np.array(list("aaaabbb")), np.array([1, 2, 3, 4, 1, 2, 3])
    )
    return ValueOutcome(prediction, truth[:, None], prediction.steps, lambda row: np.zeros((row, 1)), ("heat",))


def test_lives_are_judged_at_the_last_step(lives):
    """Once for each machine, and drawn there."""
    (section,) = life_sections(lives, 2)
    assert "At the last step of each of 2 sequences the root mean squared error is 0.50 steps" in section.text[0]
    assert "0 were told to last longer" in section.text[0]
    assert [figure.name for figure in section.figures] == ["last-steps", "life-errors"]


def test_errors_are_listed_by_true_life(lives):
    """Longest first; the full life comes as a group."""
    (section,) = life_sections(lives, 2)
    rows = section.tables[0].rows
    assert [row[0] for row in rows] == ["2 and more", "1", "0"]
    assert [row[1] for row in rows] == [4, 2, 1]
    assert rows[0][3] == pytest.approx(-0.5)


def test_where_all_ran_to_their_end_the_last_step_says_little(lives):
    """It is said, and not drawn."""
    ended = replace(lives, truth=np.array([2.0, 2, 1, 0, 2, 1, 0])[:, None])
    (section,) = life_sections(ended, 2)
    assert "how well an end is seen" in section.text[0]
    assert [figure.name for figure in section.figures] == ["life-errors"]


def test_unknown_lives_cannot_be_judged(lives):
    """A sentence says so."""
    (section,) = life_sections(replace(lives, truth=np.full((7, 1), np.nan)), 2)
    assert section.text == ("Nobody knows the life of any step of this part.",)
