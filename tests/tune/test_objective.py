"""What trials are compared by."""

import numpy as np
import pytest

from seqloom.model import predict
from seqloom.tune import Choice, Searched, Space
from seqloom.tune.objective import measure_for, name_of, validation_error

LOSS = Space((Searched("loss", Choice(("mse", "mae"))),))


@pytest.fixture
def planned(job):
    return job.plan({})


def test_the_criterion_is_known_anyway(space):
    """Where it measures the same for all trials, nothing more is computed."""
    assert (measure_for(space), name_of(space)) == (None, "validation criterion")


def test_a_loss_that_is_searched_is_not_what_is_compared_by():
    """An absolute error is not better than a squared one because its number is smaller."""
    assert measure_for(LOSS) is validation_error
    assert name_of(LOSS) == "mean error on the validation part"


def test_the_error_is_that_of_the_validation_part(planned):
    """The mean squared error in scaled units, computed here by hand."""
    model = planned.fresh(planned.examples["train"])
    examples = planned.examples["validation"]
    values = predict(model, planned.pipeline, examples).values
    scaled = planned.pipeline.scale_targets(values, examples.keys())
    expected = np.mean((scaled - examples.truth()) ** 2)
    assert validation_error(model, planned) == pytest.approx(expected, rel=1e-5)  # float32 truth
