"""What a report says about warnings before failures."""

from dataclasses import replace

import numpy as np

from seqloom.report import failure_sections


def test_warnings_are_told_in_words(failures):
    """When there is an alarm, how many failures it caught, and how many were for nothing."""
    (section,) = failure_sections(failures)
    assert section.text == (
        "There is an alarm from a probability of 0.6 on that a sequence ends within 3 steps.",
        "Of 2 failures 1 were warned of by an alarm that came and stayed, half of all at least 1 steps before.",
        "1 alarms began among the 10 steps further from an end: 100.00 in 1,000 steps.",
    )
    assert [figure.name for figure in section.figures] == ["leads", "alarms", "precision-recall"]


def test_what_was_caught_is_listed_from_early_to_late(failures):
    """At all steps of the reach, three quarters, half and a quarter of them."""
    (section,) = failure_sections(failures)
    assert section.tables[0].rows == ((3, "0 %"), (2, "50 %"), (1, "50 %"))


def test_alarms_are_drawn_from_the_earliest_warning_on(failures):
    """Each panel tells how early it was."""
    (section,) = failure_sections(failures)
    assert [panel.title for panel in section.figures[1].panels] == ["a · 2 steps of warning", "b · 0 steps of warning"]


def test_without_failures_there_are_only_false_alarms(failures):
    """Nothing else is drawn."""
    quiet = replace(failures, tags=replace(failures.tags, truth=np.zeros(18, np.int64)))
    (section,) = failure_sections(quiet)
    assert (section.figures, section.tables) == ((), ())
    assert "No sequence of this part ends in view." in section.text


def test_where_nothing_is_known_nothing_is_said(failures):
    """The tags say that already."""
    assert failure_sections(replace(failures, tags=replace(failures.tags, truth=np.full(18, -1)))) == ()
