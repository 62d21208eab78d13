"""One network."""

import torch

from seqloom.model import InputSizes, ModelSettings
from seqloom.model.network import Network


def network(*, per_step, **choices):
    """A network of three outputs with random weights."""
    torch.manual_seed(0)
    return Network(ModelSettings(hidden_size=4, **choices), InputSizes(numbers=2, per_step=per_step), 3).eval()


def test_a_sequence_has_one_answer(batch):
    """Whatever its length."""
    (answer,) = network(per_step=False)(None, batch([5, 3]))[1]
    assert answer.shape == (2, 3)


def test_each_branch_answers_for_itself(batch):
    """With convolutions there are three more answers, which the recurrence has no part in."""
    made, given = network(per_step=False, convolution=True), batch([5, 3])
    before = made(None, given)[1]
    for weight in made.body.encoder.parameters():
        torch.nn.init.zeros_(weight)
    after = made(None, given)[1]
    assert [torch.equal(*pair) for pair in zip(before, after, strict=True)] == [False, True, True, True]


def test_every_step_has_an_answer_where_targets_have_a_value_per_step(batch):
    """It is the linear map of the hidden row."""
    made, given = network(per_step=True), batch([5, 3])
    _, hidden = made.body(None, given, given.numbers.values)
    torch.testing.assert_close(made(None, given)[1], [made.heads[0](hidden.values)], rtol=0, atol=0)
