"""The sanity check."""

import numpy as np
import torch

from seqloom.explain import Attribution, Sanity, check_sanity, occlude
from seqloom.explain.sanity import mixed


def by_place(question):
    """A way to explain that does not look at the model."""
    steps = tuple(np.arange(float(len(own))) for own in question.apart(question.batch.numbers.values))
    return Attribution("place", question.what, steps)


def test_a_method_that_ignores_the_model_fails(network):
    """It says the same of mixed weights; its name is told."""
    found = check_sanity(network(), [by_place], np.random.default_rng(0))
    assert found.correlations[0] == 1
    assert found.passed == (False,)
    assert "failed by place" in found.sentence


def test_a_method_that_looks_at_the_model_says_something_else(network):
    """Occlusion of another model gives other ranks."""
    found = check_sanity(network("gru", lengths=(20, 18, 19, 22)), [occlude], np.random.default_rng(0))
    assert found.correlations[0] < 0.9
    assert found.figure().panels


def test_where_steps_have_no_order_nothing_is_failed():
    """Sequences of a few steps say neither yes nor no."""
    found = Sanity(("occlusion", "place"), np.array([np.nan, np.nan]))
    assert "cannot be made" in found.sentence
    assert "failed" not in found.sentence
    assert Sanity(("occlusion", "place"), np.array([np.nan, 0.9])).sentence.startswith(
        "The sanity check is failed by place"
    )


def test_mixed_weights_are_the_same_numbers_in_another_order(network):
    """Tensor by tensor, in a copy."""
    model = network().model
    before = [weight.clone() for weight in model.parameters()]
    copy = mixed(model, np.random.default_rng(0))
    for own, kept, other in zip(model.parameters(), before, copy.parameters(), strict=True):
        assert torch.equal(own, kept)
        torch.testing.assert_close(own.flatten().sort().values, other.flatten().sort().values)
    assert any(not torch.equal(own, other) for own, other in zip(before, copy.parameters(), strict=True))


def test_passing_is_said():
    """Below one half."""
    assert "is passed" in Sanity(("one",), np.array([0.1])).sentence
