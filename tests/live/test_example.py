"""Readings of the training data that an artifact carries."""

import numpy as np

from seqloom.artifact import load
from seqloom.live import Stepper, example
from seqloom.live.whole import read
from seqloom.sequence import Column, Schema, SequenceDataset


def test_every_model_answers_the_examples_it_carries(case, tmp_path):
    """With all its columns, as a stream that has seen enough."""
    stepper = Stepper(load(case[0].save(tmp_path / "model.loom")))
    name, readings = example(stepper.form, stepper.examples, stepper.model.sizes.horizon)
    (found,) = read(stepper, [(name, readings)])
    assert set(found.answer) != {"waiting"}
    assert found.answer


def test_they_are_written_as_a_client_writes_them(form):
    """Labels as texts, missing values as none, statics once, what is known ahead beside each reading."""
    columns = [("a", "number", "past"), ("b", "number", "known"), ("mode", "category", "past")]
    columns += [("said", "text", "past"), ("size", "number", "static"), ("make", "category", "static")]
    schema = Schema(columns=tuple(Column(name=name, kind=kind, role=role) for name, kind, role in columns))
    dataset = SequenceDataset(
        schema=schema,
        offsets=np.array([0, 1, 4]),
        steps={
            "a": np.array([9.0, 1.0, np.nan, 3.0]),
            "b": np.array([9.0, 4.0, 5.0, 6.0]),
            "mode": np.array([0, 1, -1, 0]),
            "said": np.array([0, 0, 1, 0]),
        },
        statics={"size": np.array([1.0, 2.5]), "make": np.array([0, 0])},
        categories={"mode": ("off", "on"), "said": ("x", "y"), "make": ("z",)},
        times=np.array(["2024-01-01", "2024-01-02", "2024-01-03", "2024-01-04"], "datetime64[us]"),
        keys=np.array(["short", "long"]),
    )
    name, (first, second) = example(form(schema=schema, known=("b",)), dataset, 1)
    assert name == "long"
    assert first.values == {"a": 1.0, "b": 4.0, "mode": "on", "said": "x", "size": 2.5, "make": "z"}
    assert second.values == {"a": None, "b": 5.0, "mode": None, "said": "y"}
    assert (first.time, second.ahead) == (np.datetime64("2024-01-02"), [{"b": 6.0}])
