"""The whole of a tuning: search, final, report."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeAlias

from seqloom.artifact import save
from seqloom.errors import SettingsError, TrainingError
from seqloom.estimators import FitSettings, Fitted, with_page
from seqloom.read import Source, read
from seqloom.report import Report
from seqloom.sequence import SequenceDataset
from seqloom.train import Progress
from seqloom.tune.final import Final, final
from seqloom.tune.job import Job, Work, job_of
from seqloom.tune.record import Tried, best_of
from seqloom.tune.sections import report_of
from seqloom.tune.sentence import sentence_of
from seqloom.tune.space import Space
from seqloom.tune.space_file import read_space
from seqloom.tune.study import Place, Study, begin
from seqloom.tune.workers import search_alone, search_together

Told: TypeAlias = Callable[["Standing"], None]
"""Told of every trial that was finished."""


@dataclass(frozen=True)
class Standing:
    """Where a search stands after a trial.

    Args:
        trial: that was finished.
        best: the best so far; None: none was completed.
        finished: how many were, those of earlier calls included.
        left: seconds until the search ends, about; NaN: not known.
    """

    trial: Tried
    best: Tried | None
    finished: int
    left: float


@dataclass(frozen=True)
class Finished:
    """What a search came to.

    Args:
        job: what was searched.
        study: its trials.
        interrupted: whether Ctrl-C ended it.
    """

    job: Job
    study: Study
    interrupted: bool

    @property
    def trials(self) -> list[Tried]:
        """All finished trials."""
        return self.study.trials()


@dataclass(frozen=True)
class Tuned:
    """A search with its final.

    Args:
        fitted: the model of the best settings, with the report of the search.
        final: how it does beside the defaults.
        trials: all finished trials, in order.
        report: the search, the final, and the tuned model's own report.
    """

    fitted: Fitted
    final: Final
    trials: tuple[Tried, ...]
    report: Report

    @property
    def sentence(self) -> str:
        """Whether the tuned settings beat the defaults on the test part, and by how much."""
        return sentence_of(self.final)

    @property
    def best(self) -> Tried:
        """The trial with the best settings."""
        return self.final.best

    @property
    def settings(self) -> dict[str, Any]:
        """The settings of the tuned model, all of them, as `fit` takes them."""
        return dict(self.fitted.walked.plan.used)

    def save(self, path: Path | str) -> Path:
        """Save the tuned model as an artifact; returns where it stands."""
        return save(with_page(self.fitted.bundle), path)


def tune(
    data: Source | SequenceDataset,
    settings: Mapping[str, Any],
    *,
    test: Source | SequenceDataset | None = None,
    space: Space | Path | str | None = None,
    work: Work | None = None,
    place: Place | None = None,
    told: Told | None = None,
    progress: Progress | None = None,
) -> Tuned:
    """Search settings, train the best ones and the defaults, and judge both on the test part.

    Args:
        data: a path, a table, or what `seqloom.read` made of one.
        settings: flat, as for the estimators' `settings`: roles of columns, the task, and what is not to be searched.
        test: data to judge on; by default a part of `data` is held out.
        space: what is searched, or a YAML file that says so; None: what is usual for the task.
        work: how much it may cost, when trials are given up, how many processes search; None: 30 trials, one after the
            other. A script that asks for several processes needs the usual `if __name__ == "__main__"`.
        place: where trials are kept, so that a search that was ended goes on; None: in memory.
        told: called after every trial.
        progress: who is told how the final trainings go.

    Raises:
        InputError: something about the data, the settings or the space cannot be used.
        TrainingError: no trial was completed.
        KeyboardInterrupt: Ctrl-C; a search with a storage goes on from there.
    """
    given = dict(settings)
    chosen = FitSettings.flat(given)
    dataset = data if isinstance(data, SequenceDataset) else read(data, settings=chosen.reading)
    held = test if test is None or isinstance(test, SequenceDataset) else _like(test, chosen, dataset)
    wanted = read_space(Path(space), given) if isinstance(space, str | Path) else space
    job = job_of(dataset, given, test=held, space=wanted, work=work or Work(seed=chosen.train.seed))
    place = place or Place()
    searched = search(job, place, begin(job, place)[0], told)
    if searched.interrupted:
        raise KeyboardInterrupt
    return conclude(searched, given=given, progress=progress)


def search(job: Job, place: Place, study: Study, told: Told | None = None) -> Finished:
    """Search until the budget is spent or Ctrl-C is pressed.

    Args:
        job: what is searched.
        place: where its study is.
        study: that was begun there.
        told: called after every trial.

    Raises:
        SettingsError: there is no worker, or several and the study is in memory.
        TrainingError: a process ended before its time.
    """
    if job.work.workers < 1:
        raise SettingsError("workers", expected="1 or more", came=str(job.work.workers), fix="correct it")
    ask = search_alone if job.work.workers == 1 else search_together
    return Finished(job, study, ask(job, place, study, _teller(job, study, told)))


def conclude(searched: Finished, *, given: Mapping[str, Any], progress: Progress | None = None) -> Tuned:
    """The final of a search, and the report.

    Args:
        searched: the search.
        given: the settings that were given, for the report.
        progress: who is told how the final trainings go.

    Raises:
        TrainingError: no trial was completed.
        KeyboardInterrupt: Ctrl-C.
    """
    trials = searched.trials
    best = best_of(trials)
    if best is None:
        reasons = [trial.reason for trial in trials if trial.reason]
        came, fix = reasons[0] if reasons else "none", "give it more time, or correct the space"
        raise TrainingError("tune", expected="a trial that was completed", came=came, fix=fix)
    found = final(searched.job, best, given=given, progress=progress)
    if found.interrupted:
        raise KeyboardInterrupt
    report = report_of(searched.job, searched.study, found)
    bundle = replace(found.fitted.bundle, report=report.model_dump(mode="json"), report_html=None)
    return Tuned(replace(found.fitted, bundle=bundle, report=report), found, tuple(trials), report)


def _like(test: Source, chosen: FitSettings, dataset: SequenceDataset) -> SequenceDataset:
    return read(test, settings=chosen.reading, schema=dataset.schema)


def _teller(job: Job, study: Study, told: Told | None) -> Callable[[], None]:
    """Tells of every trial once, in the order they were finished."""
    began, before = time.monotonic(), len(study.trials())
    known = {trial.number for trial in study.trials()}

    def tell() -> None:
        trials = study.trials()
        seconds = time.monotonic() - began
        for trial in trials:
            if trial.number in known:
                continue
            known.add(trial.number)
            left = job.work.budget.left(len(known), seconds, before=before, workers=job.work.workers)
            if told is not None:
                told(Standing(trial, best_of([one for one in trials if one.number in known]), len(known), left))

    return tell
