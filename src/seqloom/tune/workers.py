"""Several processes that search side by side in one study."""

import multiprocessing
import os
import signal
import time
from collections.abc import Callable
from dataclasses import replace
from multiprocessing.context import SpawnProcess
from multiprocessing.synchronize import Event
from typing import Any

from seqloom.errors import SettingsError, TrainingError
from seqloom.tune.again import orphans
from seqloom.tune.job import Job
from seqloom.tune.loop import Search
from seqloom.tune.study import Place, Study, join

LOOK = 0.5
"""Seconds between two looks at what the processes have finished."""


def search_alone(job: Job, place: Place, study: Study, told: Callable[[], None]) -> bool:
    """Search in this process.

    Args:
        job: what is searched.
        place: where its study is.
        study: that was begun.
        told: called after every trial.

    Returns:
        Whether Ctrl-C ended it.
    """
    seed = job.work.seed + len(study.study.get_trials(deepcopy=False))
    search = Search(job, join(job, place, seed, study), told)
    search.run()
    return search.interrupted


def search_together(job: Job, place: Place, study: Study, told: Callable[[], None]) -> bool:
    """Search in several processes; the arguments are those of `search_alone`.

    Raises:
        SettingsError: the study is in memory, where other processes cannot see it.
        TrainingError: all processes have ended before the search did.
    """
    if place.storage is None:
        came, fix = "one in memory", "name a file: storage='load.tune.db'"
        raise SettingsError("workers", expected="a storage that several processes can open", came=came, fix=fix)
    context = multiprocessing.get_context("spawn")
    stop = context.Event()
    first = job.work.seed + len(study.study.get_trials(deepcopy=False))
    shared = replace(job, given=with_threads(job))
    processes = [
        context.Process(target=_work, args=(shared, place, first + 1_000 * number, stop))
        for number in range(job.work.workers)
    ]
    began, interrupted = time.monotonic(), False
    for process in processes:
        process.start()
    try:
        _wait(processes, study, told)
    except KeyboardInterrupt:
        interrupted = True
    finally:
        stop.set()
        for process in processes:
            process.join()
    orphans(study.study)
    told()
    lost = any(process.exitcode for process in processes)
    if lost and not interrupted and not job.work.budget.spent(study.begun(), time.monotonic() - began):
        codes = ", ".join(str(process.exitcode) for process in processes)
        expected, fix = "processes that search until the end", "see what they said; there may be too little memory"
        raise TrainingError("workers", expected=expected, came=f"exit codes {codes}", fix=fix)
    return interrupted


def with_threads(job: Job) -> dict[str, Any]:
    """The given settings, with as many threads as each of several processes has processors."""
    threads = max(1, (os.cpu_count() or 1) // job.work.workers)
    return {"threads": threads, **job.given}


def _wait(processes: list[SpawnProcess], study: Study, told: Callable[[], None]) -> None:
    """Until all have ended; trials of one that was lost are queued for the others."""
    while any(process.is_alive() for process in processes):
        time.sleep(LOOK)
        orphans(study.study)
        told()


def _work(job: Job, place: Place, seed: int, stop: Event) -> None:
    """One process: Ctrl-C reaches all of them, and the first one ends them."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = os.getppid()  # another one takes its place where it is killed
    Search(job, join(job, place, seed), asked_to_stop=lambda: stop.is_set() or os.getppid() != parent).run()
