"""What alarms at each step came to, as a report has it."""

import numpy as np


def test_alarms_follow_the_labels(failures):
    """And the probability that is shown is that of a failure."""
    assert failures.alarm.tolist() == (failures.stated >= failures.threshold).tolist()


def test_failing_sequences_stand_in_the_order_of_their_leads(failures):
    """Two of the three fail; the third goes on."""
    assert [rows.tolist() for rows in failures.failing] == [list(range(8)), list(range(8, 14))]
    np.testing.assert_array_equal(failures.warnings.leads, [2, 0])
    assert failures.warnings.false_alarms == 1
