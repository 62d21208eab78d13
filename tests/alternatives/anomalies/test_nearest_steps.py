"""Distance from training steps."""

import numpy as np

from seqloom.alternatives import Hints, NearestSteps
from seqloom.alternatives.anomalies.nearest_steps import KEPT


def test_what_lies_among_training_steps_is_near_and_a_gap_is_far(make_sequences):
    """Two levels are usual; what is between them is not, though it is the mean of all."""
    drawn = np.random.default_rng(0)
    levels = np.repeat(drawn.choice([-3.0, 3.0], size=40), 25)[:, None] + drawn.normal(scale=0.1, size=(1_000, 1))
    usual = make_sequences(np.zeros((1_000, 0)), targets=levels.astype(np.float32), watched=True)
    between = make_sequences(np.zeros((50, 0)), targets=np.zeros((50, 1), np.float32), watched=True)
    method = NearestSteps.fit(usual, Hints(choosing=usual))
    assert (method.predict(usual) > 1).mean() < 0.02
    assert (method.predict(between) > 1).all()


def test_few_of_many_steps_are_kept(make_sequences):
    """Evenly spaced."""
    values = np.arange(3 * KEPT, dtype=np.float32)[:, None]
    method = NearestSteps.fit(make_sequences(np.zeros((3 * KEPT, 0)), targets=values, watched=True), Hints())
    assert method.kept.shape == (KEPT, 2)
    assert set(np.diff(method.kept[:, 0]).round()) <= {3.0, 4.0}
