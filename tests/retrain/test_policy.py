"""When a challenger may take the champion's place."""

from dataclasses import replace

import pytest

from seqloom.errors import SettingsError
from seqloom.evaluate import Comparison
from seqloom.retrain import Paired, Policy, decide
from seqloom.retrain.policy import amount, promotes


def window(relative, margin=0.05, *, name="the recent window", examples=500, finite=True):
    """A window on which the challenger saves so much of the error."""
    one = Comparison(
        alternative="champion",
        title="the champion",
        error="squared error",
        model_error=1 - relative,
        alternative_error=1.0,
        relative=relative,
        low=relative - margin,
        high=relative + margin,
        examples=examples,
        blocks=50.0,
    )
    return Paired(name, (one,), finite=finite)


WON, LEVEL, LOST = window(0.2), window(0.0), window(-0.2)
POLICY = Policy(margin=0.1, jump=0.5)


@pytest.mark.parametrize(
    ("recent", "holdout", "shadow", "promoted"),
    [
        (WON, LEVEL, None, True),
        (WON, WON, WON, True),
        (WON, window(-0.08, 0.05), None, True),  # clearly worse, within the margin
        (WON, window(-0.3, 0.4), None, True),  # perhaps worse, nobody can tell
        (LEVEL, WON, WON, False),
        (LOST, WON, WON, False),
        (WON, LOST, WON, False),
        (WON, LEVEL, LEVEL, False),
        (WON, LEVEL, LOST, False),
        (WON, window(0.6), WON, False),  # too good to be true
        (WON, window(-0.6, 0.7), WON, False),
        (WON, window(0.0, examples=5), WON, False),
        (window(0.2, examples=5), LEVEL, WON, False),
        (WON, LEVEL, Paired("live streams", ()), False),
        (WON, Paired("the hold-out", ()), WON, False),
    ],
)
def test_all_that_is_asked_has_to_be_so(recent, holdout, shadow, promoted):
    """A win now, no clear loss on what was, no jump, a win in the shadow."""
    assert promotes(decide(POLICY, recent, holdout, shadow)) is promoted


@pytest.mark.parametrize("place", range(3))
def test_an_answer_that_is_no_number_is_never_promoted(place):
    """On whichever window, however good the rest, whatever is allowed."""
    windows = [WON, WON, WON]
    windows[place] = replace(windows[place], finite=False)
    for policy in (POLICY, Policy(margin=1, jump=1, shadow=False)):
        checks = decide(policy, *windows)
        assert not promotes(checks)
        assert (checks[0].name, checks[0].passed) == ("finite numbers", False)


def test_a_shadow_run_may_be_left_out_of_account():
    """Where somebody says so."""
    assert promotes(decide(replace(POLICY, shadow=False), WON, LEVEL, LOST))


def test_every_check_says_what_was_found():
    """With numbers and examples."""
    checks = decide(POLICY, WON, LOST, WON)
    assert checks[2].name == "not clearly worse on the recent window by more than 10 %"
    assert checks[2].words == "lost: 20.0 % ± 5.0 % larger squared error, 500 examples"


@pytest.mark.parametrize("given", [{"margin": -0.1}, {"jump": 2.0}, {"margin": float("nan")}])
def test_a_share_is_one(given):
    """Else its name is told."""
    with pytest.raises(SettingsError, match=f"{next(iter(given))}: expected a share from 0 to 1"):
        Policy(**given)


def test_an_amount_is_without_its_sign():
    """Smaller, or larger."""
    assert [amount(one.comparisons[0]).split()[-3] for one in (WON, LOST)] == ["smaller", "larger"]
