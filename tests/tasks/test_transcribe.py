"""The task of transcripts."""

import numpy as np
import pytest

from seqloom import Transcriber
from seqloom.sequence import Column, Schema
from seqloom.tasks.transcribe import outcome, poses

WORDS = ["ab", "ba", "a", "b"] * 8


@pytest.fixture(scope="module")
def fitted():
    """A model of numbers that spell words."""
    drawn = np.random.default_rng(0)
    said = [np.repeat([1.0 if letter == "a" else -1.0 for letter in word], 4)[:, None] for word in WORDS]
    model = Transcriber(hidden_size=4, epochs=1, settings={"threads": 1, "bidirectional": False})
    return model.fit([values + drawn.normal(0, 0.1, values.shape) for values in said], WORDS).fitted_


def test_transcripts_come_with_what_was_said(fitted):
    """Texts and lengths are those of the sequences that were asked."""
    answered = fitted.judged.answered
    shown = outcome(answered)
    assert list(shown.truth) == [WORDS[int(key)] for key in answered.examples.keys().tolist()]
    assert list(shown.lengths) == answered.examples.lengths.tolist()


def test_a_text_of_numbers_poses_it():
    """A text of a text does not."""
    text = Column(name="en", kind="text", role="target")
    assert poses(Schema(columns=(Column(name="x", kind="number", role="past"), text), per_step_target=False))
    assert not poses(Schema(columns=(Column(name="de", kind="text", role="past"), text), per_step_target=False))
