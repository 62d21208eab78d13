import numpy as np
import torch

from seqloom.train.contract import snapshot


def test_a_snapshot_is_a_copy_of_all_tensors(small_model):
    """What happens to the model later does not reach the snapshot."""
    model = small_model()
    copy = snapshot(model)
    bias = model.head.bias.item()
    with torch.no_grad():
        model.head.bias.add_(1)
    assert list(copy) == list(model.state_dict())
    assert np.isclose(copy["head.bias"].item(), bias, atol=0)


def test_a_snapshot_can_be_put_back(small_model):
    """A model that takes it over is the model it was taken from."""
    model, other = small_model(), small_model(seed=1)
    other.load_state_dict(snapshot(model))
    assert torch.equal(other.head.weight, model.head.weight)
