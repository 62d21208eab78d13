"""A store in the tables of a database; the laws are in test_store.py."""

import pytest

from seqloom.store import Change
from seqloom.store.tables import AT_ONCE, PAGE, session_row
from tests.store.conftest import a_record, a_session


def test_a_row_is_the_fields_in_order():
    """A session has its checksum behind them."""
    session = a_session(time=5, at=6)
    assert session_row(session)[:-1] == session
    assert len(session_row(session)[-1]) == 16


@pytest.mark.parametrize("stream", [None, "pump 7"])
@pytest.mark.parametrize("count", [PAGE - 1, PAGE, PAGE + 1])
def test_a_full_page_is_not_the_last(home, stream, count):
    """Nor is anything read twice."""
    with home.open() as store:
        store.commit(Change(records=[a_record(seq=seq, at=1 + seq // 3) for seq in range(count)]))
        assert [record.seq for record in store.records(stream=stream)] == list(range(count))


def test_no_more_is_forgotten_at_once_than_a_transaction_should_hold(home, monkeypatch):
    """The rest is forgotten in the next."""
    with home.open() as store:
        store.commit(Change(records=[a_record(seq=seq, at=seq) for seq in range(25)]))
        parts, forget = [], store._forget
        monkeypatch.setattr("seqloom.store.tables.AT_ONCE", 10)
        monkeypatch.setattr(store, "_forget", lambda before, most: parts.append(most) or forget(before, most))
        assert store.forget(20) == 20
        assert store.forget(100, limit=3) == 3
        assert parts == [10, 10, 10, 3]
    assert AT_ONCE == 10_000
