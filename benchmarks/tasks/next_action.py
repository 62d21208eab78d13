"""Football: which event comes next. Metrica Sports, sample data."""

import gzip
import json
from pathlib import Path
from typing import Any

import polars as pl

from benchmarks.task import MODEL, Data, Metrics, Target, Task
from seqloom.alternatives import fit_alternatives
from seqloom.estimators import Fitted
from seqloom.estimators.judged import judge_examples
from seqloom.estimators.refit import joined
from seqloom.model import EventModel
from seqloom.read import ReadSettings, read
from seqloom.tasks.events import EVENTS

GAMES = {1: "metrica/Sample_Game_1_RawEventsData.csv", 3: "metrica/Sample_Game_3_events.json.gz"}
READING = ReadSettings(target=("type",), time="time", group="half", per_step_target=True, ties=True)
CHAIN = "markov"
PROTOCOL = (
    "the first half, whose last 15 % choose the epoch before the network is trained anew on all of it, to learn from, "
    "the second to test; each event is told from all before it, what the log says of their end included; Markov chains "
    "are fitted on the whole first half; accuracy and macro F1 of the next event's type, and the smaller of the leads "
    "in both over the first-order chain."
)


def _named(names: object) -> str | None:
    """The names of one subtype or of several."""
    found = names if isinstance(names, list) else [names] if isinstance(names, dict) else []
    return "-".join(each["name"] for each in found) or None


def _of_json(path: Path) -> pl.DataFrame:
    """A log of nested events as one row per event."""
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        events: list[dict[str, Any]] = json.load(stream)["data"]
    rows = [
        {
            "half": str(event["period"]),
            "time": event["start"]["time"],
            "type": event["type"]["name"],
            "subtype": _named(event["subtypes"]),
            "team": event["team"]["name"],
            "seconds": event["end"]["time"] - event["start"]["time"],
            **{f"{end} {axis}": event[end][axis] for end in ("start", "end") for axis in "xy"},
        }
        for event in events
    ]
    return pl.DataFrame(rows, infer_schema_length=None)


def _of_csv(path: Path) -> pl.DataFrame:
    """The same of a log in a table."""
    table = pl.read_csv(path, null_values=["NaN", ""])
    return table.select(
        pl.col("Period").cast(pl.String).alias("half"),
        pl.col("Start Time [s]").alias("time"),
        pl.col("Type").alias("type"),
        pl.col("Subtype").alias("subtype"),
        pl.col("Team").alias("team"),
        (pl.col("End Time [s]") - pl.col("Start Time [s]")).alias("seconds"),
        *(pl.col(f"{end} {axis}").alias(f"{end.lower()} {axis.lower()}") for end in ("Start", "End") for axis in "XY"),
    )


def _load(game: int, folder: Path) -> Data:
    path = folder / GAMES[game]
    halves = read(_of_csv(path) if path.suffix == ".csv" else _of_json(path), settings=READING)
    return Data(halves.take([0]), halves.take([1]))


def _measure(fitted: Fitted) -> Metrics:
    """The judgement beside chains that know the whole first half, as the network does, and the lead over the first."""
    walked = fitted.walked
    training, test = walked.examples["train"], walked.examples["test"]
    half = EventModel.examples(training.prepared, joined(walked.parts.split), "train", walked.settings.model)
    alternatives = fit_alternatives(EVENTS.alternatives, half, classes=len(walked.pipeline.classes))
    judged = judge_examples(walked.model, walked.pipeline, test, alternatives, None)
    metrics = {name: dict(row) for name, row in judged.judgement.metrics.items()}
    model, chain = metrics[MODEL], metrics[CHAIN]
    model["lead"] = min(model[name] - chain[name] for name in ("accuracy", "f1"))
    return metrics


def _task(game: int, name: str, title: str, counts: str) -> Task:
    return Task(
        name=name,
        title=title,
        protocol=f"{counts}; {PROTOCOL}",
        files=(GAMES[game],),
        load=lambda folder: _load(game, folder),
        settings={
            "task": "events",
            "missing": "impute",
            "unseen": "unknown",
            "attributes": "team,start x,start y",
            "threads": 1,
        },
        target=Target("lead", 0.0, higher=True),
        references=(),
        metrics=("lead", "accuracy", "f1", "log_loss", "gap_nll", "gap_mae"),
        measure=_measure,
    )


TASKS = (
    _task(1, "next-action", "Football: the next action", "1,745 events of 9 types"),
    _task(3, "next-action-carries", "Football: the next action, carries among them", "3,620 events of 10 types"),
)
