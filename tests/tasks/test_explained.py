"""Numbers of answers that explanations follow."""

import torch

from seqloom.tasks import TASKS
from seqloom.tasks.explained import log_odds, near, same_largest, same_sign, same_size

BEFORE = torch.tensor([[1.0, -1.0], [0.5, 0.2]])
CHOSEN = torch.tensor([0, 0])


def test_every_task_has_one():
    """In words that stand after others."""
    assert all(task.explained.what.startswith("the ") for task in TASKS.values())


def test_log_odds_are_finite_and_those_of_one_class_against_the_rest():
    """Also of a class that is certain."""
    found = log_odds(torch.tensor([[0.5, 0.25, 0.25], [1.0, 0.0, 0.0]]))
    assert found[0].tolist() == torch.logit(torch.tensor([0.5, 0.25, 0.25])).tolist()
    assert torch.isfinite(found).all()


def test_an_answer_is_kept_by_its_own_rule():
    """The largest stays the largest, a sign stays, a number stays near, a distance of one size."""
    after = torch.tensor([[0.4, 0.5], [0.6, -2.0]])
    assert same_largest(BEFORE, after, CHOSEN, 0.0).tolist() == [False, True]
    assert same_sign(BEFORE, after, CHOSEN, 0.0).tolist() == [True, True]
    assert near(BEFORE, after, CHOSEN, 0.2).tolist() == [False, True]
    sizes = torch.tensor([[0.4], [0.9]])
    assert same_size(BEFORE[:, :1], sizes, CHOSEN, 0.0).tolist() == [False, True]
