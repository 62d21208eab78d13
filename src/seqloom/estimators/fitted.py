"""The whole of a fit: walk, judgement, report, and the bundle that can be saved."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Group
from rich.text import Text

from seqloom.artifact import Bundle, Golden
from seqloom.estimators.judged import Judged, judge_walk
from seqloom.estimators.plan import Plan, plan
from seqloom.estimators.profile import watch_profile
from seqloom.estimators.reporting import build_report
from seqloom.estimators.settings import FitSettings
from seqloom.estimators.walk import Walked, walk
from seqloom.evaluate import MODEL, Judgement
from seqloom.monitor import PROFILE
from seqloom.read import describe
from seqloom.report import Report, Scoreboard, Sketch, render
from seqloom.sequence import SequenceDataset
from seqloom.tasks import TASKS
from seqloom.train import Progress

HASHED_ROWS = 1 << 20


@dataclass(frozen=True)
class Fitted:
    """A fit, finished.

    Args:
        bundle: what can be saved and used.
        walked: how it came about.
        judged: the judgement on the test part.
        validation: the judgement of the model on the validation part.
        report: everything a reader wants to know.
    """

    bundle: Bundle
    walked: Walked
    judged: Judged
    validation: Judgement
    report: Report

    def sketch(self) -> Sketch | None:
        """The last forecast of the test part for a terminal; None for tasks that have nothing to draw."""
        draw = TASKS[self.bundle.task].sketch
        return None if draw is None else draw(self.judged.answered)

    def conclusion(self, title: str | None = None, *, scaled: bool = False) -> Group:
        """What a terminal shows: model beside alternatives, a sketch where there is a forecast, the verdict; for rich.

        Args:
            title: stands above; None: how many test examples there were.
            scaled: metrics in the scaled units of the training part, where the task has such.
        """
        judgement, sketch = self.judged.judgement, self.sketch()
        metrics = judgement.scaled if scaled and judgement.scaled else judgement.metrics
        plural = "" if judgement.examples == 1 else "s"
        head = f"Test part, {judgement.examples} example{plural}" if title is None else title
        head += ", scaled units" if metrics is judgement.scaled else ""
        board = Scoreboard(TASKS[self.bundle.task].metrics, metrics, head)
        said = [Text(sentence) for sentence in (judgement.verdict.sentence, judgement.order) if sentence]
        return Group(board, *(() if sketch is None else (sketch,)), *said)

    def summary(self, artifact: Path | None, *, scaled: bool = False) -> dict[str, Any]:
        """The fit as one JSON-able object.

        Args:
            artifact: where the bundle was saved.
            scaled: metrics in the scaled units of the training part, where the task has such.
        """
        test = self.judged.judgement
        metrics, alone = (
            (test.scaled, self.validation.scaled) if scaled and test.scaled else (test.metrics, self.validation.metrics)
        )
        return {
            "task": self.bundle.task,
            "artifact": None if artifact is None else str(artifact),
            "metrics": {"validation": dict(alone[MODEL]), "test": dict(metrics[MODEL])},
            "baselines": {name: dict(row) for name, row in metrics.items() if name != MODEL},
            "verdict": test.verdict.sentence,
            "epochs": None if self.walked.run is None else self.walked.run.epochs,
            "seconds": self.walked.seconds,
            "settings": self.walked.plan.used,
        }


def fit_dataset(
    dataset: SequenceDataset,
    settings: FitSettings,
    *,
    test: SequenceDataset | None = None,
    directory: Path | None = None,
    resume: bool = False,
    progress: Progress | None = None,
    given: Mapping[str, Any] | None = None,
) -> Fitted:
    """Train a model on a data set and judge it.

    Args:
        dataset: the data as it was read.
        settings: what was chosen; the rest is chosen from the data.
        test: a test set given apart; None: the test part is cut from `dataset`.
        directory: where to keep history and checkpoints of the training; None: nowhere.
        resume: continue from the directory's checkpoint, if there is one.
        progress: who is told how the training goes.
        given: the settings the user gave, by name, for the report.
    """
    planned = plan(dataset, settings, test=test)
    return fit_planned(planned, directory=directory, resume=resume, progress=progress, given=given)


def fit_planned(
    planned: Plan,
    *,
    directory: Path | None = None,
    resume: bool = False,
    progress: Progress | None = None,
    given: Mapping[str, Any] | None = None,
) -> Fitted:
    """Train a model as planned and judge it; the arguments are those of `fit_dataset`."""
    walked = walk(planned, directory=directory, resume=resume, progress=progress)
    judged, validation = judge_walk(walked, progress=progress)
    report = build_report(walked, judged, validation.judgement, given=given or {})
    bundle = _bundle(walked, judged, validation.judgement, report)
    watched = {PROFILE: found} if (found := watch_profile(bundle, walked, validation)) else {}
    bundle = replace(bundle, profile={**bundle.profile, **watched})
    return Fitted(bundle, walked, judged, validation.judgement, report)


def _bundle(walked: Walked, judged: Judged, validation: Judgement, report: Report) -> Bundle:
    dataset, model = walked.parts.dataset, walked.model
    golden = Golden.record(model, walked.pipeline, dataset)
    test = judged.judgement
    return Bundle(
        model=model,
        pipeline=walked.pipeline,
        schema=dataset.schema,
        golden=golden,
        settings=walked.plan.used,
        fingerprint=fingerprint(dataset),
        metrics={"validation": dict(validation.metrics[MODEL]), "test": dict(test.metrics[MODEL])},
        baselines={name: dict(row) for name, row in test.metrics.items() if name != MODEL},
        profile={
            **({} if walked.plan.begin is None else walked.plan.begin.profile),
            "season": walked.season,
            "columns": [dict(row) for row in describe(dataset)],
            "lengths": [int(length) for length in np.quantile(dataset.lengths, (0, 0.5, 1))],
        },
        history=() if walked.run is None else tuple(dict(line) for line in walked.run.history),
        report=report.model_dump(mode="json"),
    )


def with_page(bundle: Bundle) -> Bundle:
    """The bundle with its report as a page, drawn now if it was not before: drawing takes longer than small fits."""
    if bundle.report is None or bundle.report_html is not None:
        return bundle
    return replace(bundle, report_html=render(Report.model_validate(bundle.report)))


def fingerprint(dataset: SequenceDataset) -> dict[str, Any]:
    """What a data set was: sequences, steps and a sha256 of each column's values."""
    columns = {name: _digest(values) for name, values in {**dataset.steps, **dataset.statics}.items()}
    return {
        "source": dataset.source,
        "sequences": len(dataset),
        "steps": dataset.total_steps,
        "columns": columns,
    }


def _digest(values: np.ndarray[Any, np.dtype[Any]]) -> str:
    digest = hashlib.sha256()
    for start in range(0, len(values), HASHED_ROWS):
        digest.update(np.ascontiguousarray(values[start : start + HASHED_ROWS]).data)
    return digest.hexdigest()
