"""Polyphonic music, frame by frame: Bach's chorales and the Nottingham tunes."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks.task import Data, Reference, Target, Task
from seqloom.read import read

CHORALES, TUNES = "jsb_chorales/jsb-chorales-quarter.json.gz", "nottingham/nottingham-pianoroll.json.gz"
PROTOCOL = (
    "The parts of Boulanger-Lewandowski et al. (2012); 88 keys, independent of each other given the frames before; "
    "total negative log-likelihood divided by the number of frames, in nats. `after the first` leaves out the first "
    "frame of each piece, as Bai et al. (2018) and those who follow them do, and is what targets and references are; "
    "`NLL per frame` counts all frames."
)
BAI = "Bai, Kolter & Koltun 2018"
METRIC = "nll_after_first"
COMMON = {"task": "music", "frame_head": "independent", "threads": 1, "clip_norm": 5.0}


def _task(name: str, title: str, file: str, recipe: Mapping[str, Any], target: Target, **references: float) -> Task:
    def load(folder: Path) -> Data:
        return Data(read(folder / file))

    sources = {"LSTM": BAI, "TCN": BAI, "RRU": "published comparison"}
    return Task(
        name=name,
        title=title,
        protocol=PROTOCOL,
        files=(file,),
        load=load,
        settings={**COMMON, **recipe},
        target=target,
        references=tuple(Reference(who, sources[who], {METRIC: value}) for who, value in references.items()),
        metrics=(METRIC, "nll", "f1"),
        seeds=(0, 1, 2, 3, 4),
    )


TASKS = (
    _task(
        "jsb-chorales",
        "Bach's chorales, quarter by quarter",
        CHORALES,
        {"hidden_size": 256, "members": 3, "dropout": 0.5, "epochs": 13, "batch_size": 2, "learning_rate": 0.003},
        Target(METRIC, 8.3, stretch=7.7),
        LSTM=8.45,
        TCN=8.10,
        RRU=7.72,
    ),
    _task(
        "nottingham",
        "Folk tunes with chords",
        TUNES,
        {"hidden_size": 256, "dropout": 0.5, "epochs": 24, "batch_size": 2, "learning_rate": 0.003, "truncate": 100},
        Target(METRIC, 3.2, stretch=2.9),
        LSTM=3.29,
        TCN=3.07,
        RRU=2.92,
    ),
)
