"""Records of a store, seen again; and those too old to be kept."""

import time
from datetime import UTC, datetime

import numpy as np
import pytest

from seqloom.errors import SettingsError
from seqloom.monitor import Facts, Input, Monitor, Numbers, Retention, moment_of, replayed
from seqloom.store import Change, MemoryStore
from tests.monitor.conftest import DIGEST, make_record

NORMAL = Numbers.of([np.random.default_rng(0).normal(size=500)])
FACTS = Facts(DIGEST, "regress", ("y",), (Input("a", labels=False, reference=NORMAL),), {})


def test_all_records_of_a_store_are_seen_in_their_order():
    """Whatever the size of a page."""
    store, rng = MemoryStore(), np.random.default_rng(0)
    records = [make_record(seq, {"a": float(rng.normal())}, {"y": 1.0}) for seq in range(2300)]
    store.commit(Change(records=records))
    straight = Monitor(FACTS)
    straight.see(records)
    assert replayed(FACTS, store).standing() == straight.standing()
    assert replayed(FACTS, store, since=records[2000].at).standing()["counts"]["records"] == 300


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-03-01", datetime(2024, 3, 1, tzinfo=UTC)),
        ("2024-03-01T07:30+01:00", datetime(2024, 3, 1, 6, 30, tzinfo=UTC)),
        ("7d", datetime(2024, 3, 3, tzinfo=UTC)),
        ("12h", datetime(2024, 3, 9, 12, tzinfo=UTC)),
    ],
)
def test_moments_are_written_as_people_do(text, expected):
    """A day, a time, or so long ago."""
    assert moment_of(text, datetime(2024, 3, 10, tzinfo=UTC)) == expected.timestamp() * 1e6


def test_other_words_are_no_moment():
    """And the error says what would be one."""
    with pytest.raises(SettingsError, match=r"--since: expected a day such as 2024-03-01"):
        moment_of("yesterday")


def test_what_is_too_old_is_forgotten_a_few_at_a_time():
    """Younger records stay."""
    store, now = MemoryStore(), time.time_ns() // 1000
    day = 24 * 3600 * 1_000_000
    ages = [3, 2.5, 2, 0.5]
    store.commit(Change(records=[make_record(n, {}, {}, at=round(now - age * day)) for n, age in enumerate(ages)]))
    retention = Retention(1)
    assert (retention.forget(store, limit=2), retention.forget(store), retention.forget(store)) == (2, 1, 0)
    assert [record.seq for record in store.records()] == [3]
    with pytest.raises(SettingsError, match=r"--keep: expected days above 0"):
        Retention(0)
