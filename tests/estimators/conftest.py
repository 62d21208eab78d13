"""Small data and one fit of each kind, shared by the tests that only look."""

import numpy as np
import pytest

from seqloom.estimators import FitSettings, fit_dataset
from seqloom.read import from_arrays, read
from seqloom.sequence import SequenceDataset

QUICK = {"epochs": 1, "hidden_size": 4, "threads": 1}


def series(steps=80, *, level=0.0, start="2024-01-01"):
    """A daily table with a weekly wave."""
    days = np.datetime64(start) + np.arange(steps)
    wave = level + np.sin(np.arange(steps) * 2 * np.pi / 7) + np.random.default_rng(0).normal(0, 0.1, steps)
    return {"day": days.astype("datetime64[us]"), "load": wave}


def forecast_settings(**choices):
    """Settings of a forecast that takes a moment."""
    return FitSettings.flat({"task": "forecast", "horizon": 2, "lookback": 7, **QUICK, **choices})


def labelled(count=30):
    """Short sequences around 0 or 1 with their labels."""
    rng = np.random.default_rng(1)
    labels = ["high" if k % 2 else "low" for k in range(count)]
    return from_arrays([rng.normal(k % 2, 0.3, 4 + k % 3) for k in range(count)], labels)


def reviews(count=40, seed=0):
    """A table of short texts and what their writers think."""
    rng = np.random.default_rng(seed)
    said = {"pos": ["good", "great", "fine"], "neg": ["bad", "awful", "dull"]}
    texts, labels = [], []
    for place in range(count):
        label = ("pos", "neg")[place % 2]
        words = [*rng.choice(["the", "film", "was", "a", "so"], 2 + place % 4), *rng.choice(said[label], 2)]
        texts.append(" ".join(rng.permutation(words)).capitalize() + "!")
        labels.append(label)
    return {"review": texts, "label": labels}


def valued(count=30) -> SequenceDataset:
    """Short sequences with their mean."""
    rng = np.random.default_rng(2)
    sequences = [rng.normal(k % 5, 0.3, 4 + k % 3) for k in range(count)]
    return from_arrays(sequences, [float(sequence.mean()) for sequence in sequences])


@pytest.fixture(scope="session")
def forecast():
    """A finished forecast of a small series."""
    return fit_dataset(read(series()), forecast_settings(), given={"horizon": 2})


@pytest.fixture(scope="session")
def classified():
    """A finished classification of small sequences."""
    return fit_dataset(labelled(), FitSettings.flat({"task": "classify", **QUICK}))


@pytest.fixture(scope="session")
def regressed():
    """A finished regression of small sequences."""
    return fit_dataset(valued(), FitSettings.flat({"task": "regress", **QUICK}))


@pytest.fixture(scope="session")
def reviewed():
    """A finished classification of texts."""
    settings = FitSettings.flat({"target": "label", "text": "review", "min_count": 1, **QUICK})
    return fit_dataset(read(reviews(), settings=settings.read), settings)


@pytest.fixture(scope="session")
def translated():
    """A finished translation of short texts."""
    words = {"ein": "a", "hund": "dog", "mann": "man", "katze": "cat", "rennt": "runs", "steht": "stands"}
    german = [f"ein {noun} {verb}." for noun in ("hund", "mann", "katze") for verb in ("rennt", "steht")] * 6
    english = [" ".join(words[word] for word in text[:-1].split()) + "." for text in german]
    given = {"task": "translate", "target": "en", "text": "de", "min_count": 1, "beam": 2, **QUICK}
    settings = FitSettings.flat(given)
    return fit_dataset(read({"de": german, "en": english}, settings=settings.reading), settings, given=given)


@pytest.fixture(scope="session")
def make_reviews():
    """The maker of tables of texts."""
    return reviews


@pytest.fixture(scope="session")
def make_series():
    """The maker of daily tables."""
    return series


@pytest.fixture(scope="session")
def make_labelled():
    """The maker of labelled sequences."""
    return labelled


@pytest.fixture(scope="session")
def make_settings():
    """The maker of a forecast's settings."""
    return forecast_settings
