"""Whole walks: small files of every kind, the words that fit a model to each, and the estimator that does the same."""

import json
import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import polars as pl
import pytest

import seqloom

STEPS = 60
DAYS = np.datetime64("2024-01-01") + np.arange(STEPS + 10)
QUICK = {"epochs": 1, "hidden_size": 4}
WINDOW = {**QUICK, "horizon": 2, "lookback": 6}


def wave(steps=STEPS, *, level=10.0, period=7.0, phase=0.0):
    """A wave with a little noise that is the same each time."""
    noise = np.random.default_rng(int(10 * level + phase)).normal(0, 0.2, steps)
    return np.round(level + 3 * np.sin(np.arange(steps) * 2 * math.pi / period + phase) + noise, 4)


def series(folder, **columns):
    """A file of one series with a clock and these columns beside `load`."""
    table = pl.DataFrame({"day": DAYS[:STEPS], "load": wave(), **columns})
    table.write_csv(folder / "series.csv")
    return folder / "series.csv"


def sites(folder, **columns):
    """A file of three series told apart by `site`; columns are functions of the site's number."""
    parts = [
        pl.DataFrame({"site": [f"s{k}"] * 40, "day": DAYS[:40], "load": wave(40, level=5 + 3 * k)}).with_columns(
            **{name: pl.lit(make(k)) for name, make in columns.items()}
        )
        for k in range(3)
    ]
    pl.concat(parts).write_csv(folder / "sites.csv")
    return folder / "sites.csv"


def events(folder, *, clock=True):
    """Two logs of events of three types that come round, some at the same second."""
    kinds = [f"k{place % 3}" for place in range(60)]
    columns = {"kind": kinds, "x": wave(60), "team": [f"t{place % 2}" for place in range(60)]}
    seconds = {"second": np.cumsum(np.tile([0, 1, 2], 20))} if clock else {}
    logs = [pl.DataFrame({"match": [f"m{number}"] * 60, **seconds, **columns}) for number in range(2)]
    pl.concat(logs).write_csv(folder / "events.csv")
    return folder / "events.csv"


def planned(folder):
    """A series with a plan, and the same followed by three days of which only the plan is known."""
    plan = np.arange(STEPS + 3) % 2
    table = pl.DataFrame({"day": DAYS[: STEPS + 3], "plan": plan, "load": [*wave(), None, None, None]})
    table[:STEPS].write_csv(folder / "planned.csv")
    table.write_csv(folder / "ahead.csv")
    return folder / "planned.csv"


def gaps(folder):
    """A series with a covariate; some cells of both are empty."""
    load, warmth = list(wave()), list(wave(phase=1.0))
    load[20] = load[21] = warmth[5] = warmth[33] = None
    table = pl.DataFrame({"day": DAYS[:STEPS], "load": load, "warmth": warmth})
    table.write_csv(folder / "gaps.csv")
    return folder / "gaps.csv"


def movements(*, rare=False):
    """Twenty-four sequences of different length, fast or slow; one in four is fast where that is rare."""
    rng = np.random.default_rng(5)
    fast = [k % 4 == 0 if rare else k % 2 == 0 for k in range(24)]
    made = [np.sin(np.arange(6 + k % 5) * (1.5 if fast[k] else 0.3)) + rng.normal(0, 0.1, 6 + k % 5) for k in range(24)]
    return [values.round(4) for values in made], fast


def labelled(folder, labels=("slow", "fast"), *, rare=False):
    """A long table of movements with a group, a step number and a label."""
    rows = [
        (key, step, value, labels[fast])
        for key, (values, fast) in enumerate(zip(*movements(rare=rare), strict=True))
        for step, value in enumerate(values.tolist())
    ]
    pl.DataFrame(rows, schema=["id", "step", "x", "kind"], orient="row").write_csv(folder / "labelled.csv")
    return folder / "labelled.csv"


def archive(folder):
    """Movements as two files of the UCR archive, one to train and one to test."""
    head = "@problemName moves\n@univariate true\n@equalLength false\n@classLabel true slow fast\n@data\n"
    lines = [
        ",".join(map(str, values.tolist())) + f":{'fast' if fast else 'slow'}\n"
        for values, fast in zip(*movements(), strict=True)
    ]
    (folder / "moves_TRAIN.ts").write_text(head + "".join(lines[:16]))
    (folder / "moves_TEST.ts").write_text(head + "".join(lines[16:]))
    return folder / "moves_TRAIN.ts"


def nested(folder):
    """Movements as JSON lines, one sequence each."""
    lines = [
        json.dumps({"x": values.tolist(), "kind": "fast" if fast else "slow"})
        for values, fast in zip(*movements(), strict=True)
    ]
    (folder / "moves.jsonl").write_text("\n".join(lines) + "\n")
    return folder / "moves.jsonl"


def lives(folder, *, per_step=False):
    """Sequences with their length as a value, or with the steps left at each step."""
    rows = [
        (key, step, value, float(len(values) - step if per_step else len(values)))
        for key, values in enumerate(movements()[0])
        for step, value in enumerate(values.tolist())
    ]
    pl.DataFrame(rows, schema=["id", "step", "x", "life"], orient="row").write_csv(folder / "lives.csv")
    return folder / "lives.csv"


def machines(folder):
    """Machines that run until they fail, hotter towards the end, and the steps a few of them still had to go."""
    rows = [
        (key, step, round(float(value) + step / 5, 4), 0 if key % 4 else key % 3)
        for key, values in enumerate(movements()[0])
        for step, value in enumerate(values.tolist())
    ]
    pl.DataFrame(rows, schema=["id", "step", "heat", "left"], orient="row").write_csv(folder / "machines.csv")
    return folder / "machines.csv"


def reviews(folder):
    """A table of short texts, what their writers think, and how many stars they give."""
    rng = np.random.default_rng(6)
    told = [["bad", "dull", "awful"], ["good", "great", "fine"]]
    texts = [" ".join([*rng.choice(["the", "film", "was", "so"], 3), *rng.choice(told[k % 2], 2)]) for k in range(30)]
    stars = [4.0 * (k % 2) + 0.1 * (k % 5) for k in range(30)]
    table = pl.DataFrame({"review": texts, "opinion": ["no" if k % 2 else "yes" for k in range(30)], "stars": stars})
    table.write_csv(folder / "reviews.csv")
    return folder / "reviews.csv"


def films(folder):
    """A table of short texts with no label, one or two in a cell."""
    told = {"comedy": "clown", "crime": "thief"}
    own = [[genre for place, genre in enumerate(told) if k >> place & 1] for k in range(40)]
    texts = [
        " ".join(["the", "tale", f"of{k % 3}", *(told[genre] for genre in genres)]) for k, genres in enumerate(own)
    ]
    pl.DataFrame({"plot": texts, "genres": [" / ".join(genres) for genres in own]}).write_csv(folder / "films.csv")
    return folder / "films.csv"


def faults(folder):
    """A long table of sequences that are fast, loud, both or neither, and a column of 0 and 1 for each."""
    rows = [
        (key, value * (1 + key // 2 % 2), key % 2, key // 2 % 2)
        for key, values in enumerate(movements()[0])
        for value in values.tolist()
    ]
    pl.DataFrame(rows, schema=["id", "x", "fast", "loud"], orient="row").write_csv(folder / "faults.csv")
    return folder / "faults.csv"


def captions(folder: Path) -> Path:
    """A table of short texts and their translations."""
    words = {"ein": "a", "der": "the", "hund": "dog", "mann": "man", "rennt": "runs", "sitzt": "sits"}
    german = [f"{a} {b} {c}." for a in ("ein", "der") for b in ("hund", "mann") for c in ("rennt", "sitzt")] * 5
    english = [" ".join(words[word] for word in text[:-1].split()) + "." for text in german]
    path = folder / "captions.csv"
    pl.DataFrame({"de": german, "en": english}).write_csv(path)
    return path


@dataclass(frozen=True)
class Case:
    """A file and what is to be learned from it.

    Args:
        write: writes the data to a folder and names the file to train on.
        settings: everything that is chosen, by name.
        estimator: which estimator learns it.
        ask: the file predictions are asked for, beside the first; None: the file trained on.
        test: the file to judge on, beside the first, if there is one.
    """

    write: Callable[[Path], Path]
    settings: dict[str, object]
    estimator: str = "Forecaster"
    ask: str | None = None
    test: str | None = None

    @property
    def words(self) -> list[str]:
        """The settings as flags of the command line."""
        flags = []
        for name, value in self.settings.items():
            flag = name.replace("_", "-")
            flags += [f"--{flag}", str(value)]
        return flags


COLOURS = np.array(["red", "green", "blue"])[np.arange(STEPS) % 3]
LOAD = {**WINDOW, "target": "load"}
TWO = {**WINDOW, "target": "load,warmth"}
SITES = {**LOAD, "group": "site"}
KIND = {**QUICK, "target": "kind", "group": "id", "time": "step"}
LIFE = {**QUICK, "target": "life", "group": "id", "time": "step"}
ENDS = {**QUICK, "group": "id", "time": "step", "steps_left": "left"}
OPINION = {**QUICK, "target": "opinion", "text": "review", "ignore": "stars", "min_count": 1, "embedding": 4}

EVENTS = {**QUICK, "task": "events", "target": "kind", "time": "second", "group": "match", "attributes": "x,team"}
UNTIMED = {name: value for name, value in EVENTS.items() if name not in ("time", "attributes")}

CASES = {
    "one series": Case(series, LOAD),
    "several series": Case(sites, SITES),
    "scaled by group": Case(sites, {**SITES, "scale_by": "group", "scaling": "robust"}),
    "static covariates": Case(
        lambda folder: sites(folder, size=lambda k: 1.5 * k, region=lambda k: "north" if k else "south"),
        {**SITES, "static": "size,region"},
    ),
    "independent targets": Case(lambda folder: series(folder, warmth=wave(phase=1.0)), TWO),
    "joint targets": Case(lambda folder: series(folder, warmth=wave(phase=1.0)), {**TWO, "channels": "joint"}),
    "known ahead": Case(planned, {**LOAD, "known": "plan"}, ask="ahead.csv"),
    "learned categories": Case(lambda folder: series(folder, colour=COLOURS), LOAD),
    "one-hot categories": Case(lambda folder: series(folder, colour=COLOURS), {**LOAD, "encoding": "one-hot"}),
    "integer categories": Case(lambda folder: series(folder, colour=COLOURS), {**LOAD, "encoding": "integer"}),
    "gaps filled forward": Case(gaps, {**LOAD, "missing": "forward-fill"}),
    "gaps imputed": Case(gaps, {**LOAD, "missing": "impute"}),
    "logarithms": Case(series, {**LOAD, "target_transform": "log"}),
    "segments": Case(series, {**LOAD, "segment": 2}),
    "relative to the mean so far": Case(series, {**LOAD, "normalize": "mean"}),
    "relative to the window": Case(series, {**LOAD, "normalize": "window"}),
    "relative to nothing": Case(series, {**LOAD, "normalize": "none"}),
    "labels in a long table": Case(labelled, KIND, "SequenceClassifier"),
    "labels of an archive": Case(archive, QUICK, "SequenceClassifier", ask="moves_TEST.ts", test="moves_TEST.ts"),
    "labels in JSON lines": Case(nested, {**QUICK, "target": "kind"}, "SequenceClassifier"),
    "labels 0 and 1": Case(
        lambda folder: labelled(folder, (0, 1)), {**KIND, "categories": "kind"}, "SequenceClassifier"
    ),
    "rare labels": Case(
        lambda folder: labelled(folder, rare=True),
        {**KIND, "threshold": "f1", "class_weights": "balanced"},
        "SequenceClassifier",
    ),
    "labels of texts": Case(reviews, OPINION, "SequenceClassifier"),
    "labels of texts by their pieces": Case(
        reviews, {**OPINION, "tokens": "bpe", "vocabulary": 30, "max_tokens": 8, "cut": "head"}, "SequenceClassifier"
    ),
    "any number of labels of texts": Case(
        films,
        {**QUICK, "target": "genres", "label_separator": "/", "text": "plot", "min_count": 1, "embedding": 4},
        "SequenceLabeler",
    ),
    "any number of labels in a long table": Case(
        faults, {**QUICK, "task": "label", "target": "fast,loud", "group": "id"}, "SequenceLabeler"
    ),
    "values of texts": Case(
        reviews, {**OPINION, "target": "stars", "ignore": "opinion", "tokens": "characters"}, "SequenceRegressor"
    ),
    "a value per sequence": Case(lives, LIFE, "SequenceRegressor"),
    "remaining life": Case(machines, {**ENDS, "remaining_life": 6}, "SequenceRegressor"),
    "failures": Case(machines, {**ENDS, "fails_within": 1}, "Tagger"),
    "a value per step": Case(
        lambda folder: lives(folder, per_step=True), {**LIFE, "task": "regress"}, "SequenceRegressor"
    ),
    "translations": Case(captions, {**QUICK, "task": "translate", "target": "en", "text": "de"}, "Translator"),
    "events": Case(events, EVENTS, "EventPredictor"),
    "events without a clock": Case(lambda folder: events(folder, clock=False), UNTIMED, "EventPredictor"),
}


@pytest.fixture(scope="session", params=list(CASES))
def walk(request, tmp_path_factory, command):
    """One case, fitted twice: by the command line, and by the estimator in this process."""
    case = CASES[request.param]
    folder = tmp_path_factory.mktemp("walk")
    data = case.write(folder)
    artifact = folder / "model.loom"
    judged = ["--test", folder / case.test] if case.test else []
    fitted = command("fit", data, *case.words, *judged, "--json", "-o", artifact)
    assert fitted.code == 0, fitted.err
    settings = {name: value for name, value in case.settings.items() if name != "task"}
    model = getattr(seqloom, case.estimator)(settings=settings)
    model.fit(data, test=folder / case.test if case.test else None)
    return SimpleNamespace(
        name=request.param,
        case=case,
        data=data,
        ask=folder / case.ask if case.ask else data,
        artifact=artifact,
        summary=json.loads(fitted.out),
        model=model,
    )


@pytest.fixture
def quick_series(tmp_path):
    """A file of one series, and the words that fit a forecaster to it in no time."""
    return SimpleNamespace(data=series(tmp_path), words=CASES["one series"].words, folder=tmp_path)
