"""What is explained."""

import numpy as np

from seqloom.explain import ExplainSettings
from seqloom.explain.subject import columns_of, subject_of


def test_long_texts_are_cut(made):
    """Into stretches, of which some are drawn; both is said."""
    model, (texts,) = made("language")
    dataset = model._load_like_training([text * 5 for text in texts])
    subject = subject_of(model.bundle_, dataset, ExplainSettings(sequences=3, close=2))
    assert subject.examples.lengths.max() == 256
    assert len(subject.examples) == 3
    assert not subject.examples.carried
    assert len(subject.notes) == 3
    assert "cut into stretches" in subject.notes[0]
    assert "".join(subject.tokens(subject.examples, 0))[:4].strip()


def test_windows_of_a_forecast_are_drawn(made):
    """In order; the truth is known."""
    model, data = made("forecast")
    dataset = model._load_like_training(*data)
    subject = subject_of(model.bundle_, dataset, ExplainSettings(sequences=5, close=4))
    assert len(subject.examples) == 5
    assert (np.diff(subject.examples.stop) > 0).all()
    assert subject.known
    assert subject.tokens(subject.examples, 0) is None


def test_columns_are_given_sequence_by_sequence(made):
    """Numbers as such, labels by name."""
    model, data = made("events")
    dataset = model._load_like_training(*data)
    found = columns_of(dataset, {"kind": True, "nothing": False})
    assert len(found["kind"]) == 8
    assert found["kind"][0][:3] == ["open", "read", "close"]
    assert "nothing" not in found
