"""Parts of a data set read as live streams would be."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

import seqloom
from seqloom.live import LiveStreams, Stepper, played
from seqloom.live import play as played_module
from seqloom.live.example import readings
from seqloom.store import MemoryStore
from tests.live.conftest import forecasts, tags, values


def live(bundle, dataset, sequence, first, stop):
    """What an engine answers, and how large it says the state was."""
    stepper = Stepper(bundle)
    ahead = stepper.model.sizes.horizon
    with LiveStreams(replace(bundle, digest="f" * 64), store := MemoryStore(), records=True) as streams:
        name = str(dataset.keys[sequence])
        said = [
            streams.step(one.values, time=one.time, stream=name)
            for one in readings(stepper.form, dataset, sequence, first, stop, ahead)
        ]
        return said, [record.norm for record in store.records()]


def close(one, other):
    """Whether two answers are the same, to single precision."""
    assert one.keys() == other.keys()
    for name, value in one.items():
        if isinstance(value, str) or value is None or (isinstance(value, list) and isinstance(value[0], str)):
            assert value == other[name]
        else:
            assert value == pytest.approx(other[name], rel=1e-4, abs=1e-5)


@pytest.mark.parametrize("make", [tags, values, forecasts])
def test_they_are_answered_as_the_engine_answers(make):
    """Sequences that begin in the part, from their first reading to the last; anomalies and sizes of states, too."""
    estimator, _ = make()
    bundle, dataset = estimator.bundle_, estimator.fitted_.walked.parts.dataset
    spans = np.stack([dataset.offsets[:-1], dataset.offsets[1:]], axis=1)
    spans[1:, 1] = spans[1:, 0]
    found = played(bundle, dataset, spans)
    said, norms = live(bundle, dataset, 0, *spans[0].tolist())
    assert len(found.told[0].answers) == len(said)
    for one, other in zip(found.told[0].answers, said, strict=True):
        close(one, other)
    assert found.told[0].norms == [None if norm is None else pytest.approx(norm, rel=1e-4) for norm in norms]
    assert found.longest == (None if make is forecasts else len(said))


def test_a_part_that_goes_on_is_read_as_if_the_stream_had_been_under_way():
    """A window before it where the model looks back at one: no answer waits, and each is that of the whole stream."""
    estimator, _ = forecasts()
    bundle, dataset = estimator.bundle_, estimator.fitted_.walked.parts.dataset
    spans = estimator.fitted_.walked.parts.split.spans("validation")
    found = played(bundle, dataset, spans)
    first, stop = spans[0].tolist()
    said, _ = live(bundle, dataset, 0, 0, stop)
    assert found.settled == 0
    for one, other in zip(found.told[0].answers, said[first:], strict=True):
        close(one, other)


def test_pieces_of_a_long_part_say_what_the_whole_would():
    """What was longer ago than the readings before a piece hardly matters."""
    rng = np.random.default_rng(0)
    values = rng.normal(size=1500)
    state = np.where(np.convolve(values, [1.0, 0.5, 0.25])[:1500] > 0, "up", "down")
    table = pl.DataFrame({"at": np.arange(1500.0), "x": values, "state": state})
    settings = {"bidirectional": False, "time": "at"}
    fitted = seqloom.Tagger(hidden_size=4, epochs=1, settings=settings).fit(table, target="state").fitted_
    bundle, dataset = fitted.bundle, fitted.walked.parts.dataset
    found = played(bundle, dataset, np.array([[900, 1400]]))
    said, norms = live(bundle, dataset, 0, 0, 1400)
    assert (found.settled, found.longest) == (played_module.WARM, None)
    for one, other in zip(found.told[0].answers, said[900:], strict=True):
        close(one, other)
    assert found.told[0].norms == [pytest.approx(norm, rel=1e-3) for norm in norms[900:]]


def test_of_many_sequences_some_are_read(monkeypatch, values_model):
    """Those that lie evenly among them."""
    monkeypatch.setattr(played_module, "STREAMS", 3)
    estimator, _ = values_model
    dataset = estimator.fitted_.walked.parts.dataset
    spans = np.stack([dataset.offsets[:-1], dataset.offsets[1:]], axis=1)
    found = played(estimator.bundle_, dataset, spans)
    assert [len(one.answers) for one in found.told] == [int(dataset.lengths[one]) for one in (0, 6, 11)]


def test_what_would_take_too_long_is_not_played(monkeypatch, values_model):
    """Nor what the model cannot read."""
    estimator, _ = values_model
    dataset = estimator.fitted_.walked.parts.dataset
    spans = np.stack([dataset.offsets[:-1], dataset.offsets[1:]], axis=1)
    broken = {**dataset.steps, "a": np.full(dataset.total_steps, np.inf)}
    assert played(estimator.bundle_, replace(dataset, steps=broken), spans).told == ()
    monkeypatch.setattr(played_module, "LONGEST", 5)
    assert played(estimator.bundle_, dataset, spans).told == ()
