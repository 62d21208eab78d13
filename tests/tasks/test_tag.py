"""The task of tags."""

import numpy as np
import pytest

from seqloom import Tagger
from seqloom.read import ReadSettings, from_arrays, read
from seqloom.tasks.tag import TAG, calibrate, outcome, poses

SENTENCES = [["the", "dog", "barks"], ["a", "cat"]] * 10
TAGS = [["DET", "NOUN", "VERB"], ["DET", "NOUN"]] * 10


@pytest.fixture(scope="module")
def fitted():
    """A tagger of two sentences."""
    return Tagger(hidden_size=4, epochs=1, settings={"threads": 1}).fit(SENTENCES, TAGS).fitted_


def test_every_step_comes_with_its_tag(fitted):
    """The true tags are those that were given, sentence by sentence."""
    answered = fitted.judged.answered
    shown = outcome(answered)
    true = np.array(fitted.bundle.pipeline.classes)[shown.truth].tolist()
    keys = answered.examples.keys().tolist()
    assert true == [tag for key in keys for tag in TAGS[int(key)]]


def test_calibrating_twice_changes_nothing(fitted):
    """The temperature is measured from the bare scores."""
    model = fitted.walked.model
    calibrate(model, fitted.walked.examples["validation"])
    before = float(model.temperature)
    calibrate(model, fitted.walked.examples["validation"])
    assert float(model.temperature) == before


def test_labels_per_step_pose_it():
    """Labels of whole sequences do not."""
    steps = read({"s": [0, 0, 1], "w": list("abc"), "t": list("xyx")}, settings=ReadSettings(target="t", group="s"))
    assert poses(steps.schema)
    assert not poses(from_arrays([np.zeros(3), np.ones(2)], ["a", "b"]).schema)


def test_chains_are_its_own():
    """Only tags listen to `crf`."""
    assert "crf" in TAG.listens
