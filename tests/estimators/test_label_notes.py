"""What is noticed about labels in cells."""

import pytest

from seqloom.estimators.label_notes import with_label_notes
from seqloom.prepare import labels_of
from seqloom.read import ReadSettings, read


def notes_of(cells, separator):
    """The notes of a table with these cells of labels."""
    table = {"text": [f"words of text number {row}" for row in range(len(cells))], "y": cells}
    dataset = read(table, settings=ReadSettings(text="text", target="y", categories="y", per_step_target=False))
    labels, _ = labels_of(dataset, separator)
    return with_label_notes(dataset, labels, separator).notes[len(dataset.notes) :]


def test_a_separator_that_parts_nothing_is_asked_about():
    """It is allowed, but likely a mistake."""
    (note,) = notes_of(["a;b", "a;c", "b"], "|")
    assert note.startswith("no cell of 'y' has several labels by the separator '|': is it what stands between them?")


def test_empty_cells_are_counted():
    """They are sequences without a label, not unknown ones."""
    assert notes_of(["a;b", None, "b"], ";") == ("1 of 3 cells of 'y' are empty: sequences without a label",)


@pytest.mark.parametrize(("cells", "separator"), [(["a|b", "b"], "|"), (["0", "1"], None)])
def test_there_is_nothing_to_say_of_other_labels(cells, separator):
    """Of columns of 0 and 1 least of all."""
    assert notes_of(cells, separator) == ()
