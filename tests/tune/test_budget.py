"""How much a search may cost."""

import math

import pytest

from seqloom.errors import SettingsError
from seqloom.tune.budget import Budget


def test_trials_end_it():
    """The last one is the last."""
    budget = Budget(trials=3)
    assert (budget.spent(2, 1e9), budget.spent(3, 0.0)) == (False, True)


def test_minutes_end_it_and_what_has_begun():
    """Trials have no say then."""
    budget = Budget(trials=None, minutes=2)
    assert (budget.over(119.0), budget.over(120.0), budget.spent(10_000, 60.0)) == (False, True, False)


def test_whichever_comes_first_is_left():
    """Ten trials of six seconds would take longer than the half minute that is left."""
    assert Budget(trials=20, minutes=1.5).left(finished=10, seconds=60.0) == 30.0


def test_several_processes_share_what_is_left():
    """Four trials of ten seconds, two at a time."""
    assert Budget(trials=8).left(finished=4, seconds=20.0, workers=2) == 20.0


def test_trials_of_earlier_calls_took_no_time():
    """Only this call's trials tell how long one takes."""
    assert Budget(trials=12).left(finished=10, seconds=30.0, before=7) == 20.0


def test_before_the_first_trial_nothing_is_known():
    """No number is better than a wrong one."""
    assert math.isnan(Budget(trials=12).left(finished=3, seconds=30.0, before=3))


@pytest.mark.parametrize("wrong", [{"trials": 0}, {"minutes": -1.0}, {"trials": None}])
def test_a_budget_of_nothing_is_refused(wrong):
    """A search that cannot begin is a mistake."""
    with pytest.raises(SettingsError, match="expected"):
        Budget(**wrong)
