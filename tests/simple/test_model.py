"""What all simple models have in common."""

import numpy as np
import pytest

from seqloom.alternatives import Naive
from seqloom.model import Facts, ForecastModel, InputSizes, ModelSettings
from seqloom.simple import SIMPLE
from seqloom.simple.forecast import SimpleForecast
from seqloom.simple.model import tempered


@pytest.mark.parametrize("kind", SIMPLE.values())
def test_a_simple_model_stands_for_the_network_of_its_task(kind):
    """What is predicted and how data are cut is the same."""
    for name in ("task", "by_steps", "target_kind", "preparation"):
        assert getattr(kind, name) == getattr(kind.network, name)


def test_only_what_counts_is_chosen():
    """No width, no dropout: there is no network."""
    facts = Facts(lengths=np.array([400]), season=12, shortest_test=60)
    chosen = SimpleForecast.choose(ModelSettings(method="naive"), facts)
    assert (chosen.settings.horizon, chosen.settings.lookback, chosen.settings.stride) == (12, 36, 1)
    assert chosen.settings.hidden_size is chosen.settings.dropout is chosen.settings.linear is None
    assert set(chosen.reasons) == {"horizon", "lookback", "stride"}
    assert ForecastModel.choose(ModelSettings(), facts).settings.hidden_size is not None


def test_nothing_is_trained_in_batches():
    """A method is fitted at once."""
    model = SimpleForecast(ModelSettings(method="naive"), InputSizes(numbers=1, horizon=1), Naive())
    for forbidden in (lambda: model.loss(None), lambda: model.criterion(None), lambda: model.predict(None)):
        with pytest.raises(NotImplementedError):
            forbidden()
    with pytest.raises(NotImplementedError):
        SimpleForecast.build(ModelSettings(), InputSizes(numbers=1))


def test_a_temperature_leaves_what_cannot_be_impossible():
    """And no sum away from 1."""
    found = tempered(np.array([[0.0, 0.25, 0.75], [1e-300, 1.0, 0.0]]), 0.5)
    np.testing.assert_allclose(found, [[0, 0.1, 0.9], [0, 1, 0]], atol=1e-12)
