"""The law of streams: after every reading the answer is that of a file which ends with it."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest

import seqloom
from seqloom.artifact import load
from seqloom.errors import DataError, SettingsError
from seqloom.live import Reading, Stepper, arrival
from tests.live.conftest import classes, values

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
                memory = stepper.decoded(memory.encode(), key)
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
    for name, column in expected.items():
        own = np.atleast_1d(np.array(answer[name]))
        if column.dtype.kind == "f":
            np.testing.assert_allclose(own.astype(float), column, err_msg=name, **TOLERANCE)
        else:
            assert own.astype(str).tolist() == column.astype(str).tolist(), name


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


def test_many_readings_at_once_are_answered_as_one_by_one(case):
    """Streams of different length side by side, in pieces of any size, from memories that were stored."""
    model, table = case
    stepper, keys = Stepper(model.bundle_), ["s1", "s0", "s2"]
    expected = streamed(stepper, table, keys)
    every = {key: readings(table, key, stepper) for key in keys}
    memories, first = dict.fromkeys(keys, stepper.begin()), 0
    for last in (1, 4, 21, None):
        found = stepper.read(keys, list(memories.values()), [every[key][first:last] for key in keys])
        for key, stretch in zip(keys, found, strict=True):
            assert stretch.error is None
            told = expected[key][first:last]
            for answer, other in zip(stretch.answers, told, strict=True):
                same(answer, {name: np.atleast_1d(np.array(value)) for name, value in other.items()})
            memories[key] = stepper.decoded(stretch.memory.encode(), key)
        first = last


def test_what_is_carried_is_the_same_to_the_last_bit():
    """A recurrence knows nothing of the others that are read with it, nor of how many steps are read at once."""
    model, table = values()
    stepper, keys = Stepper(model.bundle_), ["s0", "s1", "s2"]
    every = [readings(table, key, stepper) for key in keys]
    together = stepper.read(keys, [stepper.begin()] * 3, every)
    for key, own, stretch in zip(keys, every, together, strict=True):
        memory = stepper.begin()
        for reading in own:
            (found,) = stepper.step([key], [memory], [reading])
            memory = found.memory
        assert memory.encode() == stretch.memory.encode()


def test_a_deterministic_stepper_gives_the_same_bits_whoever_else_is_read():
    """Also where a sum over steps depends on how they are added up; and after a restart in between."""
    model, table = classes("attention")
    stepper, keys = Stepper(model.bundle_, deterministic=True), ["s0", "s1", "s2"]
    every = [readings(table, key, stepper) for key in keys]
    together = stepper.read(keys, [stepper.begin()] * 3, every)
    for key, own, stretch in zip(keys, every, together, strict=True):
        memory, answers = stepper.begin(), []
        for first, last in ((0, 5), (5, 6), (6, None)):
            (found,) = stepper.read([key], [memory], [own[first:last]])
            memory = stepper.decoded(found.memory.encode(), key)
            answers.extend(found.answers)
        assert answers == list(stretch.answers)
        assert memory.encode() == stretch.memory.encode()


def test_a_stretch_ends_at_a_wrong_reading(values_model):
    """Those before it are answered, also where only the preparation finds out; other streams are read to their end."""
    model, table = values_model
    stepper = Stepper(model.bundle_)
    good = readings(table, "s0", stepper)[:9]
    for wrong in ({"a": "high"}, {"a": None}):
        bad = [*good[:6], good[6]._replace(values={**good[6].values, **wrong}), *good[7:]]
        one, other = stepper.read(["s0", "s1"], [stepper.begin()] * 2, [bad, good])
        assert (len(one.answers), one.memory.readings, len(other.answers), other.error) == (6, 6, 9, None)
        assert "column 'a'" in str(one.error)
        for answer, told in zip(one.answers, other.answers, strict=False):
            same(answer, {name: np.atleast_1d(value) for name, value in told.items()})
        assert one.times == [0.0, 1.0, 2.0, 3.0, 4.0, 5.0]


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
    bad = good._replace(values={**good.values, **wrong})
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
    short = second._replace(values={name: value for name, value in second.values.items() if name != "size"})
    (said,), (left_out,) = (stepper.step(["s3"], [found.memory], [reading]) for reading in (second, short))
    assert left_out.answer == said.answer
    (error,) = stepper.step(["s3"], [found.memory], [second._replace(values={**second.values, "size": 9.0})])
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


def test_texts_that_are_read_together_surprise_as_one_by_one():
    """A reading may have any number of tokens."""
    bundle = load(GOLDEN / "language.loom")
    stepper, (column,) = Stepper(bundle), bundle.schema.targets
    texts = [["so it", " was", ",", " and so"], ["t"], ["it is", "s"]]
    asked = [[Reading({column: piece}) for piece in own] for own in texts]
    names = ["a", "b", "c"]
    together = stepper.read(names, [stepper.begin()] * 3, asked)
    for name, own, stretch in zip(names, asked, together, strict=True):
        memory = stepper.begin()
        for reading, answer in zip(own, stretch.answers, strict=True):
            (one,) = stepper.step([name], [memory], [reading])
            memory = one.memory
            surprise, expected = answer.pop("surprise"), one.answer.pop("surprise")
            assert surprise == expected or surprise == pytest.approx(expected, rel=1e-5)
            same(answer, {key: np.atleast_1d(value) for key, value in one.answer.items()})


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
