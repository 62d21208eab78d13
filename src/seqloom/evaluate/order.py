"""What the order of steps is worth: a model beside the same net that sees them in random order."""

from collections.abc import Sequence

from seqloom.evaluate.comparison import Comparison
from seqloom.evaluate.verdict import FEW_BLOCKS, FEW_EXAMPLES, amount

SHUFFLED = "shuffled"
"""The name of that net among those a model is compared with."""


def worth_of_order(comparisons: Sequence[Comparison], *, handicap: str = "") -> str:
    """One sentence on what the order of steps is worth; empty where no net was trained without it.

    Args:
        comparisons: of the model with all alternatives, by the errors that decide.
        handicap: what else that net has to do without, completing "it"; empty: nothing.

    Example:
        >>> found = Comparison("shuffled", "the same net", "mistakes", 0.77, 1.0, 0.23, 0.19, 0.27, 500, 500.0)
        >>> worth_of_order([found])
        'With its steps in random order the same net does worse, by 23 % ± 4 % in mistakes: that is what their order \
is worth here.'
    """
    own = [one for one in comparisons if one.alternative == SHUFFLED]
    if not own:
        return ""
    begin, first = "With its steps in random order the same net", own[0]
    if min(one.examples for one in own) < FEW_EXAMPLES or min(one.blocks for one in own) < FEW_BLOCKS:
        return f"{begin} was tried, too, but the examples are too few to tell what their order is worth."
    better, worse = ([one for one in own if clear(one)] for clear in (_wins, _loses))
    if better or worse:
        return f"{begin} {_clearly(better, worse, handicap)}"
    if first.low == first.high == 0:
        return f"{begin} is level with it in {first.error}: their order is worth nothing measurable here."
    side = "worse" if first.relative >= 0 else "better"
    return (
        f"{begin} does {side} by {amount(first)}, an interval that includes 0: their order is worth nothing measurable"
        " here."
    )


def _clearly(better: Sequence[Comparison], worse: Sequence[Comparison], handicap: str) -> str:
    """The end of the sentence where one of both is clearly better by some kind of error."""
    if better and worse:
        return (
            f"does worse, by {amount(better[0])}, but better, by {amount(worse[0])}: what their order is worth depends"
            " on which error matters."
        )
    if better:
        end = f"their order is worth at most that much here, as that net also {handicap}" if handicap else ""
        return f"does worse, by {amount(better[0])}: {end or 'that is what their order is worth here'}."
    return f"does better, by {amount(worse[0])}: what the model reads off their order misleads it here."


def _wins(comparison: Comparison) -> bool:
    return comparison.low > 0


def _loses(comparison: Comparison) -> bool:
    return comparison.high < 0
