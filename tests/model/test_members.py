"""Networks side by side."""

from dataclasses import replace

import pytest
import torch

from seqloom.model import ClassifyModel, InputSizes, ModelSettings, RegressModel
from seqloom.model.members import Members
from seqloom.model.network import Network

SIZES = InputSizes(numbers=2)


def members(count, **choices):
    """Networks with random weights."""
    torch.manual_seed(0)
    settings = ModelSettings(hidden_size=4, **choices)
    return Members(lambda: Network(settings, SIZES, 3), count).eval()


def alone(model, place):
    """The model of one network of a model of several, which has the same weights."""
    one = type(model)(model.settings.model_copy(update={"members": 1}), model.sizes)
    one.members.networks[0].load_state_dict(model.members.networks[place].state_dict())
    return one.eval()


def test_each_network_starts_from_weights_of_its_own(batch):
    """Else their mean would be no better than one."""
    _, (first, second) = members(2)(None, batch([5, 3]))
    assert not torch.allclose(first, second)


@pytest.mark.parametrize("cell", ["lstm", "gru", "rnn"])
def test_each_network_goes_on_from_its_own_state(batch, cell):
    """A second batch continues each recurrence as if it were alone."""
    several = members(2, cell=cell, pooling="last")
    given = batch([4, 4])
    state, _ = several(None, given)
    _, outputs = several(state, given)
    for network, output in zip(several.networks, outputs, strict=True):
        own, _ = network(None, given)
        torch.testing.assert_close(network(own, given)[1], [output], rtol=0, atol=0)


@pytest.mark.parametrize("classes", ["ab", "abc"])
def test_probabilities_are_the_mean_over_the_networks(batch, classes):
    """Not the probabilities of the mean logits."""
    torch.manual_seed(0)
    sizes = InputSizes(numbers=2, classes=tuple(classes), class_counts=(1,) * len(classes))
    model = ClassifyModel(ModelSettings(hidden_size=4, members=3), sizes).eval()
    given = batch([5, 3])
    each = torch.stack([alone(model, place).predict(given)["probabilities"] for place in range(3)])
    # 1e-6: logarithms and exponentials of float32 in between
    torch.testing.assert_close(model.predict(given)["probabilities"], each.mean(dim=0), rtol=0, atol=1e-6)


def test_values_are_the_mean_over_the_networks(batch):
    """At every step where there is a value per step."""
    torch.manual_seed(0)
    model = RegressModel(ModelSettings(hidden_size=4, members=3), InputSizes(numbers=2, per_step=True)).eval()
    given = batch([5, 3])
    each = torch.stack([alone(model, place).predict(given)["values"] for place in range(3)])
    torch.testing.assert_close(model.predict(given)["values"], each.mean(dim=0), rtol=0, atol=0)


def test_each_network_learns_from_its_own_answer_alone(batch):
    """Its gradient is that of a model of one, shared out among the networks."""
    torch.manual_seed(0)
    model = RegressModel(ModelSettings(hidden_size=4, members=2, pooling="mean"), SIZES).eval()
    given = replace(batch([5, 3]), target=torch.tensor([[1.0], [-1.0]]))
    one = alone(model, 1)
    model.loss(given)[0].backward()
    one.loss(given)[0].backward()
    # 1e-6: sums of float32 products in another order
    shared, own = (net.heads[0].weight.grad for net in (model.members.networks[1], one.members.networks[0]))
    torch.testing.assert_close(2 * shared, own, rtol=1e-5, atol=1e-6)
