import numpy as np
import pytest
from sklearn.neural_network import MLPClassifier, MLPRegressor

from seqloom.alternatives.fitting.nets import feed_forward


@pytest.mark.parametrize(("targets", "kind"), [(np.arange(30) % 3, MLPClassifier), (np.arange(30.0), MLPRegressor)])
def test_classes_and_values_have_a_net_each(targets, kind, monkeypatch):
    """By the type of the targets; stopping at the bound on looks is no warning."""
    monkeypatch.setattr("seqloom.alternatives.fitting.nets.VISITS", 60)
    net = feed_forward(np.random.default_rng(0).normal(size=(30, 2)), targets, 0, stop_early=False)
    assert type(net) is kind
    assert net.n_iter_ == 2
