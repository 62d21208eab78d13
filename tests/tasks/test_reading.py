"""What several tasks ask of the reader alike."""

from seqloom.read import ReadSettings
from seqloom.sequence import Column, Schema
from seqloom.tasks.reading import has_texts, labels, target_kind, texts


def test_targets_become_labels_once():
    """A target that is named as a label already is not named twice."""
    asked = labels(ReadSettings(target="kind", categories=("place", "kind")), per_step=True)
    assert asked == {"per_step_target": True, "categories": ("place", "kind")}


def test_targets_become_texts_of_sequences():
    """Beside those that are texts already."""
    assert texts(ReadSettings(target="en", text="de")) == {"per_step_target": False, "text": ("de", "en")}


def test_a_schema_tells_the_kinds_of_its_columns():
    """That of its target, and whether its steps have texts."""
    number, text = Column(name="y", kind="number", role="target"), Column(name="x", kind="text", role="past")
    assert target_kind(Schema(columns=(text, number))) == "number"
    assert has_texts(Schema(columns=(text, number)))
    assert not has_texts(Schema(columns=(number,)))
