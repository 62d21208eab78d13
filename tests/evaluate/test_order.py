"""What the order of steps is worth, in a sentence."""

from dataclasses import replace

import pytest

from seqloom.evaluate import Comparison, worth_of_order

CLEAR = Comparison("shuffled", "the same net", "mistakes", 0.77, 1.0, 0.23, 0.19, 0.27, 500, 500.0)
LEVEL = replace(CLEAR, relative=-0.01, low=-0.04, high=0.02, error="log loss")
LOST = replace(CLEAR, relative=-0.2, low=-0.25, high=-0.15, error="log loss")
SENTENCES = {
    "worth much": ([CLEAR, LEVEL], "does worse, by 23 % ± 4 % in mistakes: that is what their order is worth here."),
    "worth nothing": (
        [LEVEL],
        (
            "does better by 1 % ± 3 % in log loss, an interval that includes 0: their order is worth nothing measurable"
            " here."
        ),
    ),
    "the same answers": (
        [replace(CLEAR, relative=0.0, low=0.0, high=0.0)],
        "is level with it in mistakes: their order is worth nothing measurable here.",
    ),
    "misled": (
        [LOST],
        "does better, by 20 % ± 5 % in log loss: what the model reads off their order misleads it here.",
    ),
    "both": (
        [CLEAR, LOST],
        (
            "does worse, by 23 % ± 4 % in mistakes, but better, by 20 % ± 5 % in log loss: what their order is"
            " worth depends on which error matters."
        ),
    ),
    "few": (
        [replace(CLEAR, examples=6)],
        "was tried, too, but the examples are too few to tell what their order is worth.",
    ),
}


@pytest.mark.parametrize("case", SENTENCES)
def test_the_sentence_says_what_the_interval_says(case):
    """Much, nothing measurable, less than nothing, or that it cannot be told."""
    comparisons, end = SENTENCES[case]
    assert worth_of_order(comparisons) == f"With its steps in random order the same net {end}"


def test_without_such_a_net_there_is_nothing_to_say():
    """Other alternatives see the order, or never did."""
    assert worth_of_order([replace(CLEAR, alternative="ridge")]) == ""


def test_a_net_with_another_handicap_shows_a_bound():
    """What it lacks beside the order may be the reason."""
    sentence = worth_of_order([CLEAR], handicap="has one hand")
    assert sentence.endswith("their order is worth at most that much here, as that net also has one hand.")
