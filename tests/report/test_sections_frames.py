import numpy as np
import pytest

from seqloom.report import FrameOutcome, frame_samples, frame_sections
from seqloom.sequence import KEYS


def outcome(entries):
    cost = np.linspace(0.1, 0.9, len(entries))
    return FrameOutcome(entries, {"model": cost, "markov": 2 * cost}, cost / 2)


@pytest.mark.parametrize(
    ("steps", "entries", "figures"),
    [(9, KEYS, ["roll"]), (5, tuple("abcd"), ["sheet"]), (9, ("x0",), ["sheet"]), (10, ("x0",), [])],
)
def test_what_is_shown_depends_on_the_frames(steps, entries, figures):
    """Music is shown as rolls, images as sheets if their shape is known."""
    truth = [np.random.default_rng(seed).random((steps, len(entries))) < 0.3 for seed in range(4)]
    sections = frame_samples(truth, truth[::-1], entries)
    assert [figure.name for section in sections for figure in section.figures] == figures


@pytest.mark.parametrize(("entries", "figures"), [(KEYS, ["nats"]), (("x0",), [])])
def test_costs_are_drawn_where_there_are_several_entries(entries, figures):
    """The cost of a single entry is that of the frame."""
    (section,) = frame_sections(outcome(entries))
    assert [figure.name for figure in section.figures] == figures


def test_the_costliest_entries_are_listed():
    """The first row is the entry that costs most, with what it cost the alternatives."""
    (section,) = frame_sections(outcome(tuple("abcd")))
    assert section.tables[0].rows[0] == ("d", 0.45, 0.9, 1.8)
