"""The linear chain, beside sums over every label sequence written out."""

import itertools

import pytest
import torch

from seqloom.nn import LinearChain

LENGTHS, CLASSES = (4, 3, 3, 1), 3


@pytest.fixture
def chain(generator):
    """A chain with random scores in float64."""
    made = LinearChain(CLASSES).double()
    for weight in made.parameters():
        torch.nn.init.normal_(weight, generator=generator)
    return made


@pytest.fixture
def every(chain, draw):
    """Packed emissions, and for each sequence the score of every label sequence, a term at a time."""
    sequences, rows = draw(LENGTHS, CLASSES)
    scores = []
    for emissions in sequences:
        own = {}
        for labels in itertools.product(range(CLASSES), repeat=len(emissions)):
            total = chain.starts[labels[0]] + chain.ends[labels[-1]]
            total = total + sum(emissions[step, label] for step, label in enumerate(labels))
            own[labels] = total + sum(chain.transitions[pair] for pair in itertools.pairwise(labels))
        scores.append(own)
    return rows, scores


def unpacked(rows, values):
    """Packed values as a list, one tensor per sequence."""
    return [values[rows.sequence_rows == sequence] for sequence in range(rows.batch_size)]


def test_the_partition_is_the_sum_over_every_label_sequence(chain, every):
    """The forward recursion agrees with the sum written out, to the precision of float64."""
    rows, scores = every
    expected = torch.stack([torch.stack(list(own.values())).logsumexp(0) for own in scores])
    assert torch.allclose(chain.log_partition(rows), expected, rtol=1e-12)


def test_the_likelihood_of_labels_is_their_share_of_the_partition(chain, every):
    """With all labels known one label sequence counts."""
    rows, scores = every
    labels = torch.arange(len(rows.values)) % CLASSES
    own = [tuple(labels.tolist()) for labels in unpacked(rows, labels)]
    expected = torch.stack([found[key] for found, key in zip(scores, own, strict=True)]) - chain.log_partition(rows)
    assert torch.allclose(chain.log_likelihood(rows, labels), expected, rtol=1e-12)


def test_unknown_labels_are_summed_over(chain, every):
    """The likelihood of partly labelled sequences sums the probabilities of all that agree with what is known."""
    rows, scores = every
    labels = torch.arange(len(rows.values)) % CLASSES
    labels[::2] = -1
    expected = []
    for found, known in zip(scores, unpacked(rows, labels), strict=True):
        agreeing = [
            score
            for path, score in found.items()
            if all(label in (-1, chosen) for label, chosen in zip(known.tolist(), path, strict=True))
        ]
        expected.append(torch.stack(agreeing).logsumexp(0))
    expected = torch.stack(expected) - chain.log_partition(rows)
    assert torch.allclose(chain.log_likelihood(rows, labels), expected, rtol=1e-12)


def test_marginals_are_sums_over_the_label_sequences_with_a_label(chain, every):
    """Forward and backward together give the probability of each label at each step."""
    rows, scores = every
    for found, marginals in zip(scores, unpacked(rows, chain.marginals(rows)), strict=True):
        shares = torch.stack(list(found.values())).softmax(0)
        paths = torch.tensor(list(found))  # [paths, T]
        for step, label in itertools.product(range(paths.shape[1]), range(CLASSES)):
            expected = shares[paths[:, step] == label].sum()
            assert float(marginals[step, label].detach()) == pytest.approx(float(expected.detach()), rel=1e-12)


def test_the_best_label_sequence_has_the_highest_score(chain, every):
    """Viterbi finds the best of all label sequences."""
    rows, scores = every
    best = [max(found, key=found.__getitem__) for found in scores]
    assert [tuple(labels.tolist()) for labels in unpacked(rows, chain.best(rows))] == best


def test_gradients_are_those_of_finite_differences(chain, draw):
    """The gradient of the likelihood, unknown labels included, agrees with differences for every parameter."""
    _, rows = draw((3, 2), CLASSES)
    labels = torch.tensor([0, 1, -1, 2, 1])

    def likelihood(values, *_):
        return chain.log_likelihood(rows.with_values(values), labels)

    inputs = (rows.values.clone().requires_grad_(), *chain.parameters())
    assert torch.autograd.gradcheck(likelihood, inputs)


def test_without_transitions_each_step_stands_for_itself(draw):
    """A fresh chain gives the softmax of each step."""
    _, rows = draw(LENGTHS, CLASSES)
    marginals = LinearChain(CLASSES).double().marginals(rows)
    assert torch.allclose(marginals, rows.values.softmax(dim=1))
