import pytest
import torch
from torch.optim import SGD, Adam, AdamW, RMSprop

from seqloom.train import TrainSettings, choose
from seqloom.train.optimizer import build_optimizer, set_rate


def chosen(**settings):
    """Complete settings."""
    return choose(TrainSettings(**settings), examples=100, steps=10)


@pytest.mark.parametrize(("name", "kind"), [("sgd", SGD), ("rmsprop", RMSprop), ("adam", Adam), ("adamw", AdamW)])
def test_the_name_chooses_the_optimiser(small_model, name, kind):
    """Each name gives torch's optimiser of that name."""
    assert type(build_optimizer(small_model().named_parameters(), chosen(optimizer=name))) is kind


def test_biases_do_not_decay(small_model):
    """Without a gradient only matrices shrink."""
    model = small_model()
    before = {name: weight.detach().clone() for name, weight in model.named_parameters()}
    optimizer = build_optimizer(
        model.named_parameters(), chosen(optimizer="adamw", weight_decay=0.5, learning_rate=0.1)
    )
    for weight in model.parameters():
        weight.grad = torch.zeros_like(weight)
    optimizer.step()
    shrunk = {name for name, weight in model.named_parameters() if not torch.equal(weight, before[name])}
    assert shrunk == {"recurrent.weight_ih_l0", "recurrent.weight_hh_l0", "head.weight"}


def test_frozen_weights_are_left_out(small_model):
    """Weights that need no gradient are none of the optimiser's business."""
    model = small_model()
    model.head.requires_grad_(requires_grad=False)
    optimizer = build_optimizer(model.named_parameters(), chosen())
    assert sum(len(group["params"]) for group in optimizer.param_groups) == 4


def test_the_rate_is_set_for_all_weights(small_model):
    """Setting the rate reaches every group."""
    optimizer = build_optimizer(small_model().named_parameters(), chosen())
    set_rate(optimizer, 0.125)
    assert [group["lr"] for group in optimizer.param_groups] == [0.125, 0.125]
