"""The search in one sentence."""

import pytest

from seqloom.evaluate import Comparison
from seqloom.tune.final import Final
from seqloom.tune.record import Tried
from seqloom.tune.sentence import sentence_of


def told(*ends, defaults=False, examples=400):
    comparisons = tuple(
        Comparison("defaults", "the defaults", error, 0.8, 1.0, (low + high) / 2, low, high, examples, examples / 4)
        for (low, high), error in zip(ends, ("mistakes", "log loss"), strict=False)
    )
    return sentence_of(Final(None, Tried(1, "complete", 0.1, {}, defaults=defaults), {}, {}, comparisons, "GRU 8"))


@pytest.mark.parametrize(
    ("ends", "sentence"),
    [
        ([(0.15, 0.25)], "Tuned, GRU 8 beats the defaults on the test part by 20 % ± 5 % in mistakes."),
        (
            [(-0.25, -0.15)],
            "Tuned, GRU 8 does not beat the defaults on the test part: it is worse by 20 % ± 5 % in mistakes.",
        ),
        (
            [(-0.02, 0.08)],
            (
                "Tuned, GRU 8 does not clearly beat the defaults on the test part: it is ahead of them by 3 % ± 5 % in "
                "mistakes, an interval that includes 0."
            ),
        ),
        (
            [(0.15, 0.25), (-0.3, -0.1)],
            (
                "Tuned, GRU 8 beats the defaults on the test part by 20 % ± 5 % in mistakes, but is worse by "
                "20 % ± 10 % in log loss."
            ),
        ),
        ([(0.002, 0.004)], "Tuned, GRU 8 beats the defaults on the test part by 0.3 % ± 0.1 % in mistakes."),
    ],
)
def test_it_says_whether_tuning_paid(ends, sentence):
    """With the share and its margin, also where it did not."""
    assert told(*ends) == sentence


def test_defaults_that_stay_the_best_are_told():
    """Nothing is claimed."""
    assert told(defaults=True).startswith("No trial was better than the defaults in validation")


def test_few_examples_are_told():
    """No share is."""
    assert (
        told((0.1, 0.2), examples=4) == "4 test examples are too few to tell whether GRU 8, tuned, beats the defaults."
    )
