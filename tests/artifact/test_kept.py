"""Artifacts of this and of earlier versions: they load, and answer what they always did.

    python tests/artifact/test_kept.py     makes those that are not there, with their answers beside them

Made with seqloom 0.1.0 and torch 2.13. Once a version is released its artifacts are not made again: a model on
somebody's disk is not either.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import seqloom
from seqloom.artifact import load, read_container, save

FOLDER = Path(__file__).parent / "golden"
SMALL = {"epochs": 2, "hidden_size": 4, "threads": 1, "batch_size": 8, "learning_rate": 0.01, "seed": 3}


def sites(*, ahead: int = 0) -> dict[str, Any]:
    """Two daily series with a plan known ahead, a category, a gap, and a size of their own; by arithmetic alone.

    Args:
        ahead: days at the end of which the load is not known.
    """
    day, site = np.tile(np.arange(60), 2), np.repeat([0, 1], 60)
    warmth = np.cos(day / 5 + site).round(3)
    warmth[17] = np.nan
    load = 100 + 20 * site + 10 * np.sin(day * 2 * np.pi / 7) + 3 * (day % 2) + day % 5
    return {
        "site": np.where(site == 0, "north", "south"),
        "day": np.datetime64("2024-01-01") + day,
        "plan": day % 2,
        "sky": np.array(["clear", "cloudy", "Regen"])[day * (site + 1) % 3],
        "size": np.where(site == 0, 3.5, 8.0),
        "warmth": warmth,
        "load": np.where(day < 60 - ahead, load, np.nan).round(3),
    }


def movements(target: str) -> dict[str, Any]:
    """Twenty-four sequences of 6 to 10 steps, with their kind or their pace; by arithmetic alone."""
    lengths = 6 + np.arange(24) % 5
    key = np.repeat(np.arange(24), lengths)
    step = np.concatenate([np.arange(length) for length in lengths])
    pace = np.array([0.3, 0.9, 1.5])[key % 3] + 0.01 * key
    kinds = {"kind": np.array(["slow", "brisk", "fast"])[key % 3], "pace": pace.round(3)}
    return {"id": key, "x": np.sin(step * pace).round(3), "y": np.cos(key - step).round(3), target: kinds[target]}


def letters() -> dict[str, list[str]]:
    """Thirty short texts of friendly or angry words, each in another order; by arithmetic alone."""
    words = {"friendly": ["dear", "kindly", "thanks", "Gruß"], "angry": ["never", "refund", "worst", "wütend"]}
    mood = ["friendly", "angry"] * 15
    texts = [
        " ".join(words[kind][(k + shift * (1 + k % 3)) % 4] for shift in range(3 + k % 2))
        for k, kind in enumerate(mood)
    ]
    return {"letter": [f"{text.capitalize()}!" for text in texts], "mood": mood}


def topics() -> dict[str, list[str]]:
    """Forty short texts about money, time, both or neither; by arithmetic alone."""
    words = [["dear", "all", "*"], ["pay", "refund", "£5"], ["now", "late", "Friday"]]
    texts = [[words[0][k % 3], words[k % 2][k % 3], words[k // 2 % 2 * 2][k % 3]] for k in range(40)]
    about = ["|".join(["money"] * (k % 2) + ["time"] * (k // 2 % 2)) for k in range(40)]
    return {"letter": [" ".join(each) for each in texts], "about": about}


def sentences() -> tuple[list[list[str]], list[list[str]]]:
    """Thirty-six sentences of enough different words to be read by their letters, and what each word is."""
    nouns = [f"{where}{who}" for where in ("garden", "river", "hill", "sea") for who in ("dog", "bird", "tree")]
    verbs = [f"{what}{ending}" for what in ("bark", "sing", "grow", "stand") for ending in ("s", "ed", "ing")]
    words = [["the", nouns[k % 12], verbs[(k + k // 12) % 12], *["loudly"][k % 3 :]] for k in range(36)]
    return words, [["DET", "NOUN", "VERB", "ADV"][: len(each)] for each in words]


def phrases() -> tuple[list[str], list[str]]:
    """Twenty-four phrases in two languages."""
    nouns, verbs = {"Hund": "dog", "Vogel": "bird", "Baum": "tree"}, {"singt": "sings", "steht": "stands"}
    pairs = [(noun, verb) for noun in nouns for verb in verbs] * 4
    return [f"Der {noun} {verb}." for noun, verb in pairs], [
        f"The {nouns[noun]} {verbs[verb]}." for noun, verb in pairs
    ]


def tones() -> tuple[list[np.ndarray], list[str]]:
    """Thirty recordings of two or three tones each, a letter for every tone, 2,000 samples per second."""
    words = ["".join("ab"[(k >> place) % 2] for place in range(2 + k % 2)) for k in range(30)]
    time, pitch = np.arange(200) / 2000, {"a": 200, "b": 700}
    pause = np.zeros(80)
    return [
        np.concatenate([np.r_[np.sin(2 * np.pi * pitch[one] * time), pause] for one in word]) for word in words
    ], words


def tunes() -> list[np.ndarray]:
    """Twenty tunes of 6 to 9 frames, two keys of 88 in turns above a third."""
    return [
        np.eye(88, dtype=np.uint8)[[60 + 4 * (step // (1 + k % 3) % 2) for step in range(6 + k % 4)]]
        | np.eye(88, dtype=np.uint8)[48 + k % 2]
        for k in range(20)
    ]


def pictures() -> np.ndarray:
    """Thirty images of five rows and four columns with one stroke each."""
    images = np.zeros((30, 5, 4), dtype=np.uint8)
    images[np.arange(30), :, np.arange(30) % 4] = 1
    return images


def visits() -> dict[str, Any]:
    """Two visitors who open, read and close pages of a size, now and then at the same second."""
    kind = np.array(["open", "read", "close", "read"])[np.arange(80) % 4]
    second = np.cumsum(np.arange(80) % 3 * (1 + np.arange(80) % 5 % 2))
    return {
        "visitor": np.repeat(["u", "v"], 80),
        "second": np.tile(second, 2),
        "kind": np.tile(kind, 2),
        "size": (np.arange(160) % 7 + np.tile(kind == "read", 2) * 10.0).round(1),
    }


@dataclass(frozen=True)
class Kept:
    """One artifact.

    Args:
        fitted: what makes it: an estimator that has learned.
        asked: what it is asked about.
    """

    fitted: Callable[[], Any]
    asked: Callable[[], Any]


SITES = {"target": "load", "time": "day", "group": "site", "known": ("plan",), "static": ("size",)}
VISITS = {"target": "kind", "time": "second", "group": "visitor"}
KEPT = {
    "forecast": Kept(
        lambda: seqloom.Forecaster(horizon=3, lookback=14, settings={**SMALL, "missing": "impute"}).fit(
            sites(), **SITES
        ),
        lambda: sites(ahead=3),
    ),
    "classify": Kept(
        lambda: seqloom.SequenceClassifier(settings={**SMALL, "convolution": True, "filters": 2, "members": 2}).fit(
            movements("kind"), target="kind", group="id"
        ),
        lambda: movements("kind"),
    ),
    "label": Kept(
        lambda: seqloom.SequenceLabeler(
            label_separator="|", settings={**SMALL, "text": ["letter"], "embedding": 4}
        ).fit(topics(), target="about"),
        topics,
    ),
    "regress": Kept(
        lambda: seqloom.SequenceRegressor(
            cell="gru", layers=2, pooling="mean", settings={**SMALL, "scaling": "robust"}
        ).fit(movements("pace"), target="pace", group="id"),
        lambda: movements("pace"),
    ),
    "texts": Kept(
        lambda: seqloom.SequenceClassifier(
            settings={**SMALL, "text": ["letter"], "tokens": "bpe", "vocabulary": 60, "embedding": 4}
        ).fit(letters(), target="mood"),
        letters,
    ),
    "tag": Kept(
        lambda: seqloom.Tagger(crf=True, settings={**SMALL, "embedding": 4}).fit(*sentences()),
        lambda: [*sentences()[0][:6], ["a", "cat", "sleeps"]],
    ),
    "language": Kept(
        lambda: seqloom.LanguageModel(settings={**SMALL, "embedding": 4, "truncate": 16}).fit(
            ["to be or not to be, that is the question.\n" * 12]
        ),
        lambda: ["not to be: so be it\n"],
    ),
    "translate": Kept(
        lambda: seqloom.Translator(settings={**SMALL, "embedding": 4, "beam": 2, "min_count": 1}).fit(*phrases()),
        lambda: phrases()[0][:6],
    ),
    "transcribe": Kept(
        lambda: seqloom.Transcriber(settings={**SMALL, "mel_bands": 8, "epochs": 6}).fit(*tones(), rate=2000),
        lambda: tones()[0][:6],
    ),
    "music": Kept(
        lambda: seqloom.MusicGenerator(settings={**SMALL, "head_size": 2}).fit(tunes()),
        lambda: tunes()[:1],
    ),
    "images": Kept(
        lambda: seqloom.ImageGenerator(settings={**SMALL, "head_size": 4}).fit(pictures()),
        lambda: pictures()[:3],
    ),
    "autoregression": Kept(
        lambda: seqloom.Forecaster(3, method="ar", lookback=14, settings={"missing": "impute"}).fit(sites(), **SITES),
        lambda: sites(ahead=3),
    ),
    "endings": Kept(
        lambda: seqloom.Tagger(method="ending_tag").fit(*sentences()),
        lambda: [*sentences()[0][:6], ["a", "seabirds", "sleeps"]],
    ),
    "events": Kept(
        lambda: seqloom.EventPredictor(attributes=["size"], settings=SMALL).fit(visits(), **VISITS),
        visits,
    ),
}
"""By the name of the file; `texts` is a classification of them, the two after `images` are simple methods."""
TASKS = {"texts": "classify", "autoregression": "forecast", "endings": "tag"}
"""Of those that are not called by their task."""


@pytest.mark.parametrize("name", ["autoregression", "endings"])
def test_a_simple_method_is_saved_as_it_was(name, tmp_path):
    """Whatever wrote it: the same words, the same bytes of its numbers; settings that are new stand beside them."""
    place = FOLDER / f"{name}.loom"
    again, before = (read_container(path) for path in (save(load(place), tmp_path / "again.loom"), place))
    assert again.manifest["method"] == before.manifest["method"]
    assert again.members["weights.safetensors"] == before.members["weights.safetensors"]


def numbers(columns: Mapping[str, Any]) -> dict[str, list[float]]:
    """The columns of a prediction that hold fractions, to seven digits."""
    fractions = {name: values for name, values in columns.items() if values.dtype.kind == "f"}
    return {name: [float(f"{value:.7g}") for value in values.tolist()] for name, values in fractions.items()}


@pytest.mark.parametrize("task", KEPT)
def test_a_kept_artifact_is_small(task):
    """It travels with the repository."""
    assert (FOLDER / f"{task}.loom").stat().st_size < 96_000


@pytest.mark.parametrize("task", KEPT)
def test_a_kept_artifact_loads(task):
    """Verified, rebuilt, and tried on its own golden examples."""
    assert load(FOLDER / f"{task}.loom").task == TASKS.get(task, task)


@pytest.mark.parametrize("task", KEPT)
def test_a_kept_artifact_answers_as_ever(task):
    """From a table in memory to numbers in its units: reading, preparation and model mean what they meant."""
    answers = numbers(seqloom.load(FOLDER / f"{task}.loom").answer(KEPT[task].asked()).to_columns())
    expected = json.loads((FOLDER / f"{task}.json").read_text())
    assert answers.keys() == expected.keys()
    for name, values in expected.items():
        # single precision keeps 7 digits; two layers of at most 14 steps leave 5 on another processor
        np.testing.assert_allclose(answers[name], values, rtol=1e-4, atol=1e-5, err_msg=name)


def main() -> None:
    """Make the artifacts that are not there."""
    for task, kept in KEPT.items():
        place = FOLDER / f"{task}.loom"
        if not place.exists():
            model = kept.fitted()
            answers = numbers(model.answer(kept.asked()).to_columns())
            (FOLDER / f"{task}.json").write_text(json.dumps(answers, indent=1) + "\n")
            save(replace(model.bundle_, report=None), place)


if __name__ == "__main__":
    main()
