"""An explanation as a value."""

from seqloom.explain import Explanation, Findings
from seqloom.report import Report


def test_findings_that_were_not_asked_for_say_nothing(planted):
    """No sentences, no figures."""
    empty = Explanation(Report(title="t", task="regress", sections=()), Findings(planted), {})
    assert empty.sentences == ()
    assert empty.figures == ()
