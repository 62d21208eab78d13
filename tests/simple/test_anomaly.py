"""Simple detectors as models."""

import numpy as np

from seqloom.alternatives import Hints, ValueChart
from seqloom.model import InputSizes, ModelSettings, last_outputs, outputs
from seqloom.simple.anomaly import SimpleAnomaly


def test_scores_are_divided_by_the_measured_threshold(make_sequences):
    """And the last steps are answered as among all."""
    drawn = np.random.default_rng(0).normal(size=(60, 1)).astype(np.float32)
    examples = make_sequences(np.zeros((40, 0)), np.zeros((20, 0)), targets=drawn, watched=True)
    sizes = InputSizes(numbers=1, targets=1, per_step=True)
    model = SimpleAnomaly(ModelSettings(method="chart"), sizes, ValueChart.fit(examples, Hints()))
    before = outputs(model, examples)["score"]
    model.measure(None, 2.0)
    after = outputs(model, examples)["score"]
    np.testing.assert_allclose(after, before / 2)
    np.testing.assert_array_equal(last_outputs(model, examples)["score"], after[[39, 59]])
