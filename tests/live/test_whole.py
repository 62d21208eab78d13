"""Whole sequences, read at once."""

import pytest

import seqloom
from seqloom.artifact import load
from seqloom.errors import DataError
from seqloom.live import Engine, Reading, Stepper, Whole
from seqloom.live.whole import read
from seqloom.store import MemoryStore

TOLERANCE = 2e-6
"""Sums in another order, in float32."""


@pytest.fixture(scope="module")
def stepper(case, tmp_path_factory):
    """A model of every kind."""
    return Stepper(load(case[0].save(tmp_path_factory.mktemp("model") / "model.loom")))


def sequences(stepper, table, count=3):
    """The first sequences of its data, as readings."""
    found = {}
    names = [name for name in stepper.form.names if name not in stepper.form.unasked]
    for row in table.rows(named=True):
        values = {name: row[name] for name in names if row.get(name) is not None}
        found.setdefault(row["id"], []).append(Reading(values, row.get("at")))
    return list(found.items())[:count]


def numbers(answer):
    """All values of an answer, in order."""
    return [one for value in answer.values() for one in (value if isinstance(value, list) else [value])]


def test_the_answer_is_that_of_a_stream_after_its_last_reading(case, stepper):
    """For every kind of model, within what float32 allows."""
    given = sequences(stepper, case[1])
    memories = {name: stepper.begin() for name, _ in given}
    answers = {}
    for name, readings in given:
        for reading in readings:
            (stepped,) = stepper.step([name], [memories[name]], [reading])
            memories[name], answers[name] = stepped.memory, stepped.answer
    for (name, _), found in zip(given, read(stepper, given), strict=True):
        assert found.answer.keys() == answers[name].keys()
        for one, other in zip(numbers(found.answer), numbers(answers[name]), strict=True):
            assert one == (pytest.approx(other, abs=TOLERANCE, rel=TOLERANCE) if isinstance(other, float) else other)


def test_a_text_is_answered_by_what_comes_next(tmp_path):
    """As a stream of its lines is."""
    path = tmp_path / "lines.txt"
    path.write_text("to be or not to be\nthat is the question\n" * 30, encoding="utf-8")
    settings = {"threads": 1, "batch_size": 4, "truncate": 16}
    stepper = Stepper(seqloom.LanguageModel(hidden_size=6, epochs=1, settings=settings).fit(path).bundle_)
    lines = [Reading({"text": "to be"}), Reading({"text": "or not"})]
    (stretch,) = stepper.read(["x"], [stepper.begin()], [lines])
    (found,) = read(stepper, [("x", lines)])
    assert found.answer == stretch.answers[-1]
    assert {"surprise", "next_1"} <= found.answer.keys()


def test_one_wrong_sequence_is_told_in_its_place(case, stepper):
    """The others are answered."""
    (name, readings), *others = sequences(stepper, case[1])
    wrong = [*readings[:3], Reading({"nobody": 1}, readings[3].time), *readings[4:]]
    first, *rest = read(stepper, [(name, wrong), *others])
    assert isinstance(first, DataError)
    assert "reading 3" in str(first)
    assert all(not isinstance(one, DataError) for one in rest)


def test_a_single_reading_is_a_sequence(case, stepper):
    """It is answered, or one is told how many are missing."""
    ((name, readings),) = sequences(stepper, case[1], 1)
    (found,) = read(stepper, [(name, readings[:1])])
    assert found.answer


def test_nothing_is_kept(values_model, tmp_path):
    """The operation concerns no stream, changes nothing, and is as long as its readings."""
    engine = Engine(load(values_model[0].save(tmp_path / "values.loom")), MemoryStore())
    given = sequences(engine.stepper, values_model[1], 2)
    work = Whole(given)
    done = work.operate(engine)
    assert (work.streams, work.size) == ((), sum(len(readings) for _, readings in given))
    assert (done.change.sessions, done.after, len(done.answer["sequences"])) == ((), {}, 2)
