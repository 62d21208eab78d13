"""The task of events."""

from itertools import pairwise

import numpy as np
import pytest

from seqloom import EventPredictor
from seqloom.read import ReadSettings
from seqloom.tasks.events import EVENTS, SHOWN_EVENTS, calibrate, outcome

KINDS = ["open", "read", "close"] * 12


@pytest.fixture(scope="module")
def fitted():
    """A model of one user's events."""
    log = {"user": ["u"] * len(KINDS), "second": np.arange(len(KINDS), dtype=float).tolist(), "kind": KINDS}
    model = EventPredictor(hidden_size=4, epochs=1, settings={"members": 1, "threads": 1})
    return model.fit(log, target="kind", time="second", group="user").fitted_


def test_each_event_comes_with_those_before_it(fitted):
    """What came follows the last of the four events before it in the given order."""
    shown = outcome(fitted.judged.answered)
    assert shown.before.shape == (len(shown.truth.types), SHOWN_EVENTS)
    types = list(fitted.judged.prediction.types)
    follows = {types.index(one): types.index(next_) for one, next_ in pairwise(KINDS)}
    assert [follows[int(last)] for last in shown.before[:, -1]] == shown.truth.types.tolist()


def test_calibrating_twice_changes_nothing(fitted):
    """The temperature is measured from the bare scores."""
    model = fitted.walked.model
    calibrate(model, fitted.walked.examples["validation"])
    before = float(model.temperature)
    calibrate(model, fitted.walked.examples["validation"])
    assert float(model.temperature) == before


def test_types_are_labels_that_may_share_a_time():
    """The reader is told so."""
    asked = EVENTS.reading(ReadSettings(target="kind"))
    assert asked == {"per_step_target": True, "ties": True, "categories": ("kind",)}
