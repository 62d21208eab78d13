"""The verdict: did the recurrent model earn its keep beside the simple alternatives?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from seqloom.evaluate.comparison import Comparison

FEW_EXAMPLES = 10
FEW_BLOCKS = 2.0
"""Independent blocks of examples below which no interval can be trusted."""
FINE_MARGIN = 0.01
"""Margins below this are written with a decimal."""

Group = list[Comparison]
Earned = Literal["yes", "no", "unclear"]


@dataclass(frozen=True)
class Stake:
    """What a comparison decides about: how the sentence ends.

    Args:
        question: that the verdict answers.
        won: where the model is clearly better than every alternative.
        lost: where one of them is clearly better.
        level: what is said of one that is neither, if none is harder to beat.
    """

    question: str
    won: str
    lost: str
    level: str


RECURRENCE = Stake(
    "Did recurrence earn its keep?",
    "recurrence earned its keep",
    "recurrence did not earn its keep",
    "is enough here",
)
"""Of a network: whether it is worth its cost."""
NET = Stake("Did the net earn its keep?", "it earned its keep", "it did not earn its keep", "is enough here")
"""Of a network without a state."""
SIMPLICITY = Stake(
    "Is it the simple method to take?",
    "it is the simple method to take",
    "it is the better one of the two",
    "may do as well",
)
"""Of a simple method, beside others."""


@dataclass(frozen=True)
class Verdict:
    """The answer in one word and in one sentence.

    Args:
        earned: `yes` where the model is clearly better than every alternative, `no` where one of them is clearly better
            than the model, else `unclear`.
        sentence: the same with the numbers, for a reader who has seen nothing else.
    """

    earned: Earned
    sentence: str


def verdict(comparisons: Sequence[Comparison], *, model: str = "the model", stake: Stake = RECURRENCE) -> Verdict:
    """Sum up the comparisons of a model with its alternatives.

    An alternative may be compared by several kinds of error. The model is clearly better where the 95 % interval of one
    kind lies above 0 and that of no other kind below; an alternative is clearly better the other way round.

    Args:
        comparisons: one or several for each alternative.
        model: how the sentence calls the model.
        stake: what is decided.

    Example:
        >>> won = Comparison("naive", "the naive forecast", "squared error", 0.8, 1.0, 0.2, 0.15, 0.25, 500, 50.0)
        >>> verdict([won], model="GRU 64").sentence
        'GRU 64 beats the naive forecast by 20 % ± 5 % in squared error: recurrence earned its keep.'
    """
    groups: dict[str, Group] = {}
    for comparison in comparisons:
        groups.setdefault(comparison.alternative, []).append(comparison)
    ranked = sorted(groups.values(), key=lambda group: group[0].relative)  # the hardest to beat first
    earned, sentence = _judged(ranked, model, stake)
    return Verdict(earned, _capital(sentence))


def _judged(ranked: Sequence[Group], model: str, stake: Stake) -> tuple[Earned, str]:
    """The verdict on alternatives in order of their strength."""
    if not ranked:
        return "unclear", f"there is no alternative to compare {model} with."
    every = [comparison for group in ranked for comparison in group]
    if min(c.examples for c in every) < FEW_EXAMPLES or min(c.blocks for c in every) < FEW_BLOCKS:
        return "unclear", _too_few(ranked[0][0], model)
    by_outcome: dict[tuple[bool, bool], list[Group]] = {}
    for group in ranked:
        by_outcome.setdefault((bool(_wins(group, 1)), bool(_wins(group, -1))), []).append(group)
    won, lost = by_outcome.get((True, False), []), by_outcome.get((False, True), [])
    mixed, undecided = by_outcome.get((True, True), []), by_outcome.get((False, False), [])
    if lost:
        return "no", _lost(lost[0], model, stake)
    if mixed:
        return "unclear", _mixed(mixed[0], model)
    if undecided:
        return "unclear", _undecided(undecided[0], won, model, stake)
    return "yes", f"{_beaten(won, model)}: {stake.won}."


def _wins(group: Group, sign: int) -> Group:
    """The kinds of error by which the model (`sign` 1) or the alternative (-1) is clearly better."""
    return [c for c in group if (c.low > 0 if sign > 0 else c.high < 0)]


def _beaten(won: Sequence[Group], model: str, then: str = "") -> str:
    """`GRU 64 beats A by ... and B by ...`: the two alternatives hardest to beat, the hardest one last.

    Args:
        won: the beaten alternatives, the hardest first.
        model: how the sentence calls the model.
        then: the kind of error of the amount that follows in the sentence; it need not be named twice.
    """
    phrases = []
    for group in won[:2]:
        clear = _wins(group, 1)[0]
        phrases.append(f"{clear.title} by {amount(clear, then)}")
        then = clear.error
    return f"{model} beats {' and '.join(phrases[::-1])}"


def _lost(group: Group, model: str, stake: Stake) -> str:
    clear = _wins(group, -1)[0]
    return f"{clear.title} beats {model} by {amount(clear)}: {stake.lost}."


def _mixed(group: Group, model: str) -> str:
    better, worse = _wins(group, 1)[0], _wins(group, -1)[0]
    return (
        f"{model} beats {better.title} by {amount(better)} but loses to it by {amount(worse)}: "
        "which of them is better depends on which error matters."
    )


def _undecided(group: Group, won: Sequence[Group], model: str, stake: Stake) -> str:
    near = group[0]
    strongest = all(near.relative <= other[0].relative for other in won)
    before = f"{_beaten(won[:1], model, near.error)}, but" if won else model
    if near.low == near.high == 0:
        return f"{before} is level with {near.title} in {near.error}: {near.title} {stake.level}."
    side = "ahead of" if near.relative >= 0 else "behind"
    end = stake.level if strongest else "may do as well"
    return f"{before} is {side} {near.title} by {amount(near)}, an interval that includes 0: {near.title} {end}."


def _too_few(hardest: Comparison, model: str) -> str:
    count = f"{hardest.examples} test example{'s' if hardest.examples != 1 else ''}"
    if hardest.examples >= FEW_EXAMPLES:
        count += " that overlap each other"
    return f"{count} {'is' if hardest.examples == 1 else 'are'} too few to tell whether {model} beats {hardest.title}."


def amount(comparison: Comparison, then: str = "") -> str:
    """`18 % ± 4 % in squared error`, without its sign; without the error where it is the one that follows.

    Args:
        comparison: whose.
        then: the kind of error that the sentence names after it.
    """
    digits = 1 if round(comparison.margin, 6) < FINE_MARGIN else 0
    size, margin = abs(comparison.relative) * 100, comparison.margin * 100
    named = "" if comparison.error == then else f" in {comparison.error}"
    return f"{size:.{digits}f} % ± {margin:.{digits}f} %{named}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
