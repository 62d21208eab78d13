"""The report of a search."""

from collections.abc import Sequence
from typing import Any

from seqloom.report import Report, Section, Table, scores_section
from seqloom.report.table import Cell, Column
from seqloom.tune.figures import history_figure, importance_figure, slices_figure
from seqloom.tune.final import Final
from seqloom.tune.importance import importances
from seqloom.tune.job import Job
from seqloom.tune.objective import name_of
from seqloom.tune.record import Tried
from seqloom.tune.sentence import amount, sentence_of
from seqloom.tune.study import Study
from seqloom.version import __version__

ROWS = 50
"""Trials in the table."""
EARNED: dict[str, Any] = {"better": "yes", "worse": "no", "same": "no"}


def report_of(job: Job, study: Study, final: Final) -> Report:
    """The search and its final, with the sections of the tuned model's own report behind it.

    Args:
        job: the search.
        study: its trials.
        final: what came of it.
    """
    own, trials = final.fitted.report, study.trials()
    shares = importances(study.study, job.work.seed)
    measured, order = name_of(job.space), [name.partition(" (")[0] for name in shares]
    search = Section(
        title="Search",
        text=_words(trials, measured),
        tables=(_table(trials, job),),
        figures=(
            history_figure(trials, measured),
            *((importance_figure(shares),) if shares else ()),
            slices_figure(trials, job.space, order, measured),
        ),
    )
    return Report(
        title=own.title,
        task=own.task,
        kind="Tuning",
        question="Are the tuned settings better than the defaults?",
        verdict=sentence_of(final),
        earned=EARNED.get(final.result, "unclear"),
        sections=(_beside(final), search, *own.sections[1:]),
        version=__version__,
    )


def _beside(final: Final) -> Section:
    """Tuned model, defaults and alternatives in one table, and the intervals of their differences."""
    test = final.fitted.judged.judgement
    note = (
        f"Measured once, on {test.examples} test examples that the search has not seen, after both were trained on"
        " training and validation part together."
        if final.fitted.walked.settings.train.refit
        else f"Measured once, on {test.examples} test examples that the search has not seen."
    )
    section = scores_section({"test": final.metrics}, model="model", note=note)
    beside = tuple(
        f"Tuned settings beside the defaults: {'ahead' if one.relative >= 0 else 'behind'} by {amount(one)},"
        f" {one.examples} examples, as good as {one.blocks:.0f} independent ones."
        for one in final.comparisons
    )
    return section.model_copy(update={"text": (*section.text, *beside, test.verdict.sentence)})


def _words(trials: Sequence[Tried], measured: str) -> tuple[str, ...]:
    counts = {ending: sum(trial.ending == ending for trial in trials) for ending in ("complete", "pruned", "failed")}
    minutes = sum(trial.seconds for trial in trials) / 60
    told = (
        f"{len(trials)} trials in {minutes:.1f} minutes of training: {counts['complete']} completed, {counts['pruned']}"
        f" given up early, {counts['failed']} failed. They are compared by the {measured}; the test part was not looked"
        " at. Trial 0 are the defaults."
    )
    warning = (
        "The lowest of many values is lower than what it will come to elsewhere: the value of the best trial flatters"
        " it, the test part does not."
    )
    return told, warning


def _table(trials: Sequence[Tried], job: Job) -> Table:
    """The best trials first, then those that were given up or failed."""
    ranks = {"complete": 0, "pruned": 1, "failed": 2}
    ranked = sorted(trials, key=lambda trial: (ranks[trial.ending], trial.value or 0.0, trial.number))[:ROWS]
    names = job.space.settings
    rows = tuple(
        (
            f"{trial.number}{', defaults' if trial.defaults else ''}",
            trial.value,
            trial.reason or trial.ending,
            trial.epochs,
            round(trial.seconds, 1),
            *(_cell(trial.drawn.get(name)) for name in names),
        )
        for trial in ranked
    )
    heads = ("trial", "value", "ended", "epochs trained", "seconds", *names)
    left = f"The best {ROWS} of {len(trials)}." if len(trials) > ROWS else ""
    return Table(title="Trials", columns=tuple(Column(name=head) for head in heads), rows=rows, note=left)


def _cell(value: Cell) -> Cell:
    """A setting as it is written, not rounded as a measurement."""
    return f"{value:g}" if isinstance(value, float) else value
