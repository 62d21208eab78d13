"""Each stream beside its own past, without a network."""

import numpy as np

from seqloom.alternatives import Hints, OwnPast


def test_each_stream_has_a_level_of_its_own(make_sequences):
    """A value that is usual in one is strange in another."""
    drawn = np.random.default_rng(0).normal(scale=0.1, size=(800, 1)).astype(np.float32)
    drawn[400:] += 2
    drawn[390] += 2
    examples = make_sequences(np.zeros((400, 0)), np.zeros((400, 0)), targets=drawn, watched=True)
    found = OwnPast.fit(examples, Hints(choosing=examples)).predict(examples)
    assert found[390] == found.max()
    assert (found[450:] > 1).mean() < 0.02
