"""A model that follows another one's records: the same readings, memories of its own."""

from dataclasses import replace

import numpy as np
import orjson
import pytest

from seqloom.live import Call, LiveStreams, Shadow, Stepper
from seqloom.store import MemoryStore
from tests.live.conftest import forecasts
from tests.live.test_stepper import readings, same


@pytest.fixture
def records(values_model):
    """What a model answered in two streams, reading by reading."""
    return recorded(*values_model)


def recorded(model, table, streams=("s0", "s1")):
    """The records of these streams in the order they were made."""
    bundle, store = replace(model.bundle_, digest="c" * 64), MemoryStore()
    live, stepper = LiveStreams(bundle, store, records=True), Stepper(bundle)
    for pair in zip(*(readings(table, name, stepper) for name in streams), strict=False):
        live.read([Call(name, [reading]) for name, reading in zip(streams, pair, strict=True)])
    return list(store.records())


def answers(found):
    """What was answered, by stream and number."""
    return {(record.stream, record.seq): orjson.loads(record.prediction) for record in found}


def test_a_shadow_of_the_same_model_answers_alike(case):
    """Whatever the task, all at once and in pieces of any size, with the anomaly of a reading where there is one."""
    model, table = case
    made = recorded(model, table)
    whole = Shadow(model.bundle_).follow(made)
    assert [(one.stream, one.seq, one.inputs) for one in whole] == [(one.stream, one.seq, one.inputs) for one in made]
    pieces = Shadow(model.bundle_)
    parts = [one for first in range(0, len(made), 7) for one in pieces.follow(made[first : first + 7])]
    for found in (whole, parts):
        for key, answer in answers(made).items():
            scores = {name: value for name, value in answer.items() if name.endswith("_anomaly")}
            said = answers(found)[key]
            for name, score in scores.items():
                assert said.pop(name) == (None if score is None else pytest.approx(score, rel=1e-3, abs=1e-5))
            told = {name: value for name, value in answer.items() if name not in scores}
            same(said, {name: np.atleast_1d(np.array(value)) for name, value in told.items()})


def test_a_shadow_has_its_own_digest_and_leaves_the_rest(values_model, records):
    """Time, inputs, epoch and what came true are those of the record."""
    bundle = replace(values_model[0].bundle_, digest="d" * 64)
    told = [record._replace(truth=b"1") for record in records]
    for before, after in zip(told, Shadow(bundle).follow(told), strict=True):
        assert after == before._replace(digest="d" * 64, prediction=after.prediction, norm=after.norm)


def test_a_stream_begins_with_the_first_record_that_is_seen(values_model, records):
    """As if it had begun there."""
    own = [record for record in records if record.stream == "s0"]
    late = Shadow(values_model[0].bundle_).follow(own[5:])
    fresh = Shadow(values_model[0].bundle_).follow([one._replace(seq=one.seq - 5) for one in own[5:]])
    assert [one.prediction for one in late] == [one.prediction for one in fresh]
    assert late[0].prediction != Shadow(values_model[0].bundle_).follow(own)[5].prediction


@pytest.mark.parametrize("change", ["gap", "epoch", "repeat"])
def test_a_record_that_does_not_follow_begins_the_stream_anew(values_model, records, change):
    """A gap in its numbers, another epoch, a number that was there before."""
    own = [record for record in records if record.stream == "s0"]
    later = {
        "gap": own[6:],
        "epoch": [one._replace(epoch=1) for one in own[5:]],
        "repeat": own[3:],
    }[change]
    shadow, anew = (Shadow(values_model[0].bundle_) for _ in range(2))
    together = shadow.follow([*own[:5], *later])[5:]
    assert [one.prediction for one in together] == [one.prediction for one in anew.follow(later)]
    assert shadow.followed("s0") == len(later)


@pytest.mark.parametrize("inputs", [b'{"values": {"a": "much"}}', b"{", b'{"time": 1}', b"[]"])
def test_a_reading_that_cannot_be_used_is_left_out(values_model, records, inputs):
    """The stream begins anew after it; others go on."""
    broken = [one._replace(inputs=inputs) if (one.stream, one.seq) == ("s0", 4) else one for one in records]
    shadow = Shadow(values_model[0].bundle_)
    found = shadow.follow(broken)
    assert [(one.stream, one.seq) for one in found] == [
        (one.stream, one.seq) for one in records if (one.stream, one.seq) != ("s0", 4)
    ]
    kept, whole = answers(found), answers(Shadow(values_model[0].bundle_).follow(records))
    assert all(kept[key] == pytest.approx(whole[key]) for key in kept if key[0] == "s1" or key[1] < 4)
    assert shadow.followed("s0") == len([one for one in records if one.stream == "s0"]) - 5


def test_a_bad_reading_at_the_end_leaves_the_stream_unknown(values_model, records):
    """Until its next one."""
    own = [record for record in records if record.stream == "s0"]
    shadow = Shadow(values_model[0].bundle_)
    shadow.follow([*own[:3], own[3]._replace(inputs=b"{")])
    assert shadow.followed("s0") == 0
    shadow.follow(own[4:6])
    assert shadow.followed("s0") == 2


def test_streams_are_bounded(values_model):
    """Those not read for longest are forgotten, and begin anew when they come again."""
    model, table = values_model
    made = recorded(model, table, ("s0", "s1", "s2"))
    shadow = Shadow(model.bundle_, most=2)
    shadow.follow(made)
    assert len(shadow) == 2
    assert (shadow.followed("s0"), shadow.followed("s2") > 0) == (0, True)
    last = made[-3]._replace(stream="s0", seq=made[-3].seq + 1)
    shadow.follow([last])
    assert (shadow.followed("s0"), shadow.followed("s1")) == (1, 0)


def test_a_shadow_says_how_large_its_own_state_is(values_model, records):
    """After the last of the readings that were read together, as the records of a model do."""
    shadow = Shadow(values_model[0].bundle_)
    one_by_one = [found for record in records for found in shadow.follow([record])]
    for found, record in zip(one_by_one, records, strict=True):
        assert found.norm == pytest.approx(record.norm, rel=1e-5)
    together = Shadow(values_model[0].bundle_).follow(records)
    assert [found.norm is not None for found in together] == [False] * (len(records) - 2) + [True] * 2


def test_a_stream_that_begins_anew_has_no_anomaly_until_something_was_forecast():
    """What was forecast for another reading is no measure."""
    model, table = forecasts()
    own = [record for record in recorded(model, table) if record.stream == "s0"]
    shadow = Shadow(model.bundle_)
    found = [orjson.loads(one.prediction) for one in shadow.follow([*own[:20], *own[25:]])]
    scores = ["a_anomaly" in answer for answer in found]
    assert scores[:20] == [place > 7 for place in range(20)]
    assert scores[20:] == [place > 7 for place in range(len(own) - 25)]
