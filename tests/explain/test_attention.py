"""The weights by which a model says what it reads."""

import numpy as np
import pytest

from seqloom.explain import alignments, ask, attention


def test_weights_of_a_summary_sum_to_one(network):
    """Of each sequence, in the order asked for."""
    found = attention(network(pooling="attention"))
    assert [len(own) for own in found.steps] == [7, 5, 9, 4]
    np.testing.assert_allclose([own.sum() for own in found.steps], 1, atol=1e-6)


def test_other_summaries_have_none(network):
    """Nor is there a source that is read."""
    question = network(pooling="last")
    assert attention(question) is None
    assert alignments(question) is None


def test_a_translation_reads_its_source(made):
    """A row for each symbol and one for the end; each sums to one."""
    model, (pairs,) = made("translate")
    prepared = model.bundle_.pipeline.transform(model._load_like_training(pairs))
    question = ask(
        model.bundle_.model, model.bundle_.model.latest(prepared, model.bundle_.model.settings).take(slice(3))
    )
    found = alignments(question)
    lengths = question.batch.target_lengths.tolist()
    for place, asked in enumerate(question.batch.order.tolist()):
        assert found.weights[asked].shape == (lengths[place] + 1, int(question.examples.lengths[asked]))
        np.testing.assert_allclose(found.weights[asked].sum(axis=1), 1, atol=1e-5)


def test_hooks_are_taken_away(network):
    """A model answers as before, and nothing stays on it."""
    question = network(pooling="attention")
    attention(question)
    assert all(not part._forward_hooks for part in question.model.modules())
    assert question.values.tolist() == pytest.approx(question.value(question.batch).tolist(), abs=1e-5)
