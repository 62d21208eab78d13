"""All that one commit makes durable."""

import pytest

from seqloom.errors import InputError
from seqloom.store import Change
from tests.store.conftest import a_record, a_session


def test_a_change_may_hold_nothing():
    """It is a commit all the same."""
    assert (Change().sessions, Change().records, Change().ended) == ((), (), ())


@pytest.mark.parametrize(
    ("sessions", "ended"), [([a_session("a"), a_session("a", seq=2)], []), ([a_session("a")], ["a"]), ([], ["a", "a"])]
)
def test_a_stream_stands_once_in_a_change(sessions, ended):
    """Otherwise it were left to the store which of two is the last."""
    with pytest.raises(InputError, match="streams of one commit: expected each once, came 1 more than once"):
        Change(sessions, ended=ended)


def test_a_prediction_stands_once_in_a_change():
    """The same number in another epoch is another prediction."""
    Change(records=[a_record(), a_record(epoch=1), a_record("other")])
    with pytest.raises(InputError, match="records of one commit"):
        Change(records=[a_record(), a_record(prediction=b"other")])


@pytest.mark.parametrize(
    "change",
    [
        {"sessions": [a_session("a"), a_session("a\0b")]},
        {"sessions": [a_session(seq=-1)]},
        {"sessions": [a_session(epoch=2**63)]},
        {"sessions": [a_session(time=2**63)]},
        {"sessions": [a_session(at=2**63)]},
        {"records": [a_record("\ud800")]},
        {"records": [a_record(seq=2**63)]},
        {"records": [a_record(at=-(2**63) - 1)]},
        {"ended": [""]},
    ],
)
def test_what_no_store_can_hold_is_refused_before_any_sees_it(change):
    """Names and numbers have the same limits in every store."""
    with pytest.raises(InputError):
        Change(**change)
