"""What the search was worth, in one sentence."""

from seqloom.evaluate import Comparison
from seqloom.tune.final import Final

FINE = 0.01
"""Margins below this are written with a decimal."""


def sentence_of(final: Final) -> str:
    """Whether the tuned settings beat the defaults on the test part, and by how much.

    Args:
        final: what came of the final trainings.
    """
    lead = final.comparisons[0] if final.comparisons else None
    match final.result:
        case "same":
            return "No trial was better than the defaults in validation: the model has the settings of the defaults."
        case "better":
            return f"Tuned, {final.title} beats the defaults on the test part by {_clear(final, 1)}."
        case "worse":
            return (
                f"Tuned, {final.title} does not beat the defaults on the test part: it is worse by {_clear(final, -1)}."
            )
        case "mixed":
            return (
                f"Tuned, {final.title} beats the defaults on the test part by {_clear(final, 1)}, but is worse by "
                f"{_clear(final, -1)}."
            )
        case "undecided" if lead is not None:
            side = "ahead of them" if lead.relative >= 0 else "behind them"
            return (
                f"Tuned, {final.title} does not clearly beat the defaults on the test part: it is {side} by "
                f"{amount(lead)}, an interval that includes 0."
            )
    count = 0 if lead is None else lead.examples
    return f"{count} test examples are too few to tell whether {final.title}, tuned, beats the defaults."


def amount(one: Comparison) -> str:
    """A share with its margin.

    Example:
        >>> amount(Comparison("defaults", "the defaults", "squared error", 0.8, 1.0, 0.2, 0.15, 0.25, 500, 50.0))
        '20 % ± 5 % in squared error'
    """
    digits = 1 if round(one.margin, 6) < FINE or abs(one.relative) < FINE else 0
    return f"{100 * abs(one.relative):.{digits}f} % ± {100 * one.margin:.{digits}f} % in {one.error}"


def _clear(final: Final, sign: int) -> str:
    """The kinds of error by which one is clearly better."""
    clear = [one for one in final.comparisons if (one.low > 0 if sign > 0 else one.high < 0)]
    return " and ".join(map(amount, clear))
