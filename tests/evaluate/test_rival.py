"""Other nets beside a model."""

import numpy as np

from seqloom.alternatives import Alternatives
from seqloom.evaluate import MODEL, ClassTrial, Rival, judge
from seqloom.sequence import ClassPrediction


def said(right, classes):
    """A prediction that is sure, and right where it is said to be."""
    numbers = np.where(right, classes, 1 - classes)
    probabilities = np.where(np.arange(2) == numbers[:, None], 0.9, 0.1)
    return ClassPrediction(
        np.array(["a", "b"])[numbers], probabilities, ("a", "b"), np.arange(len(classes)).astype(str)
    )


def test_a_rival_is_compared_as_an_alternative_is(make_sequences):
    """A row of metrics, a comparison in pairs, and a place in the verdict."""
    classes = np.arange(60) % 2
    examples = make_sequences(*[np.zeros((3, 1))] * 60, targets=classes)
    model = ClassTrial(examples, said(np.arange(60) % 3 > 0, classes))
    better = ClassTrial(examples, said(np.ones(60, np.bool_), classes)).model()
    judgement = judge(model, Alternatives((), {}), rivals=[Rival("tcn", "a temporal convolutional net", better)])
    assert list(judgement.metrics) == [MODEL, "tcn"]
    assert judgement.metrics["tcn"]["accuracy"] == 1
    assert {comparison.alternative for comparison in judgement.comparisons} == {"tcn"}
    assert judgement.verdict.sentence.startswith("A temporal convolutional net beats the model")
