"""The task of running text."""

import pytest

from seqloom.estimators import FitSettings, fit_dataset
from seqloom.read import ReadSettings, from_texts
from seqloom.tasks.language import DRAWINGS, LANGUAGE, LENGTHS, reading, sections


@pytest.fixture(scope="module")
def fitted():
    """A model of a short text, with how it came about."""
    settings = {"task": "language", "hidden_size": 4, "epochs": 1, "threads": 1, "truncate": 16}
    return fit_dataset(from_texts(["to be or not\n" * 40]), FitSettings.flat(settings))


def test_a_language_model_shows_texts(fitted):
    """There is one text for each way of drawing, of the length for its tokens."""
    rows = sections(fitted.judged.answered)[0].tables[0].rows
    assert [row[0] for row in rows] == list(DRAWINGS)
    assert {len(row[1].replace(" ⏎ ", "\n")) for row in rows} == {LENGTHS["characters"]}


def test_running_text_is_its_own_target():
    """A whole file is text, of a table the column that is named."""
    assert reading(ReadSettings()) == {"layout": "text"}
    assert reading(ReadSettings(target="line")) == {"text": ("line",), "per_step_target": True}


def test_it_ignores_what_prepares_a_table():
    """Running text has no columns but its tokens."""
    assert {"scaling", "missing", "calendar"} <= set(LANGUAGE.ignores)
