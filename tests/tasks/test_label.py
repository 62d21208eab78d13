"""The task of labels."""

from copy import deepcopy

import numpy as np
import pytest
import torch

from seqloom.estimators import FitSettings, fit_dataset, plan
from seqloom.prepare import whole_sequences
from seqloom.read import ReadSettings, from_arrays
from seqloom.tasks.label import LABEL, calibrate, outcome, reading

TRUTH = np.array([[k % 2, k % 9 == 0, k == 0] for k in range(60)], dtype=np.float64)
SETTINGS = FitSettings.flat({"task": "label", "epochs": 1, "hidden_size": 4, "threads": 1, "members": 1})


@pytest.fixture(scope="module")
def dataset():
    """Sequences with three labels, one of them in half, one in a ninth, one in a single one of them."""
    sequences = [np.random.default_rng(k).normal(k % 2, 0.3, 4 + k % 3) for k in range(60)]
    return from_arrays(sequences, {name: TRUTH[:, k] for k, name in enumerate("abc")})


@pytest.fixture
def untrained(dataset):
    """A model that is not trained, and examples to measure it on."""
    planned = plan(dataset, SETTINGS, test=dataset)
    everything = whole_sequences(planned.pipeline.transform(dataset))
    return planned.fresh(everything), everything


def test_labels_come_with_their_series(dataset):
    """A worst case is drawn from its own rows, beside its true labels."""
    judged = fit_dataset(dataset, SETTINGS).judged
    shown, examples = outcome(judged.answered), judged.examples
    assert [len(shown.series(row)) for row in range(len(examples))] == examples.lengths.tolist()
    np.testing.assert_array_equal(shown.truth, examples.truth())


def test_one_column_is_read_as_names_and_several_as_they_are():
    """Columns of 0 and 1 are no names; a sequence has its labels once either way."""
    assert reading(ReadSettings(target="a")) == {"per_step_target": False, "categories": ("a",)}
    assert reading(ReadSettings(target="a,b")) == {"per_step_target": False}


def test_each_label_gets_a_threshold_where_enough_sequences_have_it(untrained):
    """One half where one sequence alone has it; the same when it is measured again."""
    model, examples = untrained
    calibrate(model, examples)
    first = model.thresholds.tolist()
    assert first[2] == 0.5 not in first[:2]
    assert first[1] < first[0]
    calibrate(model, examples)
    assert model.thresholds.tolist() == pytest.approx(first)


def test_one_half_can_be_asked_for_of_every_label(untrained):
    """Then the temperature alone is measured."""
    model, examples = untrained
    model.settings = model.settings.model_copy(update={"threshold": "half"})
    calibrate(model, examples)
    assert model.thresholds.tolist() == [0.5] * 3
    assert model.temperature != 1


def test_what_was_measured_can_be_adopted(untrained):
    """A model trained anew has seen the validation part."""
    model, examples = untrained
    other = deepcopy(model)
    calibrate(model, examples)
    LABEL.adopt(other, model)
    assert torch.equal(other.thresholds, model.thresholds)
    assert other.temperature == model.temperature
