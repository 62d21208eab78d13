"""Metrics of warnings before failures."""

import numpy as np
import pytest

from seqloom.errors import DataError
from seqloom.score import Warnings, lead_metrics, warnings_of

WITHIN = 3


def judged(alarm, truth, sequence=None):
    """What alarms, written as 0 and 1, came to."""
    alarm, truth = (np.array([int(sign) for sign in text]) for text in (alarm, truth))
    sequence = np.zeros(len(alarm), np.int64) if sequence is None else np.array([int(sign) for sign in sequence])
    return warnings_of(alarm == 1, truth, sequence, WITHIN)


@pytest.mark.parametrize(
    ("alarm", "lead"),
    [("00001111", 3), ("00000011", 1), ("00000001", 0), ("00001110", 0), ("01101011", 1), ("11111111", 7)],
)
def test_a_lead_counts_from_the_alarm_that_came_and_stayed(alarm, lead):
    """To the end, without a gap: earlier alarms that went off again do not count, nor one that is off at the end."""
    assert judged(alarm, "00001111").leads.tolist() == [lead]


def test_a_sequence_that_was_cut_has_steps_beyond_its_last():
    """Two of the four steps within reach are seen, so that its end is two steps after the last one."""
    assert judged("00011", "00011").leads.tolist() == [1 + 2]


def test_a_sequence_that_does_not_fail_has_no_lead():
    """Nor has one of which nobody knows."""
    found = warnings_of(np.ones(4, bool), np.array([0, 0, -1, -1]), np.array([0, 0, 1, 1]), WITHIN)
    assert found.leads.tolist() == []
    assert np.isnan(found.caught(1))


def test_false_alarms_are_counted_where_they_begin():
    """One that lasts is one; the alarm of another sequence is another; within reach there is none."""
    found = judged("0110101111110", "0000011110000", "0000000001111")
    assert (found.false_alarms, found.quiet_steps) == (3, 9)


def test_metrics_by_hand():
    """Half the reach of 3 steps is 2 steps: two of three failures had so much; 2 alarms in 500 steps are 4 in 1,000."""
    metrics = lead_metrics(Warnings(np.array([0, 2, 9]), 2, 500), WITHIN)
    assert metrics == {"lead": 2.0, "caught": pytest.approx(2 / 3), "false_alarms": 4.0}


def test_what_cannot_be_computed_is_left_out():
    """Without failures, or without quiet steps."""
    assert lead_metrics(Warnings(np.zeros(0, np.int64), 1, 100), WITHIN) == {"false_alarms": 10.0}
    assert set(lead_metrics(Warnings(np.array([4]), 0, 0), WITHIN)) == {"lead", "caught"}


def test_arrays_of_other_lengths_are_refused():
    """Every step has an alarm, a truth and a sequence."""
    with pytest.raises(DataError):
        warnings_of(np.ones(3, bool), np.zeros(2, np.int64), np.zeros(2, np.int64), WITHIN)
