"""Targets made from where sequences end."""

import numpy as np
import pytest
from pydantic import TypeAdapter, ValidationError

from seqloom.sequence import Ending, FailsWithin, RemainingLife

LEFT = np.array([4.0, 3.0, 2.0, 1.0, 0.0, np.nan])


def test_remaining_life_is_cut_at_its_cap():
    """Far from the end it says no more than that; nobody knows what nobody knows."""
    np.testing.assert_array_equal(RemainingLife(cap=3).values(LEFT), [3, 3, 2, 1, 0, np.nan])


def test_a_failure_is_near_from_so_many_steps_before_the_end_on():
    """The last step and the two before it are within two steps of the end."""
    ending = FailsWithin(within=2)
    codes = ending.values(LEFT)
    assert codes.tolist() == [0, 0, 1, 1, 1, -1]
    assert ending.labels == ("no", "yes")


@pytest.mark.parametrize("ending", [RemainingLife(cap=125, left="left"), FailsWithin(within=30)])
def test_an_ending_survives_json(ending):
    """It is part of the schema of an artifact, which tells its kind by a word."""
    adapter = TypeAdapter(Ending)
    assert adapter.validate_json(adapter.dump_json(ending)) == ending


@pytest.mark.parametrize(
    "written", [{"kind": "remaining_life", "cap": 0}, {"kind": "fails", "within": 0}, {"kind": "x"}]
)
def test_an_ending_of_no_steps_or_of_another_kind_is_refused(written):
    """Both count one step or more, and the list of kinds is closed."""
    with pytest.raises(ValidationError):
        TypeAdapter(Ending).validate_python(written)
