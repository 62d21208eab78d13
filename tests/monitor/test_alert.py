"""What a monitor has to say."""

from seqloom.monitor import Alert


def test_an_alert_says_what_drifted_in_one_sentence():
    """With the time as people write it."""
    alert = Alert("raised", "input: load", 1_700_000_000_000_000, "level", "window", 0.0, 1.5, "d1")
    assert alert.text == "input: load: its level drifted from what is usual"
    plain = alert.to_json()
    assert (plain["time"], plain["event"], plain["after"]) == ("2023-11-14T22:13:20+00:00", "raised", 1.5)


def test_the_end_of_a_drift_is_told_too():
    """And whether it was one against the signal's own past."""
    assert Alert("cleared", "a", 0, "spread", "window", 0, 1, "d").text == "a: the drift of its spread is over"
    assert Alert("raised", "a", 0, "level", "change", 0, 1, "d").text == "a: its level drifted from its own past"
