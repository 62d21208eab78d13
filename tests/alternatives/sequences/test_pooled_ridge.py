import numpy as np
import pytest
from sklearn.linear_model import RidgeCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from seqloom.alternatives import Hints, Skipped
from seqloom.alternatives.sequences.features import pooled
from seqloom.alternatives.sequences.pooled_ridge import PooledRidge


def test_a_sum_of_pooled_features_is_learned(make_sequences):
    """The range of a feature plus the mean of another is predicted on new sequences almost without error."""
    drawn = np.random.default_rng(0)
    numbers = [drawn.normal(size=(n, 2)) for n in drawn.integers(5, 15, 120)]
    values = np.array([[rows[:, 0].max() - rows[:, 0].min() + rows[:, 1].mean()] for rows in numbers], np.float32)
    examples = make_sequences(*numbers, targets=values)
    answer = PooledRidge.fit(examples.take(slice(0, 80)), Hints()).predict(examples.take(slice(80, None)))
    # The least penalty leaves a bias of its own size relative to 80 examples.
    assert np.mean((answer - values[80:]) ** 2) < 1e-3 * np.var(values)


def test_values_per_step_are_predicted_at_the_last_step(make_sequences):
    """What is left of a fixed number of steps follows from how many were seen."""
    examples = make_sequences(
        *np.zeros((4, 20, 1)), targets=np.tile(np.arange(20, 0, -1, dtype=np.float32), 4)[:, None]
    )
    answer = PooledRidge.fit(examples, Hints()).predict(examples)
    assert answer[:, 0] == pytest.approx(1.0, abs=0.05)


def test_one_value_is_too_few(make_sequences):
    """A penalty cannot be chosen on nothing."""
    examples = make_sequences(np.zeros((2, 1)), targets=np.array([[1.0]], np.float32))
    assert PooledRidge.fit(examples, Hints()) == Skipped("the training part has fewer than two known values")


@pytest.mark.parametrize("targets", [1, 2])
def test_values_are_those_of_scikit_learn(make_sequences, targets):
    """To nine digits, whatever the features were scaled by."""
    drawn = np.random.default_rng(1)
    examples = make_sequences(*(50 + drawn.normal(size=(40, 6, 2))), targets=drawn.normal(size=(40, targets)))
    model = make_pipeline(StandardScaler(), RidgeCV(alphas=10.0 ** np.arange(-2, 5)))
    expected = model.fit(pooled(examples), examples.truth()).predict(pooled(examples)).reshape(40, -1)
    np.testing.assert_allclose(PooledRidge.fit(examples, Hints()).predict(examples), expected, rtol=1e-9, atol=1e-9)
