import numpy as np

from seqloom.alternatives import Hints, Skipped
from seqloom.alternatives.steps.majority_tag import MajorityTag


def test_every_step_has_the_shares_of_the_training_part(tagged):
    """Three of six labelled steps are nouns."""
    answer = MajorityTag.fit(tagged, Hints(classes=3)).predict(tagged)
    np.testing.assert_allclose(answer, np.tile([3 / 6, 2 / 6, 1 / 6], (7, 1)))


def test_without_a_label_there_is_no_majority(make_sentences):
    """It is left out with the reason."""
    outcome = MajorityTag.fit(make_sentences([[0, 1]], [-1, -1]), Hints(classes=2))
    assert outcome == Skipped("no training step has a label")
