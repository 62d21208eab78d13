"""What a report says about frames: true and generated ones, and where the model is unsure."""

from collections.abc import Sequence

import numpy as np

from seqloom.report.contents import Section
from seqloom.report.figure_data import FigureData
from seqloom.report.figures_frames import MODEL, entries_figure, roll_figure, sheet_figure
from seqloom.report.frame_outcome import FrameOutcome, picture_of
from seqloom.report.sections import records_table
from seqloom.sequence import KEYS, Array

COSTLIEST = 8


def frame_sections(outcome: FrameOutcome) -> tuple[Section, ...]:
    """The cost of each entry."""
    cost = outcome.nats[MODEL]
    records = [
        {
            "entry": outcome.entries[place],
            "on, share of frames": float(outcome.shares[place]),
            **{f"nats, {name}": float(nats[place]) for name, nats in outcome.nats.items()},
        }
        for place in np.argsort(-cost, kind="stable")[:COSTLIEST]
    ]
    costs = Section(
        title="Entries",
        figures=(entries_figure(outcome.nats, outcome.entries),) if len(outcome.entries) > 1 else (),
        tables=(records_table("The costliest entries", records),),
    )
    return (costs,)


def frame_samples(truth: Sequence[Array], generated: Sequence[Array], entries: tuple[str, ...]) -> tuple[Section, ...]:
    """True sequences beside generated ones; none where they cannot be pictured.

    Args:
        truth: frames of some sequences of the test part, [T, K] each.
        generated: frames of some that were drawn at temperature 1 with seed 0, [T, K] each.
        entries: names of the entries.
    """
    figures = _pictured(truth, generated, entries)
    text = ("What was generated was drawn at temperature 1 with seed 0, and began with nothing.",)
    return (Section(title="True and generated", text=text, figures=figures),) if figures else ()


def _pictured(truth: Sequence[Array], generated: Sequence[Array], entries: tuple[str, ...]) -> tuple[FigureData, ...]:
    if entries == KEYS:
        return (roll_figure([("a piece of the test part", "truth", truth[0]), ("generated", "model", generated[0])]),)
    true, made = (
        [image for frames in some if (image := picture_of(frames)) is not None] for some in (truth, generated)
    )
    if not true or not made or len({image.shape for image in (*true, *made)}) > 1:
        return ()
    return (sheet_figure([("of the test part", "truth", true), ("generated", "model", made)]),)
