"""Problems of the UCR and UEA archives: the defaults for all of them, the split that comes with them."""

from dataclasses import dataclass
from pathlib import Path

from benchmarks.task import Data, Reference, Target, Task
from seqloom.read import ReadSettings, read

RECIPE = {"task": "classify", "threads": 1}
"""The defaults; chosen within the training parts and on other problems of the archives, see the page of experiments."""

PROTOCOL = (
    "the given split; the defaults for all problems; accuracy. Earlier recipes were judged on this test part before "
    "today's defaults were fixed."
)
BAKE_OFF = "the archives' 2023 comparison, given split"
READING = ReadSettings(per_step_target=False, categories=("class",))


@dataclass(frozen=True)
class Problem:
    """A problem of the archives.

    Args:
        title: heading on the page.
        protocol: what the cases are.
        target: accuracy to reach.
        references: accuracies of others, by name.
        stretch: accuracy that would surprise.
    """

    title: str
    protocol: str
    target: float
    references: dict[str, float]
    stretch: float | None = None


PROBLEMS = {
    "JapaneseVowels": Problem(
        "Japanese vowels: which of nine speakers",
        "270 training and 370 test utterances of 7 to 29 steps, 12 features",
        0.98,
        {},
        0.989,
    ),
    "ItalyPowerDemand": Problem(
        "Italian power demand: summer or winter day",
        "67 training and 1,029 test days of 24 hours",
        0.965,
        {"1-NN DTW": 0.950, "ROCKET": 0.970, "ResNet": 0.965, "InceptionTime": 0.966, "HIVE-COTE 2": 0.970},
        0.970,
    ),
    "GunPoint": Problem(
        "Gun or point: two motions of a hand",
        "50 training and 150 test motions of 150 steps",
        0.98,
        {"1-NN DTW": 0.907, "ROCKET": 1.0, "ResNet": 0.993, "InceptionTime": 1.0, "HIVE-COTE 2": 1.0},
        1.0,
    ),
    "BasicMotions": Problem(
        "Basic motions: standing, walking, running, badminton",
        "40 training and 40 test recordings of 100 steps, 6 channels of a watch",
        1.0,
        {"DTW, dependent": 0.975, "ROCKET": 1.0, "ResNet": 1.0, "InceptionTime": 1.0, "HIVE-COTE 2": 1.0},
    ),
    "RacketSports": Problem(
        "Racket sports: two strokes of badminton, two of squash",
        "151 training and 152 test strokes of 30 steps, 6 channels of a watch",
        0.90,
        {"DTW, dependent": 0.803, "ROCKET": 0.895, "ResNet": 0.908, "InceptionTime": 0.882, "HIVE-COTE 2": 0.908},
        0.908,
    ),
    "ArrowHead": Problem(
        "Arrow heads: the age of a projectile point by its outline",
        "36 training and 175 test outlines of 251 steps",
        0.85,
        {"1-NN DTW": 0.703, "ROCKET": 0.823, "ResNet": 0.811, "InceptionTime": 0.863, "HIVE-COTE 2": 0.869},
        0.874,
    ),
}


def _files(name: str) -> tuple[str, str]:
    return f"ucr_uea/{name}/{name}_TRAIN.ts", f"ucr_uea/{name}/{name}_TEST.ts"


def _load(name: str, folder: Path) -> Data:
    train, test = _files(name)
    dataset = read(folder / train, settings=READING)
    return Data(dataset, read(folder / test, schema=dataset.schema))


def _task(name: str, problem: Problem) -> Task:
    return Task(
        name=name,
        title=problem.title,
        protocol=f"{problem.protocol}; {PROTOCOL}",
        files=_files(name),
        load=lambda folder: _load(name, folder),
        settings=RECIPE,
        target=Target("accuracy", problem.target, stretch=problem.stretch, higher=True),
        references=tuple(Reference(who, BAKE_OFF, {"accuracy": value}) for who, value in problem.references.items()),
        metrics=("accuracy", "f1", "log_loss"),
        seeds=(0, 1, 2, 3, 4),
    )


TASKS = tuple(_task(name, problem) for name, problem in PROBLEMS.items())
