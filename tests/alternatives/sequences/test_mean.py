import numpy as np

from seqloom.alternatives import Hints
from seqloom.alternatives.sequences.mean import Mean


def test_every_sequence_has_the_mean_values(make_sequences):
    """Each target has its own mean over the sequences where it is known."""
    examples = make_sequences(*np.zeros((3, 2, 1)), targets=np.array([[1, 10], [3, 20], [np.nan, 5]], np.float32))
    np.testing.assert_array_equal(Mean.fit(examples, Hints()).predict(examples), np.tile([2, 15], (3, 1)))
