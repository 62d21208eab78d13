"""Integrated gradients keep their promise."""

import numpy as np
import pytest
import torch

from seqloom.explain import ask, gradient_times_input, integrate
from seqloom.explain.neutral import neutral_of
from seqloom.model import CELLS


@pytest.mark.parametrize("cell", CELLS)
def test_attributions_sum_to_the_difference_from_the_neutral_sequence(network, cell):
    """Completeness, for every cell: the sums are the differences of the numbers."""
    question = network(cell)
    found = integrate(question, points=64)
    everything = torch.ones(question.batch.rows, dtype=torch.bool)
    neutral = neutral_of(question).without_rows(question.batch, everything)
    expected = question.each(question.effect(neutral))
    np.testing.assert_allclose([own.sum() for own in found.steps], expected, atol=2e-3)
    assert found.gap == pytest.approx(np.abs([own.sum() for own in found.steps] - expected).max(), abs=1e-5)


def test_a_linear_answer_is_told_exactly(planted):
    """Both methods give the weight times the distance from the neutral step, at the planted place alone."""
    mean = planted.examples.prepared.numbers[:, 0].mean()
    for method in (integrate, gradient_times_input):
        found = method(planted)
        for place, parts in enumerate(found.features):
            value = planted.examples.prepared.numbers[planted.examples.start[place] + len(parts) - 3, 0]
            expected = np.zeros(parts.shape)
            expected[-3, 0] = 3 * (value - mean)
            np.testing.assert_allclose(parts, expected, atol=1e-5)
        np.testing.assert_allclose(found.feature_shares(), [1, 0], atol=1e-6)
        assert found.feature_figure().panels[0].x.labels == ("x0", "x1")


def test_gradients_are_those_of_finite_differences(network):
    """The gradient times the input, checked by moving each input a little."""
    question = network("gru")
    question.model.double()
    batch = question.batch
    values = batch.numbers.values.double()
    question = ask(question.model.float(), question.examples)
    found, neutral = gradient_times_input(question), neutral_of(question)
    way = question.apart(values.float() - neutral.numbers[batch.numbers.sequence_rows])
    step = 1e-2
    for row in (0, 5, 11):
        moved = batch.numbers.values.clone()
        moved[row, 0] += step
        up = question.value(batch.__class__(**{**vars(batch), "numbers": batch.numbers.with_values(moved)}))
        moved[row, 0] -= 2 * step
        down = question.value(batch.__class__(**{**vars(batch), "numbers": batch.numbers.with_values(moved)}))
        owner, place = int(batch.numbers.sequence_rows[row]), int(batch.numbers.row_steps[row])
        asked = int(batch.order[owner])
        slope = float((up - down).sum().detach()) / (2 * step)
        expected = slope * way[asked][place, 0]
        assert found.features[asked][place, 0] == pytest.approx(expected, rel=0.02, abs=1e-4)


def test_tokens_are_followed_through_their_vectors(made):
    """Of texts all attribution is the token's, and it sums to what it should."""
    model, _ = made("language")
    prepared = model.bundle_.pipeline.transform(model._load_like_training(["to be or not\n"]))
    question = ask(model.bundle_.model, model.bundle_.model.latest(prepared, model.bundle_.model.settings))
    found = integrate(question, points=64)
    assert len(found.names) == 1
    assert np.abs(found.steps[0]).sum() > 0
    assert found.gap < 1e-3
