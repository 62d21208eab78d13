"""Distance from training steps."""

import numpy as np
from sklearn.neighbors import NearestNeighbors

from seqloom.alternatives import Hints, NearestSteps
from seqloom.alternatives.anomalies.charted import means_of
from seqloom.alternatives.anomalies.nearest_steps import KEPT
from seqloom.alternatives.anomalies.watched import Watched


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


def test_distances_are_those_of_scikit_learn(make_sequences):
    """Also of values far from zero beside their spread, and from fewer steps than the candidates."""
    drawn = np.random.default_rng(1)
    for count in (3, 12, 600):
        values = (1_000 + drawn.normal(size=(count, 3))).astype(np.float32)
        examples = make_sequences(np.zeros((count, 0)), targets=values, watched=True)
        method, watched = NearestSteps.fit(examples, Hints()), Watched.of(examples)
        features = np.concatenate([values, means_of(values, watched, method.span)], axis=1).astype(np.float64)
        model = NearestNeighbors(n_neighbors=min(5, count)).fit(method.kept)
        # 1e-9: candidates are found by rounded distances, and there are four times as many as are needed
        np.testing.assert_allclose(method.raw(watched), model.kneighbors(features)[0].mean(axis=1), atol=1e-9)
