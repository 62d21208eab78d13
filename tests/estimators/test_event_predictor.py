"""The estimator that tells the next event."""

import numpy as np
import pytest

from seqloom import EventPredictor, load
from seqloom.errors import DataError, SchemaError, SettingsError
from seqloom.sequence import Gaps

QUICK = {"members": 1, "threads": 1}
ROLES = {"target": "kind", "time": "second", "group": "user"}


def log(kinds=("open", "read", "close"), times=30):
    """Two users who do the same things in turn, the first of them at the same second as the last."""
    count = len(kinds) * times
    second = np.cumsum(np.tile([0.0, 1.0, 4.0], count)[:count])
    return {"user": ["u"] * count + ["v"] * count, "second": [*second, *second], "kind": list(kinds) * 2 * times}


@pytest.fixture(scope="module")
def fitted():
    """A model that has learned what follows what."""
    return EventPredictor(hidden_size=8, epochs=30, seed=0, settings={**QUICK, "learning_rate": 0.02}).fit(
        log(), **ROLES
    )


def test_it_learns_what_comes_next_and_when(fitted):
    """After reading comes closing, four seconds later."""
    found = fitted.next_event({"user": ["w"] * 2, "second": [0.0, 1.0], "kind": ["open", "read"]})
    assert found.labels.tolist() == ["close"]
    assert isinstance(found.gaps, Gaps)
    assert found.gaps.quantile(0.5)[0] == pytest.approx(4.0, rel=0.25)
    assert found.steps.tolist() == [3]


def test_each_sequence_has_its_own_answer(fitted):
    """One row of probabilities per sequence, in the order of the types."""
    asked = {"user": ["w", "w", "x"], "second": [0.0, 1.0, 0.0], "kind": ["open", "read", "open"]}
    shares = fitted.predict_proba(asked)
    assert fitted.types_ == ("close", "open", "read")
    assert shares.argmax(axis=1).tolist() == [0, 2]
    assert shares.sum(axis=1) == pytest.approx([1.0, 1.0])


def test_a_loaded_model_answers_the_same(fitted, tmp_path):
    """To the last bit, and it is of the same kind."""
    loaded = load(fitted.save(tmp_path / "log.loom"))
    assert isinstance(loaded, EventPredictor)
    np.testing.assert_array_equal(loaded.predict_proba(log()), fitted.predict_proba(log()))


def test_it_is_judged_beside_markov_chains(fitted):
    """On the last events of each sequence."""
    assert set(fitted.baselines_) == {"majority", "markov", "second_markov"}
    assert fitted.metrics_["test"]["accuracy"] == 1.0
    assert fitted.fitted_.judged.judgement.examples == 2 * 14  # 15 % of 90 events each


def test_attributes_are_predicted_beside_the_type():
    """Named columns come back under their names."""
    table = log() | {"device": ["phone", "desk"] * 90, "load": np.tile([1.0, 2.0], 90)}
    model = EventPredictor(attributes=["device", "load"], hidden_size=4, epochs=1, settings=QUICK).fit(table, **ROLES)
    columns = model.answer(table).to_columns()
    assert {"kind", "gap", "device", "load", "load_q05", "load_q95"} <= columns.keys()


BAD = {
    "time runs backwards": (
        {"second": [0.0, 2.0, 1.0]},
        DataError,
        r"column 'second', row 3: expected time stamps in order within each sequence, came 1.0 after 2.0",
    ),
    "a single type": ({"kind": ["open"] * 3}, DataError, "at least two types of events in the training part"),
    "a missing type": (
        {"kind": ["open", None, "open"]},
        DataError,
        r"column 'kind', row 2: expected the type of the event, came an empty cell",
    ),
    "one event per sequence": (
        {"user": ["a", "b", "c"]},
        DataError,
        "expected a sequence of at least two events, came one event in each",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_a_log_that_cannot_be_used_is_refused_in_one_line(case):
    """The message names the place and what to do."""
    columns, error, words = BAD[case]
    table = {"user": ["u"] * 3, "second": [0.0, 1.0, 2.0], "kind": ["open", "read", "open"], **columns}
    with pytest.raises(error, match=words) as caught:
        EventPredictor(epochs=1, settings={**QUICK, "validation_size": 0, "test_size": 0}).fit(table, **ROLES)
    assert "\n" not in str(caught.value)


def test_attributes_without_a_column_are_refused():
    """Those there are are named."""
    with pytest.raises(SchemaError, match="attributes: expected columns of events: there are none, came 'player'"):
        EventPredictor(attributes=["player"], epochs=1).fit(log(), **ROLES)


def test_settings_of_other_tasks_are_refused():
    """Nothing is ignored in silence."""
    with pytest.raises(SettingsError, match="pooling: expected classes, labels or values, came events"):
        EventPredictor(epochs=1, settings={"pooling": "mean"}).fit(log(), **ROLES)
