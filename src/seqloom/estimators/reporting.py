"""From a finished walk to its report."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from seqloom.estimators.judged import Judged, stake_of, title_of
from seqloom.estimators.text_facts import text_facts
from seqloom.estimators.walk import Walked
from seqloom.evaluate import Judgement
from seqloom.prepare import Examples, joint
from seqloom.read import describe, describe_interval, summarise
from seqloom.report import Report, Section, data_section, scores_section, settings_section, training_section
from seqloom.sequence import SequenceDataset, moment
from seqloom.tasks import TASKS
from seqloom.train import Run
from seqloom.version import __version__

NAMED = 4
"""Targets that are named in a title; of more only their number."""


def build_report(walked: Walked, judged: Judged, validation: Judgement, *, given: Mapping[str, Any]) -> Report:
    """The report of a walk.

    Args:
        walked: the walk.
        judged: the judgement on its test part.
        validation: the judgement on its validation part.
        given: the settings the user gave, by name.
    """
    dataset, verdict, task = walked.parts.dataset, judged.judgement.verdict, TASKS[walked.model.task]
    sections = (
        scores_section(
            {"test": judged.judgement.metrics, "validation": validation.metrics},
            model="model",
            note=_note(judged),
        ),
        *task.sections(judged.answered),
        data_section(_facts(walked), columns=_columns(dataset), split=_split(walked), notes=dataset.notes),
        settings_section(_settings(walked, given)),
        *(() if walked.run is None else (_training(walked, walked.run),)),
    )
    return Report(
        title=f"{_targets(dataset)} of {dataset.source}: {title_of(walked.model)}",
        task=task.name,
        kind=task.title,
        verdict=verdict.sentence,
        earned=verdict.earned,
        question=stake_of(walked.model).question,
        sections=sections,
        version=__version__,
    )


def judged_report(judged: Judged, dataset: SequenceDataset) -> Report:
    """The report of a saved model on data it did not learn from.

    Args:
        judged: what it came to.
        dataset: the data as it was read.
    """
    judgement, model = judged.judgement, judged.answered.model
    verdict, task = judgement.verdict, TASKS[model.task]
    facts = {"source": dataset.source, "sequences": len(dataset), "steps": dataset.total_steps, **_times(dataset)}
    return Report(
        title=f"{_targets(dataset)} of {dataset.source}: {title_of(model)}",
        task=task.name,
        kind=task.title,
        verdict=verdict.sentence,
        earned=verdict.earned,
        question=stake_of(model).question,
        sections=(
            scores_section({"judged": judgement.metrics}, model="model", note=_note(judged)),
            *task.sections(judged.answered),
            data_section(facts, columns=_columns(dataset), notes=dataset.notes),
        ),
        version=__version__,
    )


def _targets(dataset: SequenceDataset) -> str:
    names = dataset.schema.targets
    return ", ".join(names) if len(names) <= NAMED else f"{len(names)} columns"


def _times(dataset: SequenceDataset) -> dict[str, Any]:
    """The interval, and from when to when."""
    times, interval, facts = dataset.times, dataset.schema.interval, dict[str, Any]()
    if times is not None and interval is not None:
        facts["from step to step"] = describe_interval(interval) if times.dtype.kind == "M" else interval
    if times is not None:
        facts["first and last step"] = f"{moment(times.min())} to {moment(times.max())}"
    return facts


def _note(judged: Judged) -> str:
    judgement, stride = judged.judgement, _stride(judged.examples)
    skipped = "".join(
        f" The alternative {name.replace('_', ' ')} was left out because {reason}."
        for name, reason in judgement.skipped.items()
    )
    some = "" if stride == 1 else f" They start {stride} steps apart; judged_stride says otherwise."
    order = f" {judgement.order}" if judgement.order else ""
    return f"Measured on {judgement.examples} test examples, the same for all.{some}{order}{skipped}"


def _stride(examples: Examples) -> int:
    """Steps between the windows of a forecast; 1 for everything else."""
    windows = joint(examples)
    apart = np.diff(windows.stop)[np.diff(windows.sequence) == 0]
    return int(apart[0]) if windows.horizon and len(apart) else 1


def _facts(walked: Walked) -> dict[str, Any]:
    dataset, texts = walked.parts.dataset, text_facts(walked.plan)
    lengths = dataset.lengths
    facts: dict[str, Any] = {
        "source": dataset.source,
        "sequences": len(dataset),
        "texts" if texts else "steps": dataset.total_steps,
        "layout": dataset.schema.layout,
        **texts,
    }
    if len(dataset) > 1 and not texts:
        several = f"{lengths.min()} to {lengths.max()}, median {int(np.median(lengths))}"
        facts["steps of a sequence"] = several if lengths.min() < lengths.max() else int(lengths[0])
    return facts | _times(dataset)


def _columns(dataset: SequenceDataset) -> list[dict[str, Any]]:
    return [{name: value for name, value in row.items() if value is not None} for row in summarise(describe(dataset))]


def _split(walked: Walked) -> list[dict[str, Any]]:
    borders, test = walked.parts.split.borders, walked.parts.test_split.borders
    steps = "texts" if walked.pipeline.texts else "steps"
    counts = {
        "train": int((borders[:, 1] - borders[:, 0]).sum()),
        "validation": int((borders[:, 2] - borders[:, 1]).sum()),
        "test": int((test[:, 3] - test[:, 2]).sum()),
    }
    return [{"part": part, steps: counts[part], "examples": len(walked.examples[part])} for part in counts]


def _settings(walked: Walked, given: Mapping[str, Any]) -> dict[str, tuple[Any, str]]:
    """Every setting: its value, and whether it was given, chosen, or the default."""
    origins = {}
    for name, value in walked.plan.used.items():
        origin = "given" if name in given else "told by the target" if name == "task" else "default"
        if name in walked.reasons:
            origin = f"chosen: {walked.reasons[name]}"
        origins[name] = (", ".join(map(str, value)) if isinstance(value, list) else value, origin)
    return origins


def _training(walked: Walked, run: Run) -> Section:
    return training_section(
        [line["loss"] for line in run.history],
        [line["validation"] for line in run.history],
        best_epoch=run.best_epoch,
        text=[
            f"{walked.model.parameter_count} weights, {run.epochs} epochs in {run.seconds:.1f} s.",
            f"Loading and logging added {100 * run.overhead:.0f} % to forward, backward and update.",
        ],
        comparable=TASKS[walked.model.task].comparable,
    )
