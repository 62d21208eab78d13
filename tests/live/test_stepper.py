"""The law of streams: after every reading the answer is that of a file which ends with it."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest

import seqloom
from seqloom.artifact import load
from seqloom.errors import DataError, SettingsError
from seqloom.live import Memory, Reading, Stepper, arrival

GOLDEN = Path(__file__).parents[1] / "artifact" / "golden"
TOLERANCE = {"rtol": 1e-5, "atol": 1e-5}
"""Sums of float32 products in another order, twenty steps long."""


def readings(table, key, stepper):
    """The rows of one sequence, as a client would send them; without the targets nobody has to give."""
    rows = table.filter(pl.col("id") == key).drop("id").to_dicts()
    unasked = stepper.form.unasked
    return [
        Reading({name: value for name, value in row.items() if name not in ("at", *unasked)}, row["at"]) for row in rows
    ]


def streamed(stepper, table, keys, *, stored=False):
    """All answers of some streams that are read side by side, as lists."""
    every = {key: readings(table, key, stepper) for key in keys}
    memories, answers = {key: stepper.begin() for key in keys}, {key: [] for key in keys}
    for step in range(max(map(len, every.values()))):
        alive = [key for key in keys if step < len(every[key])]
        found = stepper.step(alive, [memories[key] for key in alive], [every[key][step] for key in alive])
        for key, one in zip(alive, found, strict=True):
            memory = one.memory
            if stored:
                memory = Memory.decode(memory.encode(), stepper.form, stepper.width, key)
            memories[key] = memory
            answers[key].append(one.answer)
    return answers


def predicted(model, table, key, step):
    """What is predicted for a file that ends with this step: the last row, or all of a forecast."""
    rows = table.filter(pl.col("id") == key).head(step + 1)
    columns = model.answer(rows).to_columns()
    last = slice(None) if model.task == "forecast" else slice(-1, None)
    return {name: values[last] for name, values in columns.items() if name not in ("sequence", "step")}


def same(answer, expected):
    """Compare an answer with columns."""
    assert set(answer) == set(expected)
    for name, values in expected.items():
        own = np.atleast_1d(np.array(answer[name]))
        if values.dtype.kind == "f":
            np.testing.assert_allclose(own.astype(float), values, err_msg=name, **TOLERANCE)
        else:
            assert own.astype(str).tolist() == values.astype(str).tolist(), name


def test_an_answer_is_that_of_a_file_which_ends_with_the_reading(case):
    """Whatever the task, the network and the gaps; with memories that were stored in between."""
    model, table = case
    answers = streamed(Stepper(model.bundle_), table, ["s0", "s1", "s2"], stored=True)
    for key in ("s0", "s2"):
        for step in (0, 1, 2, 7, 8, 9, len(answers[key]) - 1):
            if "waiting" not in answers[key][step]:
                same(answers[key][step], predicted(model, table, key, step))
    assert "waiting" not in answers["s2"][-1]


def test_streams_do_not_know_of_each_other(case):
    """Read one by one they are answered as side by side."""
    model, table = case
    stepper = Stepper(model.bundle_)
    together = streamed(stepper, table, ["s2", "s0", "s1"])
    for key in ("s0", "s2"):
        alone = streamed(stepper, table, [key])[key]
        for one, other in zip(alone, together[key], strict=True):
            same(one, {name: np.atleast_1d(np.array(value)) for name, value in other.items()})


def test_a_forecast_waits_for_a_whole_lookback():
    """Until then the answer says how many readings are missing."""
    rng = np.random.default_rng(0)
    table = pl.DataFrame({"at": np.arange(60.0), "load": rng.normal(size=60)})
    model = seqloom.Forecaster(horizon=2, lookback=6, hidden_size=4, epochs=1).fit(table, target="load", time="at")
    stepper = Stepper(model.bundle_)
    memory, waiting = stepper.begin(), []
    for step in range(7):
        (found,) = stepper.step(["one"], [memory], [Reading({"load": float(table["load"][step])}, float(step))])
        memory = found.memory
        waiting.append(found.answer.get("waiting"))
    assert waiting == [5, 4, 3, 2, 1, None, None]
    assert found.answer["time"] == [7.0, 8.0]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"a": "high"}, r"stream 'bad', reading 0, column 'a': expected a number, came 'high'"),
        ({"a": float("inf")}, r"column 'a': expected a finite number, came inf"),
        ({"a": 10**400}, r"column 'a': expected a finite number"),
        ({"c": 1.0}, r"expected one of .*a, at|expected one of a, b, .*, came the column 'c'"),
        ({"a": None}, r"stream 'bad', column 'a', row 1: expected a value, came a missing one"),
        ({"mode": "asleep"}, r"column 'mode': expected one of the 3 categories .*'asleep'"),
        ({"mode": 1.5}, r"column 'mode': expected a text, came 1.5"),
    ],
)
def test_a_wrong_reading_stops_its_own_stream_alone(wrong, message, values_model):
    """It is named with its column, and the others go on."""
    model, table = values_model
    stepper = Stepper(model.bundle_)
    good = readings(table, "s0", stepper)[0]
    bad = replace(good, values={**good.values, **wrong})
    first, error, last = stepper.step(["s0", "bad", "s1"], [stepper.begin()] * 3, [good, bad, good])
    assert isinstance(error, DataError)
    with pytest.raises(DataError, match=message):
        raise error
    same(first.answer, {name: np.atleast_1d(value) for name, value in last.answer.items()})


def test_time_goes_forward(values_model):
    """A reading of an earlier or of the same time is refused."""
    model, table = values_model
    stepper = Stepper(model.bundle_)
    first, second = readings(table, "s0", stepper)[:2]
    (found,) = stepper.step(["s0"], [stepper.begin()], [second])
    for reading in (first, second):
        (error,) = stepper.step(["s0"], [found.memory], [reading])
        assert isinstance(error, DataError)
        assert "expected a time after that of the reading before" in str(error)


def test_what_a_stream_is_may_be_left_out_after_its_first_reading(values_model):
    """It is remembered; another value is refused."""
    model, table = values_model
    stepper = Stepper(model.bundle_)
    first, second = readings(table, "s3", stepper)[:2]
    (found,) = stepper.step(["s3"], [stepper.begin()], [first])
    short = replace(second, values={name: value for name, value in second.values.items() if name != "size"})
    (said,), (left_out,) = (stepper.step(["s3"], [found.memory], [reading]) for reading in (second, short))
    assert left_out.answer == said.answer
    (error,) = stepper.step(["s3"], [found.memory], [replace(second, values={**second.values, "size": 9.0})])
    assert "size: expected the values of the first reading, came others" in str(error)


def test_many_steps_are_those_of_the_whole_sequence(values_model):
    """Carried step by step, through memories that were stored, no error adds up."""
    model, table = values_model
    rows = pl.concat([table.filter(pl.col("id") == "s0").drop("at")] * 20).head(400)
    rows = rows.with_columns(at=pl.Series(np.arange(400.0)))
    stepper = Stepper(model.bundle_)
    answers = streamed(stepper, rows, ["s0"], stored=True)["s0"]
    whole = model.answer(rows).to_columns()["level"]
    np.testing.assert_allclose([answer["level"] for answer in answers], whole, **TOLERANCE)


@pytest.mark.parametrize("task", ["music", "images", "transcribe", "translate"])
def test_models_that_do_not_answer_reading_by_reading_are_refused(task):
    """The message says why, and what to use."""
    with pytest.raises(SettingsError, match=r"expected a model that answers reading by reading, came .*`predict`"):
        Stepper(load(GOLDEN / f"{task}.loom"))


def test_a_text_is_told_on_as_it_comes():
    """Surprise is that of the tokens in one pass; whole words or single letters make no difference."""
    bundle = load(GOLDEN / "language.loom")
    stepper, text = Stepper(bundle), "so it was, and so it is"
    (column,) = bundle.schema.targets
    found = []
    for pieces in (list(text), ["so it", " was, ", "and so it is"]):
        memory = stepper.begin()
        for piece in pieces:
            (one,) = stepper.step(["one"], [memory], [Reading({column: piece})])
            memory = one.memory
        found.append(one.answer)
    one, other = (answer | {"surprise": 0} for answer in found)
    same(one, {name: np.atleast_1d(value) for name, value in other.items()})
    one_by_one, memory = [], stepper.begin()
    for letter in text:
        (one,) = stepper.step(["one"], [memory], [Reading({column: letter})])
        memory = one.memory
        one_by_one.append(one.answer["surprise"])
    model = seqloom.load(GOLDEN / "language.loom")
    expected = -model.answer([text]).log_probabilities
    assert one_by_one[0] is None
    np.testing.assert_allclose(one_by_one[1:], expected, **TOLERANCE)


def test_a_reading_without_a_token_is_refused():
    """Nothing was read, so nothing can be said."""
    bundle = load(GOLDEN / "language.loom")
    stepper = Stepper(bundle)
    (error,) = stepper.step(["one"], [stepper.begin()], [Reading({bundle.schema.targets[0]: ""})])
    assert "stream 'one': expected a text with a token, came none" in str(error)


def test_columns_known_ahead_are_given_ahead():
    """A forecast that needs them says how many steps it needs."""
    bundle = load(GOLDEN / "forecast.loom")
    stepper = Stepper(bundle)
    known = stepper.form.known
    values = dict.fromkeys(stepper.form.numbers, 1.0) | dict.fromkeys(stepper.form.listed)
    (error,) = stepper.step(["one"], [stepper.begin()], [Reading(values, "2024-01-01")])
    assert f"ahead: expected the next {bundle.model.sizes.horizon} values of {', '.join(known)}, came 0" in str(error)


def test_a_model_of_whole_sequences_keeps_only_so_many_steps(monkeypatch):
    """The message says how to fit one that needs none."""
    monkeypatch.setattr(arrival, "MOST_KEPT", 3)
    rng = np.random.default_rng(0)
    series = [rng.normal(size=5) for _ in range(20)]
    model = seqloom.SequenceClassifier(hidden_size=4, epochs=1).fit(series, ["a", "b"] * 10)
    stepper = Stepper(model.bundle_)
    memory = stepper.begin()
    reading = Reading({stepper.form.numbers[0]: 0.5})
    for _ in range(3):
        (found,) = stepper.step(["one"], [memory], [reading])
        memory = found.memory
    (error,) = stepper.step(["one"], [memory], [reading])
    assert "at most 3 readings, since this model reads whole sequences, came one more" in str(error)
