"""Trains and judges on public data sets, and rewrites the page of results.

    scripts/quality TASK... [--seeds 0 1 2] [--data DIR]     no task: all of them
    scripts/quality TASK... --checkpoints DIR                a training that was stopped goes on from there
    scripts/quality --list
    scripts/quality --rebuild

Data sets are looked for in --data, in the folder SEQLOOM_DATA names, or beside the checkout.
"""

import argparse
import os
import sys
from pathlib import Path

from benchmarks.catalogue import families, named
from benchmarks.page import page
from benchmarks.record import RESULTS, Record
from benchmarks.run import run
from benchmarks.task import MODEL, Task
from seqloom.train import progress_on

REPOSITORY = Path(__file__).resolve().parents[1]
PAGE = REPOSITORY / "docs" / "results.md"


def main(arguments: list[str] | None = None) -> int:
    """Do what the arguments ask for; 2 if they cannot be understood."""
    asked = _parser().parse_args(arguments)
    try:
        tasks = named(asked.tasks)
    except LookupError as error:
        print(error.args[0], file=sys.stderr)
        return 2
    if asked.list:
        for name, group in families().items():
            print(f"{name}: {' '.join(task.name for task in group)}")
        return 0
    if not asked.rebuild:
        for task in tasks:
            _measure(task, asked.data, asked.seeds, asked.checkpoints)
    rebuild()
    return 0


def rebuild(results: Path = RESULTS, target: Path = PAGE) -> None:
    """Write the page from all records."""
    tasks = named([])
    records = [record for task in tasks for record in Record.of_task(task.name, results)]
    target.write_text(page(tasks, records), encoding="utf-8")


def _measure(task: Task, folder: Path, seeds: list[int] | None, checkpoints: Path | None) -> None:
    """Run a task with each seed, or say why not."""
    missing = task.missing(folder)
    if missing:
        print(f"skipped {task.name}: no {missing[0]} in {folder}; name the folder with --data or SEQLOOM_DATA")
        return
    for seed in task.seeds if seeds is None else seeds:
        directory = None if checkpoints is None else checkpoints / f"{task.name}-{seed}"
        record = run(task, folder, seed, directory=directory, progress=progress_on(sys.stderr))
        record.save()
        shown = {metric: round(record.metrics[MODEL][metric], 4) for metric in task.metrics}
        print(f"{task.name}, seed {seed}: {shown}, {record.seconds:.0f} s, overhead {100 * record.overhead:.1f} %")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="scripts/quality", description="Quality on public data sets.")
    parser.add_argument("tasks", nargs="*", metavar="TASK", help="task, or file of tasks; none: all")
    parser.add_argument("--seeds", type=int, nargs="+", help="seeds, instead of the task's own")
    parser.add_argument("--data", type=Path, default=data_folder(), help="folder of the data sets")
    parser.add_argument("--checkpoints", type=Path, help="where trainings are kept, to go on with those that stopped")
    parser.add_argument("--list", action="store_true", help="name the tasks")
    parser.add_argument("--rebuild", action="store_true", help="only rewrite the page")
    return parser


def data_folder() -> Path:
    """The folder of data sets: the one SEQLOOM_DATA names, or the one beside the checkout."""
    place = os.environ.get("SEQLOOM_DATA")
    return Path(place) if place else REPOSITORY.parent / "shared" / "data"


if __name__ == "__main__":
    sys.exit(main())
