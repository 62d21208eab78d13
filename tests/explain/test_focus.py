"""Stretches that end where there is most to explain."""

from dataclasses import replace

import numpy as np

from seqloom.explain import ExplainSettings
from seqloom.explain.focus import CONTEXT, focused
from seqloom.explain.question import ask
from seqloom.explain.subject import subject_of
from seqloom.prepare import whole_sequences


def first_number(model, batch):
    """A row tells as much as its number is large."""
    return batch.numbers.values[:, 0]


def test_each_ends_where_it_tells_most(made):
    """Also where that is early, as long as some steps stand before it; the most telling comes first."""
    model, (wave,) = made("anomaly")
    examples = whole_sequences(model.bundle_.pipeline.transform(model._load_like_training(wave)))
    examples = replace(examples.take(np.array([0, 0])), start=np.array([0, 25]), stop=np.array([25, 60]))
    found = focused(model.bundle_.model, examples, first_number)
    values = examples.prepared.targets[:, 0]
    for example in range(2):
        first = int(examples.start[example]) + CONTEXT
        strange = first + int(values[first : int(examples.stop[example])].argmax())
        assert strange in (found.stop - 1).tolist()
    ends = values[found.stop - 1]
    assert ends[0] >= ends[1]


def test_a_moved_stretch_keeps_its_length(made):
    """It reads on into what stands before it, not beyond the beginning of its sequence."""
    model, (wave,) = made("anomaly")
    examples = whole_sequences(model.bundle_.pipeline.transform(model._load_like_training(wave)))
    examples = replace(examples.take(np.array([0, 0])), start=np.array([0, 30]), stop=np.array([30, 60]))
    found = focused(model.bundle_.model, examples, first_number)
    later = int(found.stop.argmax())
    assert 30 < found.stop[later] < 60
    assert found.stop[later] - found.start[later] == 30
    assert found.start.min() == 0


def test_anomalies_are_explained_where_they_are_strangest(made):
    """A spike in the middle of a series is what its explanation is about."""
    model, (wave,) = made("anomaly")
    dataset = model._load_like_training(wave | {"load": np.where(np.arange(60) == 30, 50.0, wave["load"])})
    subject = subject_of(model.bundle_, dataset, ExplainSettings())
    assert subject.close.stop.tolist() == [31]
    assert "strangest" in subject.notes[-1]
    assert float(ask(subject.model, subject.close).values[0]) > 1
