"""What goes into a model and what comes out of it, as tensors."""

import pytest

from seqloom.artifact import load
from seqloom.live import Engine
from seqloom.serve.inference.signature import Signing, Slot, inputs_of, outputs_of
from seqloom.store import MemoryStore
from tests.live.conftest import CASES, form_of


@pytest.fixture(scope="module", params=["classes, last", "values", "tags", "forecasts", "events"])
def found(request, tmp_path_factory):
    """The task of a model, its signature, and its estimator."""
    estimator, _ = CASES[request.param]()
    path = estimator.save(tmp_path_factory.mktemp("model") / "model.loom")
    engine = Engine(load(path), MemoryStore())
    return Signing().operate(engine).answer["signature"], engine


def test_inputs_are_the_columns_of_a_reading(found):
    """Numbers and texts for each reading, what the stream is once, and the time by the name it has in the data."""
    signature, engine = found
    form = engine.stepper.form
    assert set(signature.inputs) == {*form.numbers, *form.listed, *form.static_numbers, "at"}
    assert signature.inputs["a"] == Slot("a", "FP64")
    assert signature.inputs["at"] == Slot("at", "FP64")
    assert signature.inputs.get("mode", Slot("mode", "BYTES")) == Slot("mode", "BYTES")
    assert signature.inputs.get("size", Slot("size", "FP64", (1,))) == Slot("size", "FP64", (1,))
    assert (signature.time, signature.digest) == ("at", engine.digest)
    assert engine.digest.startswith(signature.version)


def test_outputs_are_the_columns_of_an_answer(found):
    """A row of them for each reading, or as many as a forecast has; a forecaster says how long it waits."""
    signature, engine = found
    outputs = {name: (slot.datatype, slot.shape) for name, slot in signature.outputs.items()}
    assert outputs.items() >= WANTED[engine.task].items()
    assert ("waiting" in outputs) == (engine.task == "forecast")


WANTED = {
    "classify": {"prediction": ("BYTES", (-1,)), "probability_odd": ("FP64", (-1,))},
    "regress": {"level": ("FP64", (-1,))},
    "tag": {"prediction": ("BYTES", (-1,)), "probability_low": ("FP64", (-1,))},
    "forecast": {"waiting": ("INT64", (-1,)), "a": ("FP64", (-1, 3)), "b_q95": ("FP64", (-1, 3))},
    "events": {"mode": ("BYTES", (-1,)), "gap": ("FP64", (-1,)), "a_q05": ("FP64", (-1,))},
}


def test_time_stamps_and_columns_known_ahead_are_inputs_too():
    """The latter with a value for each step of the horizon."""
    found = inputs_of(form_of("stamps", known=("b", "mode")), 4)
    assert found["time"] == Slot("time", "BYTES")
    assert found["b.ahead"] == Slot("b.ahead", "FP64", (-1, 4))
    assert found["mode.ahead"] == Slot("mode.ahead", "BYTES", (-1, 4))
    assert (found["said"].datatype, found["make"].shape) == ("BYTES", (1,))


def test_signing_concerns_no_stream(engine, store):
    """And moves none."""
    assert Signing().streams == ()
    assert set(outputs_of(engine)) == {"level"}
    assert store.commits == 0
