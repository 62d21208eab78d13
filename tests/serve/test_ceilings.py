"""Alerts of a server about itself."""

import pytest

from seqloom.errors import SettingsError
from seqloom.monitor import Alert
from seqloom.serve import Limited
from seqloom.serve.ceilings import Ceilings


def pulse(p99=0.01, failed=0.0, answers=1000):
    """How a server does."""
    return {"p99": p99, "failed": failed, "answers": answers}


def said(alerts):
    """In short."""
    return [(alert.event, alert.what) for alert in alerts]


def test_a_limit_that_is_passed_is_told_once_and_when_it_is_over():
    """Not before it is well under the limit again."""
    ceilings = Ceilings(Limited(slow=0.1, failing=0.05))
    assert ceilings.look(pulse(0.1, 0.05), "m") == []
    (alert,) = ceilings.look(pulse(0.4), "m")
    assert (alert.signal, alert.before, alert.after, alert.model) == ("server: answers", 0.1, 0.4, "m")
    assert alert.text == "server: answers: the time of 99 % of answers is 0.4, at most 0.1 is allowed"
    assert Alert.from_json(alert.to_json()) == alert
    assert ceilings.look(pulse(0.5), "m") == ceilings.look(pulse(0.09), "m") == []
    assert list(ceilings.active.values()) == [alert]
    assert said(ceilings.look(pulse(0.05, 0.2), "m")) == [
        ("cleared", "time of 99 % of answers"),
        ("raised", "share of failed answers"),
    ]
    assert said(ceilings.look(pulse(None, 0.0, 0), "m")) == [("cleared", "share of failed answers")]
    assert ceilings.active == {}


def test_few_answers_are_no_alarm():
    """Nor is what nobody limits."""
    assert Ceilings().look(pulse(9.0, 1.0, answers=99), "m") == []
    assert Ceilings(Limited(None, None)).look(pulse(9.0, 1.0), "m") == []
    assert len(Ceilings().look(pulse(9.0, 1.0, answers=100), "m")) == 2


@pytest.mark.parametrize(("limits", "where"), [((0, 0.1), "alert-p99"), ((1.0, float("nan")), "alert-errors")])
def test_a_limit_is_above_nothing(limits, where):
    """It is named."""
    with pytest.raises(SettingsError, match=f"{where}: expected a limit above 0"):
        Limited(*limits)
