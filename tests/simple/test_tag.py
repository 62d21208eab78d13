"""Simple taggers as models."""

import numpy as np

from seqloom.alternatives import Hints, LogisticTag, MajorityTag
from seqloom.model import InputSizes, ModelSettings, last_outputs, outputs
from seqloom.simple.tag import SimpleTag

SIZES = InputSizes(numbers=1, classes=("a", "b"), per_step=True)


def test_the_last_steps_are_answered_as_among_all(make_sequences):
    """Only fewer of them."""
    drawn = np.random.default_rng(0)
    numbers, targets = [drawn.normal(size=(n, 1)) for n in (4, 2)], np.array([0, 1, 1, 0, 0, 1])
    examples = make_sequences(*numbers, targets=targets, labelled_steps=True)
    model = SimpleTag(ModelSettings(method="logistic"), SIZES, LogisticTag.fit(examples, Hints(classes=2)))
    found = outputs(model, examples)["probabilities"]
    assert found.shape == (6, 2)
    np.testing.assert_array_equal(last_outputs(model, examples)["probabilities"], found[[3, 5]])


def test_a_stream_keeps_one_step():
    """Most methods look at no others."""
    model = SimpleTag(ModelSettings(method="majority"), SIZES, MajorityTag(np.array([0.5, 0.5])))
    assert (model.reach, model.fewest) == (1, 1)


def test_a_threshold_is_kept_where_one_is_asked_for():
    """As by a network: of two classes, measured on the validation part."""
    method = MajorityTag(np.array([0.9, 0.1]))
    asked, not_asked = (
        SimpleTag(ModelSettings(method="majority", threshold=how), SIZES, method) for how in ("f1", None)
    )
    assert asked.state_dict().keys() == {"temperature", "threshold"}
    assert not_asked.state_dict().keys() == {"temperature"}
