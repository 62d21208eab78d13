import pytest
import torch

from seqloom.model.event_answer import answer_width, averaged, read_answer
from seqloom.sequence import EventShape

SHAPE = EventShape(types=3, gap=True, numbers=("x", "y"), categories=("team",), labels=(2,))


def raw(seed):
    """What a network might answer for four events."""
    return torch.randn(4, answer_width(SHAPE), generator=torch.Generator().manual_seed(seed))


def outputs(answer):
    """The distributions by name."""
    return answer.outputs(torch.tensor(1.0))


def test_every_part_is_a_distribution():
    """Shares sum to one, spreads are above zero."""
    found = outputs(read_answer(raw(0), SHAPE))
    for name in ("probabilities", "weights", "category_0"):
        torch.testing.assert_close(found[name].sum(dim=1), torch.ones(4))
    assert (found["spreads"] > 0).all()
    assert (found["deviations"] > 0).all()
    assert found["numbers"].shape == (4, 2)


def test_without_a_clock_there_is_no_gap():
    """Its numbers are not asked for."""
    shape = EventShape(types=3)
    assert answer_width(shape) == 3
    assert read_answer(torch.zeros(1, 3), shape).gap is None


def test_the_mean_of_answers_is_the_mixture():
    """Probabilities are means; a density is the mean of the densities, each with its own chance of no gap."""
    answers = [read_answer(raw(seed), SHAPE) for seed in (0, 1)]
    both = averaged(answers)
    one, other, mean = (outputs(answer) for answer in (*answers, both))
    for name in ("probabilities", "zero", "category_0"):
        torch.testing.assert_close(mean[name], (one[name] + other[name]) / 2)
    torch.testing.assert_close(density(both), (density(answers[0]) + density(answers[1])) / 2)


def density(answer):
    """Of a positive gap whose logarithm is 0.3, [N]."""
    gap = answer.gap
    parts = torch.distributions.Normal(gap.centers, gap.spreads).log_prob(torch.tensor(0.3)).exp()
    return (1 - gap.zero.exp()) * (gap.weights.exp() * parts).sum(dim=1)


def test_numbers_of_a_mixture_have_its_mean_and_variance():
    """Networks that disagree make it wider."""
    answers = [read_answer(raw(0), SHAPE)._replace(means=torch.full((4, 2), value)) for value in (-1.0, 1.0)]
    both = averaged(answers)
    torch.testing.assert_close(both.means, torch.zeros(4, 2))
    torch.testing.assert_close(both.deviations, (answers[0].deviations ** 2 + 1).sqrt())


def test_a_temperature_flattens_the_types_alone():
    """Twice the temperature halves the differences of logarithms."""
    answer = read_answer(raw(0), SHAPE)
    sharp, flat = answer.outputs(torch.tensor(1.0)), answer.outputs(torch.tensor(2.0))
    odds = [torch.log(found["probabilities"][0, 0] / found["probabilities"][0, 1]) for found in (sharp, flat)]
    assert float(odds[1]) == pytest.approx(float(odds[0]) / 2, rel=1e-4)
    assert torch.equal(sharp["category_0"], flat["category_0"])
