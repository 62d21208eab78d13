"""When a challenger may take the champion's place."""

from collections.abc import Sequence
from dataclasses import dataclass

from seqloom.errors import SettingsError
from seqloom.evaluate import Comparison
from seqloom.retrain.paired import Paired


@dataclass(frozen=True)
class Policy:
    """What is asked of a challenger. An alarm is no reason: who called, and why, is not asked.

    Args:
        margin: share by which the error on the hold-out may be clearly larger than the champion's.
        jump: share by which the error on the hold-out may differ at all; more looks like a mistake in the data.
        shadow: whether a shadow run has to be won, where there is a store to make one from.

    Raises:
        SettingsError: a share that is none.
    """

    margin: float = 0.02
    jump: float = 0.5
    shadow: bool = True

    def __post_init__(self) -> None:
        for name in ("margin", "jump"):
            share = getattr(self, name)
            if not 0 <= share <= 1:
                raise SettingsError(name, expected="a share from 0 to 1", came=str(share), fix="correct it")


@dataclass(frozen=True)
class Check:
    """One thing that was asked.

    Args:
        name: what was asked.
        passed: whether it is so.
        words: what was found.
    """

    name: str
    passed: bool
    words: str


def decide(policy: Policy, recent: Paired, holdout: Paired, shadow: Paired | None) -> tuple[Check, ...]:
    """What the policy asks, and whether it is so; the challenger is promoted where all of it is.

    Args:
        policy: what is asked.
        recent: on the latest part of the new data.
        holdout: on the file that was held out for good.
        shadow: on what live streams were sent; None: there is no store.
    """
    windows = [recent, holdout, *([] if shadow is None else [shadow])]
    broken = [window.window for window in windows if not window.finite]
    checks = [
        Check("finite numbers", not broken, f"not on {' and '.join(broken)}" if broken else "all of them"),
        Check(f"wins on {recent.window}", recent.result == "won", _found(recent)),
        _not_worse(policy, holdout),
        _no_jump(policy, holdout),
    ]
    if shadow is not None and policy.shadow:
        checks.append(Check(f"wins on {shadow.window}", shadow.result == "won", _found(shadow)))
    return tuple(checks)


def promotes(checks: Sequence[Check]) -> bool:
    """Whether all that was asked is so."""
    return all(check.passed for check in checks)


def _not_worse(policy: Policy, holdout: Paired) -> Check:
    """Not clearly worse by more than the margin; what cannot be told is not passed."""
    name = f"not clearly worse on {holdout.window} by more than {100 * policy.margin:g} %"
    if holdout.result in ("too few", "not finite"):
        return Check(name, passed=False, words=_found(holdout))
    worse = [one for one in holdout.comparisons if one.high < 0 and one.relative < -policy.margin]
    return Check(name, not worse, _found(holdout))


def _no_jump(policy: Policy, holdout: Paired) -> Check:
    """An error that halves, or doubles, on data that did not change is more often a mistake than a success."""
    name = f"error on {holdout.window} changes by at most {100 * policy.jump:g} %"
    jumps = [one for one in holdout.comparisons if abs(one.relative) > policy.jump]
    return Check(name, not jumps and bool(holdout.comparisons), _found(holdout))


def _found(paired: Paired) -> str:
    """`won: 12 % ± 3 % smaller squared error, 480 examples`."""
    if not paired.comparisons:
        few = f"{paired.result}: nothing to compare, no examples that both answered and whose truth is known"
        return few if paired.finite else "answers that are not finite"
    words = ", ".join(amount(one) for one in paired.comparisons)
    return f"{paired.result}: {words}, {paired.examples} examples"


def amount(one: Comparison) -> str:
    """`12 % ± 3 % smaller squared error`; of a share, the larger of both errors is the whole.

    Example:
        >>> amount(Comparison("champion", "the champion", "squared error", 0.8, 1.0, 0.2, 0.15, 0.25, 500, 50.0))
        '20.0 % ± 5.0 % smaller squared error'
    """
    word = "smaller" if one.relative >= 0 else "larger"
    return f"{100 * abs(one.relative):.1f} % ± {100 * one.margin:.1f} % {word} {one.error}"
