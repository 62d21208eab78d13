import numpy as np

from seqloom.alternatives import Hints
from seqloom.alternatives.sequences.majority import Majority


def test_every_sequence_has_the_shares_of_the_training_part(make_sequences):
    """Three of four labelled sequences are of the first class; the class without one has probability 0."""
    examples = make_sequences(*np.zeros((5, 2, 1)), targets=np.array([0, 0, 1, 0, -1]))
    answer = Majority.fit(examples, Hints(classes=3)).predict(examples)
    np.testing.assert_array_equal(answer, np.tile([0.75, 0.25, 0], (5, 1)))
