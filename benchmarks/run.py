"""One run: read, fit through the public walk, and write down what came of it."""

import hashlib
import time
from pathlib import Path

import numpy as np
import torch

from benchmarks.machine import processor, versions
from benchmarks.record import Record
from benchmarks.task import MODEL, Task
from seqloom.estimators import FitSettings, Fitted, fit_dataset
from seqloom.estimators.judged import title_of
from seqloom.train import Progress


def run(
    task: Task, folder: Path, seed: int, *, directory: Path | None = None, progress: Progress | None = None
) -> Record:
    """Fit a task's recipe with one seed and judge it on the test part, once.

    Args:
        task: the task.
        folder: where the data sets are.
        seed: seed of weights, order and dropout.
        directory: where to keep checkpoints of the training, and to go on from them; None: nowhere.
        progress: who is told how the training goes.
    """
    data = task.load(folder)
    given = {**task.settings, "seed": seed}
    began = time.perf_counter()
    fitted = fit_dataset(
        data.dataset,
        FitSettings.flat(given),
        test=data.test,
        directory=directory,
        resume=directory is not None,
        progress=progress,
        given=given,
    )
    wall = time.perf_counter() - began
    walked = fitted.walked
    model, trained = walked.model, walked.run
    alone = {"data": fitted.validation.metrics, "scaled": fitted.validation.scaled}
    return Record(
        task=task.name,
        seed=seed,
        recipe=dict(task.settings),
        settings=walked.settings.flattened(),
        title=title_of(model),
        parameters=model.parameter_count,
        seconds=trained.seconds,
        wall=wall,
        epochs=trained.epochs,
        best_epoch=trained.best_epoch,
        overhead=trained.overhead,
        threads=trained.settings.threads or torch.get_num_threads(),
        examples={part: len(examples) for part, examples in walked.examples.items()},
        split=_split_hash(fitted),
        validation={units: dict(rows[MODEL]) for units, rows in alone.items() if rows},
        metrics=task.measure(fitted),
        verdict=fitted.judged.judgement.verdict.sentence,
        versions=versions(),
        processor=processor(),
    )


def _split_hash(fitted: Fitted) -> str:
    """Sha256 over the data's columns and the rows of every example of every part."""
    digest = hashlib.sha256(repr(fitted.bundle.fingerprint["columns"]).encode())
    for part, examples in sorted(fitted.walked.examples.items()):
        digest.update(part.encode())
        for places in (examples.sequence, examples.start, examples.stop):
            digest.update(np.ascontiguousarray(places, dtype=np.int64).data)
    return digest.hexdigest()
