"""The table of false alarms and delays; what the numbers promise is in tests/monitor/test_promises.py."""

import sys

from benchmarks import drift
from tests.monitor.streams import KINDS


def test_a_shift_is_found_and_what_is_missed_is_infinite():
    """Counted from the shift, not from the beginning."""
    assert 15 <= drift.delay(KINDS["independent"], 0, 3.0) <= 75
    assert drift.delay(KINDS["independent"], 0, 0.0) == float("inf")
    assert drift.alarms(KINDS["independent"], 0, 900) == 0


def test_the_table_has_a_row_for_each_kind(monkeypatch, capsys):
    """As the page in the docs shows it."""
    monkeypatch.setattr(sys, "argv", ["drift", "--streams", "2", "--values", "360", "--kinds", "independent"])
    drift.main()
    rows = capsys.readouterr().out.splitlines()
    assert rows[2].startswith("| independent | 4 | 0 | ")
    assert rows[2].count("|") == rows[0].count("|") == 8
