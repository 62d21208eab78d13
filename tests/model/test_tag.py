"""Tag models."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from seqloom.model import InputSizes, ModelSettings, TagModel, predict, tag_prediction, threshold_of
from seqloom.nn import LinearChain
from seqloom.prepare import Pipeline, PrepareSettings, whole, whole_sequences
from seqloom.read import from_steps


def tagger(classes=3, codes=(), **choices):
    """A model with random weights for this many classes."""
    torch.manual_seed(0)
    words = tuple(range(len(codes)))
    sizes = InputSizes(
        numbers=2, classes=tuple("abcdef"[:classes]), class_counts=(3,) * classes, per_step=True, code_sizes=codes
    )
    model = TagModel(
        ModelSettings(hidden_size=8, bidirectional=True, **choices), sizes.model_copy(update={"words": words})
    )
    if model.chain is not None:
        for weight in model.chain.parameters():
            torch.nn.init.normal_(weight)
    return model.eval()


@pytest.fixture
def given(batch):
    """Sequences of three and two steps; the second step of the first is unlabelled, one label nobody learned."""
    return batch([3, 2], target=torch.tensor([0, 2, -1, 1, -2]))


@pytest.mark.parametrize("crf", [False, True])
def test_a_sequence_is_tagged_the_same_alone_and_in_company(batch, given, crf):
    """Tags do not depend on the other sequences of the batch or on their lengths."""
    model = tagger(crf=crf)
    rows = given.numbers.sequence_rows == 1
    alone = replace(batch([2]), numbers=batch([2]).numbers.with_values(given.numbers.values[rows]))
    together, single = model.predict(given), model.predict(alone)
    # 1e-6: sums of a few float32 products in another order
    torch.testing.assert_close(together["probabilities"][rows], single["probabilities"], rtol=0, atol=1e-6)
    assert crf == ("best" in together)
    assert torch.equal(together.get("best", rows)[rows], single.get("best", rows[rows]))


def test_the_loss_is_minus_the_log_of_the_true_tags(given):
    """The mean over the labelled steps; the others teach nothing."""
    model = tagger()
    probabilities = model.predict(given)["probabilities"]
    expected = -torch.log(probabilities[torch.tensor([0, 1, 3]), torch.tensor([0, 2, 1])]).mean()
    torch.testing.assert_close(model.loss(given)[0], expected, rtol=1e-5, atol=1e-6)
    total, terms = model.criterion(given)
    assert terms == 3
    assert total == pytest.approx(3 * float(expected.detach()), rel=1e-5)


def test_the_loss_of_a_chain_is_its_likelihood_per_label(given):
    """The chain scores the labels of each sequence together, those that are not known summed over."""
    model = tagger(crf=True)
    chain = model.chain
    assert isinstance(chain, LinearChain)
    scores = model._scores(model.members(None, given)[1])
    expected = -chain.log_likelihood(given.numbers.with_values(scores), given.target).sum() / 3
    torch.testing.assert_close(model.loss(given)[0], expected)
    assert model.criterion(given)[0] == pytest.approx(3 * float(expected.detach()), rel=1e-5)


def test_several_networks_answer_with_their_mean_probability(given):
    """The members' probabilities are averaged, not their scores."""
    model = tagger(members=2)
    _, outputs = model.members(None, given)
    expected = torch.stack([output.softmax(dim=1) for output in outputs]).mean(dim=0)
    torch.testing.assert_close(model.predict(given)["probabilities"], expected, rtol=0, atol=1e-6)


def test_tags_are_named_step_by_step():
    """Each step has its sequence, its number, its word, its tag and probabilities, in the order of the data."""
    dataset = from_steps([["a", "b"], ["c", "a", "b"]], [["X", "Y"], ["Y", "X", "Y"]])
    pipeline = Pipeline.fit(dataset, whole(dataset, "train"), PrepareSettings(), task="classes")
    examples = whole_sequences(pipeline.transform(dataset))
    model = tagger(2, codes=(4,))
    model = TagModel(model.settings, model.sizes.model_copy(update={"numbers": 0}))
    prediction = predict(model, pipeline, examples, batch_size=1)
    assert prediction.keys.tolist() == ["0", "0", "1", "1", "1"]
    assert prediction.steps.tolist() == [1, 2, 1, 2, 3]
    assert prediction.labels.tolist() == [["X", "Y"][k] for k in prediction.probabilities.argmax(axis=1)]
    np.testing.assert_allclose(prediction.probabilities.sum(axis=1), 1)
    assert prediction.words is None


@pytest.mark.parametrize(
    ("choices", "classes", "has"),
    [
        ({"threshold": "f1"}, 2, True),
        ({"miss_cost": 3.0}, 2, True),
        ({}, 2, False),
        ({"threshold": "f1"}, 3, False),
        ({"threshold": "f1", "crf": True}, 2, False),
    ],
)
def test_two_classes_have_a_threshold_where_one_is_asked_for(choices, classes, has):
    """Models without one keep the weights they always had."""
    model = tagger(classes, **choices)
    assert ("threshold" in model.state_dict()) is has
    assert (threshold_of(model) is not None) is has


def test_the_second_of_two_classes_is_given_from_the_threshold_on():
    """Though it is less probable than the first."""
    dataset = from_steps([["a", "b"], ["c", "a", "b"]], [["X", "Y"], ["Y", "X", "Y"]])
    pipeline = Pipeline.fit(dataset, whole(dataset, "train"), PrepareSettings(), task="classes")
    examples = whole_sequences(pipeline.transform(dataset))
    stated = np.array([0.1, 0.3, 0.29, 0.9, 0.5])
    outputs = {"probabilities": np.stack([1 - stated, stated], axis=1)}
    assert tag_prediction(outputs, pipeline, examples, 0.3).labels.tolist() == ["X", "Y", "X", "Y", "Y"]
    assert tag_prediction(outputs, pipeline, examples).labels.tolist() == ["X", "X", "X", "Y", "X"]
