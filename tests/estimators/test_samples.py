"""What a model makes up for its report."""

import pytest

from seqloom.estimators import FitSettings, fit_dataset
from seqloom.estimators.samples import DRAWINGS, LENGTHS, sample_sections
from seqloom.read import from_texts


@pytest.fixture(scope="module")
def fitted():
    """A model of a short text, with how it came about."""
    settings = {"task": "language", "hidden_size": 4, "epochs": 1, "threads": 1, "truncate": 16}
    return fit_dataset(from_texts(["to be or not\n" * 40]), FitSettings.flat(settings))


def test_a_language_model_shows_texts(fitted):
    """There is one text for each way of drawing, of the length for its tokens."""
    (section,) = sample_sections(fitted.bundle.model, fitted.bundle.pipeline, fitted.judged.examples)
    rows = section.tables[0].rows
    assert [row[0] for row in rows] == list(DRAWINGS)
    assert {len(row[1].replace(" ⏎ ", "\n")) for row in rows} == {LENGTHS["characters"]}


def test_other_models_show_nothing(forecast):
    """A forecast makes nothing up."""
    assert sample_sections(forecast.bundle.model, forecast.bundle.pipeline, forecast.judged.examples) == ()
