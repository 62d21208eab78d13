"""The estimator that gives values."""

import numpy as np
import pytest

from seqloom import SequenceRegressor

RNG = np.random.default_rng(0)
SEQUENCES = [RNG.normal(k % 3, 0.2, 4 + k % 3) for k in range(24)]
MEANS = np.array([sequence.mean() for sequence in SEQUENCES])


@pytest.fixture
def chosen():
    """A regressor that takes a moment to fit."""
    return SequenceRegressor(hidden_size=4, epochs=1)


def test_one_value_per_sequence(chosen):
    """Targets [B] give predictions [B]."""
    assert chosen.fit(SEQUENCES, MEANS).predict(SEQUENCES[:3]).shape == (3,)


def test_several_values_per_sequence(chosen):
    """Targets [B, C] give predictions [B, C]."""
    assert chosen.fit(SEQUENCES, np.stack([MEANS, -MEANS], axis=1)).predict(SEQUENCES[:3]).shape == (3, 2)


def test_values_are_in_the_units_of_the_data():
    """Targets around a thousand are predicted around a thousand."""
    model = SequenceRegressor(hidden_size=4, epochs=20).fit(SEQUENCES, 1000 + MEANS)
    assert abs(model.predict(SEQUENCES).mean() - 1001) < 1


def test_a_value_at_every_step(chosen):
    """Where the target changes from step to step, so does the prediction."""
    table = {
        "id": np.repeat(np.arange(24), [len(sequence) for sequence in SEQUENCES]),
        "x": np.concatenate(SEQUENCES),
        "y": np.concatenate([np.cumsum(sequence) for sequence in SEQUENCES]),
    }
    model = chosen.fit(table, target="y", group="id")
    assert model.predict(table).shape == (len(table["y"]),)


def test_the_score_is_the_share_of_variance_explained(chosen):
    """As scikit-learn has it."""
    model = chosen.fit(SEQUENCES, MEANS)
    errors = MEANS - model.predict(SEQUENCES)
    assert model.score(SEQUENCES, MEANS) == pytest.approx(1 - np.mean(errors**2) / np.var(MEANS))
