"""A tiny model of each task, and questions about sequences in which only one step matters."""

import json

import numpy as np
import pytest
import torch

import seqloom
from seqloom.explain import ask
from seqloom.model import ClassifyModel, InputSizes, ModelSettings, RegressModel
from seqloom.prepare import whole_sequences
from seqloom.sequence import PreparedDataset

RNG = np.random.default_rng(0)
QUICK = {"threads": 1}
DAYS = np.datetime64("2024-01-01") + np.arange(60)
WAVE = {"day": DAYS.astype("datetime64[us]"), "load": np.sin(np.arange(60) * 2 * np.pi / 7) + RNG.normal(0, 0.1, 60)}
LABELLED = [RNG.normal(k % 2, 0.3, (6 + k % 3, 2)) for k in range(30)]
CLASSES = ["high" if k % 2 else "low" for k in range(30)]
SETS = [({"up"} if k % 2 else set()) | ({"down"} if k % 3 else set()) for k in range(30)]
WORDS = [["the", f"noun{k}s", f"verb{k}ing", "a", f"noun{k % 5}s"] for k in range(24)]
TAGS = [["DET", "NOUN", "VERB", "DET", "NOUN"]] * 24
LOG = {
    "user": [f"u{k // 12}" for k in range(96)],
    "second": [float(k) for k in range(96)],
    "kind": ["open", "read", "close"] * 32,
}
TEXT = "to be or not to be\nthat is the question\n" * 20
PAIRS = {"de": ["ein hund rennt", "ein mann steht"] * 12, "en": ["a dog runs", "a man stands"] * 12}
TONES = [np.sin(np.arange(900 + 100 * (k % 3)) * (0.3 + 0.4 * (k % 2))) for k in range(24)]
ROLLS = [(RNG.random((8, 6)) < 0.3).astype(float) for _ in range(20)]


def forecast():
    """A series."""
    return seqloom.Forecaster(horizon=2, lookback=7, hidden_size=4, epochs=1, settings=QUICK).fit(
        WAVE, target="load"
    ), (WAVE,)


def classify():
    """Short sequences of two classes."""
    model = seqloom.SequenceClassifier(hidden_size=4, epochs=1, settings={**QUICK, "members": 1})
    return model.fit(LABELLED, CLASSES), (LABELLED, CLASSES)


def label():
    """Short sequences with any number of labels."""
    model = seqloom.SequenceLabeler(hidden_size=4, epochs=1, settings={**QUICK, "members": 1, "convolution": False})
    return model.fit(LABELLED, SETS), (LABELLED, SETS)


def regress():
    """Short sequences and their mean."""
    values = [float(own.mean()) for own in LABELLED]
    model = seqloom.SequenceRegressor(hidden_size=4, epochs=1, settings=QUICK)
    return model.fit(LABELLED, values), (LABELLED, values)


def tag():
    """Sentences with a tag for each word."""
    return seqloom.Tagger(hidden_size=4, epochs=1, settings={**QUICK, "members": 1}).fit(WORDS, TAGS), (WORDS, TAGS)


def events():
    """Logs of some users."""
    model = seqloom.EventPredictor(hidden_size=4, epochs=1, settings={**QUICK, "members": 1})
    return model.fit(LOG, target="kind", time="second", group="user"), (LOG,)


def anomaly():
    """A series that is watched."""
    settings = {**QUICK, "hidden_size": 4, "ahead": 2}
    return seqloom.AnomalyDetector(epochs=1, settings=settings).fit(WAVE, target="load"), (WAVE,)


def language():
    """A text that repeats itself."""
    settings = {**QUICK, "batch_size": 4, "truncate": 16}
    return seqloom.LanguageModel(hidden_size=4, epochs=1, settings=settings).fit([TEXT]), ([TEXT],)


def transcribe():
    """Two tones and their names."""
    settings = {**QUICK, "mel_bands": 4}
    said = ["a", "b"] * 12
    return seqloom.Transcriber(hidden_size=4, epochs=1, settings=settings).fit(TONES, said, rate=2000), (TONES,)


def translate():
    """Two sentences in two languages."""
    given = {**QUICK, "min_count": 1, "beam": 2}
    model = seqloom.Translator(hidden_size=4, epochs=1, settings=given)
    return model.fit(PAIRS, text="de", target="en"), (PAIRS,)


def images():
    """Small pictures, row by row."""
    settings = {**QUICK, "head_size": 4}
    return seqloom.ImageGenerator(hidden_size=4, epochs=1, settings=settings).fit(np.stack(ROLLS)), (np.stack(ROLLS),)


def music(folder):
    """Tunes of a few notes."""
    notes = [[[60, 64] if step // 2 % 2 else [62] for step in range(6 + k % 4)] for k in range(16)]

    file = folder / "tunes.json"
    file.write_text(json.dumps({"train": notes[:10], "valid": notes[10:12], "test": notes[12:]}))
    settings = {**QUICK, "head_size": 4, "note_step": "quarter"}
    return seqloom.MusicGenerator(hidden_size=4, epochs=1, settings=settings).fit(file), (file,)


MAKERS = {
    made.__name__: made
    for made in (
        forecast,
        classify,
        label,
        regress,
        tag,
        events,
        anomaly,
        language,
        transcribe,
        translate,
        images,
        music,
    )
}


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """A maker of a fitted model of a task with data to explain it on; each is made once."""
    kept = {}

    def make(task):
        if task not in kept:
            maker = MAKERS[task]
            kept[task] = maker(tmp_path_factory.mktemp("music")) if task == "music" else maker()
        return kept[task]

    return make


def prepared(sequences, targets):
    """Sequences as matrices, nothing scaled."""
    lengths = [len(own) for own in sequences]
    offsets = np.concatenate([[0], np.cumsum(lengths)])
    values = np.concatenate(sequences).astype(np.float32)
    return PreparedDataset(
        offsets=offsets,
        numbers=values,
        number_names=tuple(f"x{k}" for k in range(values.shape[1])),
        known=np.zeros(values.shape[1], dtype=np.bool_),
        codes=np.zeros((len(values), 0), dtype=np.int32),
        code_names=(),
        known_codes=np.zeros(0, dtype=np.bool_),
        code_sizes=(),
        static_numbers=np.zeros((len(sequences), 0), dtype=np.float32),
        static_codes=np.zeros((len(sequences), 0), dtype=np.int32),
        targets=targets,
        target_names=("y",),
        times=None,
        keys=np.array([f"s{k}" for k in range(len(sequences))]),
    )


class Planted(RegressModel):
    """Its answer is three times the first feature of the third step from the end, and nothing else."""

    def predict(self, batch):
        """That step's value, three times."""
        packing = batch.numbers
        place = packing.starts[packing.lengths - 3] + torch.arange(packing.batch_size)
        return {"values": 3 * packing.values[place, :1]}


@pytest.fixture
def planted():
    """A question about sequences of different length, the answer to which one step and one feature tell."""
    torch.manual_seed(0)
    rng = np.random.default_rng(1)
    sequences = [rng.normal(size=(length, 2)) for length in (7, 5, 9, 4)]
    data = prepared(sequences, np.zeros((4, 1), dtype=np.float32))
    model = Planted(ModelSettings(hidden_size=3, cell="gru"), InputSizes(numbers=2))
    return ask(model, whole_sequences(data))


@pytest.fixture
def network():
    """A maker of questions about a small network of classes, untrained, given its cell and other settings."""

    def make(cell="lstm", lengths=(7, 5, 9, 4), **choices):
        torch.manual_seed(0)
        rng = np.random.default_rng(1)
        sequences = [rng.normal(size=(length, 2)) for length in lengths]
        data = prepared(sequences, np.zeros(len(lengths), dtype=np.int64))
        settings = ModelSettings(cell=cell, hidden_size=5, **choices)
        sizes = InputSizes(numbers=2, classes=("a", "b", "c"), class_counts=(1, 1, 1))
        return ask(ClassifyModel(settings, sizes), whole_sequences(data))

    return make
