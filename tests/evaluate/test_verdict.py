import pytest

from seqloom.evaluate import SIMPLICITY, Comparison, verdict


def against(title, relative, margin, error="squared error", examples=500, blocks=50.0):
    return Comparison(title, title, error, 1.0, 1.0, relative, relative - margin, relative + margin, examples, blocks)


CASES = {
    "beats all": (
        [against("naive", 0.4, 0.05), against("ridge", 0.12, 0.03), against("drift", 0.5, 0.1)],
        "yes",
        "GRU 64 beats naive by 40 % ± 5 % and ridge by 12 % ± 3 % in squared error: recurrence earned its keep.",
    ),
    "beats the only one by little": (
        [against("ridge", 0.004, 0.003)],
        "yes",
        "GRU 64 beats ridge by 0.4 % ± 0.3 % in squared error: recurrence earned its keep.",
    ),
    "ahead, but not clearly": (
        [against("the seasonal naive", 0.18, 0.04), against("ridge", 0.02, 0.03)],
        "unclear",
        (
            "GRU 64 beats the seasonal naive by 18 % ± 4 %, but is ahead of ridge by 2 % ± 3 % in squared error, "
            "an interval that includes 0: ridge is enough here."
        ),
    ),
    "no mistake on either side": (
        [against("the majority", 0.9, 0.05, "mistakes"), against("ridge", 0.0, 0.0, "mistakes")],
        "unclear",
        "GRU 64 beats the majority by 90 % ± 5 %, but is level with ridge in mistakes: ridge is enough here.",
    ),
    "behind, but not clearly": (
        [against("ridge", -0.02, 0.03)],
        "unclear",
        "GRU 64 is behind ridge by 2 % ± 3 % in squared error, an interval that includes 0: ridge is enough here.",
    ),
    "not clearly ahead of a weaker one": (
        [against("ridge", 0.02, 0.01), against("autoregression", 0.05, 0.06)],
        "unclear",
        (
            "GRU 64 beats ridge by 2 % ± 1 %, but is ahead of autoregression by 5 % ± 6 % in squared error, "
            "an interval that includes 0: autoregression may do as well."
        ),
    ),
    "clearly behind": (
        [against("the naive forecast", 0.4, 0.05), against("ridge", -0.06, 0.02)],
        "no",
        "Ridge beats GRU 64 by 6 % ± 2 % in squared error: recurrence did not earn its keep.",
    ),
    "fewer mistakes": (
        [against("the majority", 0.6, 0.1, "mistakes"), against("the majority", 0.5, 0.1, "log loss")],
        "yes",
        "GRU 64 beats the majority by 60 % ± 10 % in mistakes: recurrence earned its keep.",
    ),
    "better probabilities only": (
        [against("the majority", 0.0, 0.1, "mistakes"), against("the majority", 0.5, 0.1, "log loss")],
        "yes",
        "GRU 64 beats the majority by 50 % ± 10 % in log loss: recurrence earned its keep.",
    ),
    "different kinds of error": (
        [against("a", 0.5, 0.1, "mistakes"), against("b", 0.1, 0.2, "mistakes"), against("b", 0.3, 0.1, "log loss")],
        "yes",
        "GRU 64 beats a by 50 % ± 10 % in mistakes and b by 30 % ± 10 % in log loss: recurrence earned its keep.",
    ),
    "fewer mistakes, worse probabilities": (
        [against("logistic", 0.3, 0.1, "mistakes"), against("logistic", -0.4, 0.1, "log loss")],
        "unclear",
        (
            "GRU 64 beats logistic by 30 % ± 10 % in mistakes but loses to it by 40 % ± 10 % in log loss: "
            "which of them is better depends on which error matters."
        ),
    ),
    "too few": (
        [against("ridge", 0.5, 0.1, examples=7, blocks=7.0)],
        "unclear",
        "7 test examples are too few to tell whether GRU 64 beats ridge.",
    ),
    "one": (
        [against("ridge", 0.5, 0.1, examples=1, blocks=1.0)],
        "unclear",
        "1 test example is too few to tell whether GRU 64 beats ridge.",
    ),
    "all overlapping": (
        [against("ridge", 0.5, 0.1, examples=90, blocks=1.2)],
        "unclear",
        "90 test examples that overlap each other are too few to tell whether GRU 64 beats ridge.",
    ),
    "nothing to compare with": ([], "unclear", "There is no alternative to compare GRU 64 with."),
}


@pytest.mark.parametrize("name", CASES)
def test_the_verdict_says_what_the_intervals_allow(name):
    """Each outcome has its word and its sentence."""
    comparisons, earned, sentence = CASES[name]
    result = verdict(comparisons, model="GRU 64")
    assert (result.earned, result.sentence) == (earned, sentence)


def test_a_sentence_begins_with_a_capital():
    """Whatever the model is called, the sentence is one."""
    assert verdict([against("ridge", 0.5, 0.1)]).sentence.startswith("The model beats ridge")


@pytest.mark.parametrize("relative", [-0.3, -0.01, 0.0, 0.01, 0.3])
def test_an_interval_that_includes_0_never_counts_as_earned(relative):
    """However large the saving, without certainty it is no yes."""
    assert verdict([against("ridge", relative, 0.31)]).earned == "unclear"


@pytest.mark.parametrize(
    ("comparisons", "sentence"),
    [
        (
            [against("naive", 0.4, 0.05)],
            "Ridge beats naive by 40 % ± 5 % in squared error: it is the simple method to take.",
        ),
        (
            [against("ar", -0.1, 0.05)],
            "Ar beats ridge by 10 % ± 5 % in squared error: it is the better one of the two.",
        ),
        (
            [against("ar", 0.01, 0.05)],
            "Ridge is ahead of ar by 1 % ± 5 % in squared error, an interval that includes 0: ar may do as well.",
        ),
    ],
)
def test_a_simple_method_says_nothing_of_recurrence(comparisons, sentence):
    """It is only compared with others of its kind."""
    assert verdict(comparisons, model="ridge", stake=SIMPLICITY).sentence == sentence
