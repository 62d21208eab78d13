"""How sure a classifier may be."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import softmax

from seqloom.errors import DataError
from seqloom.score import choose_temperature, class_metrics


def answers(sharpness, *, classes=3, count=4000):
    """Probabilities whose logits are `sharpness` times the ones the truth was drawn by, and the truth."""
    numbers = np.random.default_rng(7)
    logits = 2 * numbers.standard_normal((count, classes))
    drawn = softmax(logits, axis=1).cumsum(axis=1) > numbers.random((count, 1))
    return softmax(sharpness * logits, axis=1), drawn.argmax(axis=1)


@pytest.mark.parametrize("classes", [2, 3, 9])
@pytest.mark.parametrize("sharpness", [0.25, 1.0, 4.0])
def test_the_temperature_undoes_what_the_logits_were_multiplied_by(classes, sharpness):
    """Four times too sure asks for a temperature of four, four times too cautious for a quarter."""
    assert choose_temperature(*answers(sharpness, classes=classes)) == pytest.approx(sharpness, rel=0.06)


@given(st.floats(0.2, 5.0), st.integers(2, 60))
def test_the_log_loss_of_the_examples_is_never_worse_for_it(sharpness, count):
    """The temperature 1 is always among the choices, and the prior is on its side."""
    probabilities, truth = answers(sharpness, count=count)
    scaled = softmax(np.log(probabilities) / choose_temperature(probabilities, truth), axis=1)
    before, after = (class_metrics(p, truth)["log_loss"] for p in (probabilities, scaled))
    assert after <= before + 1e-9


def test_a_few_right_answers_do_not_make_for_certainty():
    """Five examples without a mistake: without a prior the temperature would go to zero."""
    cautious = np.tile([0.8, 0.2], (5, 1))
    assert 0.5 < choose_temperature(cautious, np.zeros(5, int)) < 1


def test_many_right_answers_do():
    """The more examples, the less the prior says."""
    cautious = np.tile([0.8, 0.2], (5000, 1))
    assert choose_temperature(cautious, np.zeros(5000, int)) < 0.25


def test_certain_mistakes_are_finite():
    """A probability of zero for what came true."""
    probabilities = np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 0.0]])
    assert 1 < choose_temperature(probabilities, np.array([1, 1, 0])) <= 20


def test_unlabelled_sequences_say_nothing():
    """They are left out; with none labelled the temperature stays 1."""
    probabilities, truth = answers(2.0, count=50)
    beside = np.concatenate([probabilities, np.full((9, 3), 1 / 3)])
    assert choose_temperature(beside, np.append(truth, [-1] * 9)) == choose_temperature(probabilities, truth)
    assert choose_temperature(probabilities, np.full(50, -1)) == 1.0


def test_logits_are_refused():
    """Rows that do not sum to 1 are no probabilities."""
    with pytest.raises(DataError, match="pass probabilities, not logits"):
        choose_temperature(np.array([[2.0, -1.0]]), np.array([0]))
