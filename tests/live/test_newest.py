from dataclasses import replace

import numpy as np
import pytest
import torch

from seqloom.artifact import load
from seqloom.errors import DataError
from seqloom.live import Reading, Stepper
from seqloom.live.newest import Newest
from seqloom.live.table import table
from tests.live.test_stepper import GOLDEN


@pytest.fixture(scope="module")
def stepper():
    """A model of characters."""
    return Stepper(load(GOLDEN / "language.loom"))


def newest(stepper, texts):
    """The new steps of streams with these pieces of text."""
    (column,) = stepper.form.schema.targets
    readings = [[Reading({column: piece}) for piece in pieces] for pieces in texts.values()]
    arrivals = stepper.reception.receive(list(texts), [stepper.begin()] * len(texts), readings)
    dataset = table(stepper.form, arrivals)
    return Newest.of(dataset, stepper.pipeline.transform(dataset), arrivals)


def test_readings_are_stretches_of_steps(stepper):
    """Of a text one step for each token."""
    found = newest(stepper, {"a": ["so", "it"], "b": ["t"]})
    assert found.stream.tolist() == [0, 0, 1]
    assert found.steps.tolist() == [2, 2, 1]
    assert found.stops.tolist() == [2, 4, 5]
    assert (found.examples.start.tolist(), found.examples.stop.tolist()) == ([0, 4], [4, 5])
    assert (found.ends.sequence.tolist(), found.ends.start.tolist()) == ([0, 0, 1], [1, 3, 4])


def test_what_is_asked_is_the_last_step_of_each_reading(stepper):
    """In packed rows, the longest stream first; every row belongs to the reading it was read for."""
    found = newest(stepper, {"a": ["s"], "b": ["so", "it"]})
    batch = found.examples.batch(np.arange(2))
    asked = found.asked(batch)
    assert batch.order.tolist() == [1, 0]
    assert batch.numbers.sizes.tolist() == [2, 1, 1, 1]  # b and a, then b alone
    assert asked.rows.tolist() == [1, 2, 4]
    assert asked.owner.tolist() == [1, 0, 1, 2, 2]


def test_one_step_of_each_stream_is_a_reading_by_itself(stepper):
    """In packed rows and in the order of the streams."""
    found = newest(stepper, {"a": ["s"], "b": ["o"], "c": ["i"]})
    batch = replace(found.examples.batch(np.arange(3)), order=torch.tensor([2, 0, 1]))
    asked = found.asked(batch)
    assert (asked.rows.tolist(), asked.owner.tolist()) == ([1, 2, 0], [2, 0, 1])


def test_a_text_without_a_token_is_no_reading(stepper):
    """Nothing could be asked after it."""
    with pytest.raises(DataError, match="expected a text with a token, came none"):
        newest(stepper, {"a": ["s", ""]})
