"""What a report says about anomalies."""

import numpy as np

from seqloom.report import InjectedOutcome, anomaly_sections
from tests.report.test_anomaly_outcome import outcome

SCORES = np.full(200, 0.1)
SCORES[[20, 21, 22, 90, 150]] = [2, 3, 2, 5, 1.5]
MARKS = np.zeros(200)
MARKS[20:25] = MARKS[180:190] = 1


def test_alarms_are_counted_beside_what_was_stated():
    """Two of three events are false, and one of two anomalies is missed."""
    main, thresholds = anomaly_sections(outcome(SCORES, MARKS, quiet=2, clock=True))
    assert main.text[0].startswith("5 of 200 steps (2.50 %) are alarms, in 3 events.")
    assert main.text[1] == "Of the steps marked as usual 1.08 % are alarms."
    assert main.text[2] == "1 of 2 marked anomalies have an alarm."
    assert thresholds.title == "Thresholds"
    rows = main.tables[0].rows
    assert [row[1] for row in rows] == ["2024-03-31", "2024-01-21", "2024-05-30"]
    assert [row[-1] for row in rows] == ["no", "yes", "no"]


def test_more_false_alarms_than_stated_are_explained():
    """In the words of what may be the reason."""
    many = SCORES.copy()
    many[100:120] = 2
    (main, *_) = anomaly_sections(outcome(many, MARKS))
    assert "more than was stated" in main.text[1]


def test_a_quiet_part_has_no_table_and_no_events():
    """It is said that there are none."""
    (main,) = anomaly_sections(outcome(np.full(50, 0.1)))
    assert main.text[0].startswith("0 of 50 steps (0.00 %) are alarms, in 0 events.")
    assert (main.tables, len(main.figures)) == ((), 1)


def test_what_was_put_in_is_told_by_kind():
    """How many of each were found, and which share of their steps."""
    kinds = np.full(200, -1)
    kinds[21], kinds[88:92], kinds[150:153] = 0, 1, 1
    *_, put = anomaly_sections(outcome(np.zeros(200), injected=InjectedOutcome(kinds, SCORES)))
    assert put.text[0].startswith("No column tells where anomalies are, so 3 were put into")
    assert [row[:3] for row in put.tables[0].rows] == [("spike", 1, 1), ("shift", 2, 2)]
