"""The task of translations."""

from seqloom.sequence import Column, Schema
from seqloom.tasks.translate import outcome, poses


def test_translations_come_with_source_and_truth(translated):
    """Each with its own."""
    shown = outcome(translated.judged.answered)
    dataset, rows = translated.walked.parts.test_dataset, translated.judged.examples.sequence
    english = [dataset.categories["en"][code] for code in dataset.column("en")[rows]]
    german = [dataset.categories["de"][code] for code in dataset.column("de")[rows]]
    assert (list(shown.sources), list(shown.references)) == (german, english)


def test_a_text_of_a_text_poses_it():
    """A text of numbers does not."""
    text = Column(name="en", kind="text", role="target")
    assert poses(Schema(columns=(Column(name="de", kind="text", role="past"), text), per_step_target=False))
    assert not poses(Schema(columns=(Column(name="x", kind="number", role="past"), text), per_step_target=False))
