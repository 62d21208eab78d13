"""The page of results, written from the records alone."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import mean, stdev

from benchmarks.record import Record
from benchmarks.task import MODEL, Task

MOST_OVERHEAD = 0.10
"""What loading and logging may add to forward, backward and update."""
HIGHER = {
    *("accuracy", "accuracy_new", "exact", "sequences_right", "subset_accuracy", "lead", "r2", "bleu", "chrf"),
    *("precision", "recall", "f1", "f1_macro", "f1_micro", "roc_auc", "pr_auc"),
}
"""The metrics that are better the higher they are."""

HEAD = """# Results

What the package reaches on public data sets. Every row of ours is measured: mean ± standard deviation over the seeds,
and the worst of them. A recipe is chosen by the validation part alone; with it each seed is trained once and judged
once on the test part. Beside it stand simple alternatives, fitted on the same training part and judged on the same
examples, and what others published.

This page is written by `scripts/quality --rebuild` from the runs kept in `benchmarks/results`; `scripts/quality TASK`
makes those of a task anew.
"""


@dataclass(frozen=True)
class Measured:
    """A task with its runs, at least one.

    Args:
        task: the task.
        records: its runs, in the order of their seeds.
    """

    task: Task
    records: Sequence[Record]

    def values(self, metric: str, name: str = MODEL) -> list[float]:
        """A metric of the model or of an alternative, run by run."""
        return [record.metrics[name][metric] for record in self.records if metric in record.metrics.get(name, {})]

    @property
    def reached(self) -> bool:
        """Whether the mean reaches the target."""
        return self.task.target.reached(mean(self.values(self.task.target.metric)))


def page(tasks: Iterable[Task], records: Iterable[Record]) -> str:
    """The whole page.

    Args:
        tasks: in the order of the page; those without a run are named at its end.
        records: of any task; those made by another recipe than the task's are left out.
    """
    kept = list(records)
    every = [Measured(task, [r for r in kept if r.task == task.name and r.recipe == task.settings]) for task in tasks]
    measured = [each for each in every if each.records]
    parts = [HEAD, _overview(measured), *(_section(each) for each in measured), _speed(measured)]
    open_ones = [each.task.title for each in every if not each.records]
    if open_ones:
        parts.append(f"## Not measured yet\n\n{'; '.join(open_ones)}.\n")
    return "\n".join(parts)


def number(value: float) -> str:
    """A number with four decimals below 1, three below 10, else two.

    Example:
        >>> number(0.35617), number(9.328), number(15.618)
        ('0.3562', '9.328', '15.62')
    """
    digits = 4 if abs(value) < 1 else 3 if abs(value) < 10 else 2  # noqa: PLR2004 - see the sentence above
    return f"{value:.{digits}f}"


def spread(values: Sequence[float], *, higher: bool) -> str:
    """Mean ± standard deviation and the worst of several runs.

    Example:
        >>> spread([0.25, 0.75], higher=True)
        '0.5000 ± 0.3536, worst 0.2500'
    """
    if len(values) == 1:
        return f"{number(values[0])}, one seed"
    worst = min(values) if higher else max(values)
    return f"{number(mean(values))} ± {number(stdev(values))}, worst {number(worst)}"


def _overview(measured: Sequence[Measured]) -> str:
    rows = []
    for each in measured:
        target = each.task.target
        values = each.values(target.metric)
        stretch = target.stretch is not None and target.reached(mean(values), target.stretch)
        rows.append(
            (
                f"[{each.task.title}](#{_anchor(each.task.title)})",
                target.metric,
                _bound(target.value, higher=target.higher),
                "" if target.stretch is None else _bound(target.stretch, higher=target.higher),
                spread(values, higher=target.higher),
                "stretch reached" if stretch else "reached" if each.reached else "**missed**",
            )
        )
    return _table(("task", "metric", "target", "stretch", "seqloom", "target is"), rows)


def _section(each: Measured) -> str:
    task = each.task
    header = ("model", *task.metrics, "parameters", "training seconds")
    return "\n".join(
        [
            f"## {task.title}\n",
            f"{task.protocol}\n",
            _table(header, [_ours(each), *_alternatives(each), *_references(task)]),
            _verdict(each),
            f"Recipe: {_recipe(task)}. Examples: {_examples(each)}; split `{each.records[0].split[:12]}`.\n",
        ]
    )


def _ours(each: Measured) -> tuple[str, ...]:
    first = each.records[0]
    seeds = f"{len(each.records)} seed{'s' if len(each.records) > 1 else ''}"
    cells = (
        f"**{spread(values, higher=metric in HIGHER)}**" if (values := each.values(metric)) else ""
        for metric in each.task.metrics
    )
    seconds = f"{mean(record.seconds for record in each.records):,.0f}"
    return (f"**seqloom, {first.title}**, {seeds}", *cells, f"{first.parameters:,}", seconds)


def _alternatives(each: Measured) -> list[tuple[str, ...]]:
    names = dict.fromkeys(name for record in each.records for name in record.metrics if name != MODEL)
    rows = []
    for name in names:
        cells = (number(mean(values)) if (values := each.values(m, name)) else "" for m in each.task.metrics)
        rows.append((name, *cells, "", ""))
    return rows


def _references(task: Task) -> list[tuple[str, ...]]:
    return [
        (
            f"*{reference.name}* ({reference.source})",
            *(number(reference.metrics[metric]) if metric in reference.metrics else "" for metric in task.metrics),
            "",
            "",
        )
        for reference in task.references
    ]


def _verdict(each: Measured) -> str:
    target = each.task.target
    value = mean(each.values(target.metric))
    wanted = f"{target.metric} {_bound(target.value, higher=target.higher)}"
    if each.reached:
        return f"Target {wanted}: reached.\n"
    return f"**Target {wanted}: missed by {number(abs(value - target.value))}.**\n"


def _recipe(task: Task) -> str:
    return ", ".join(f"{name} {value}" for name, value in task.settings.items() if name != "task")


def _examples(each: Measured) -> str:
    return ", ".join(f"{part} {count:,}" for part, count in each.records[0].examples.items())


def _speed(measured: Sequence[Measured]) -> str:
    rows = []
    for each in measured:
        share = mean(record.overhead for record in each.records)
        first = each.records[0]
        rows.append(
            (
                each.task.title,
                f"{100 * share:.1f} %",
                "yes" if share <= MOST_OVERHEAD else "**no**",
                f"{mean(record.epochs for record in each.records):.0f}",
                f"{mean(record.seconds for record in each.records):,.1f}",
                f"{mean(record.wall for record in each.records):,.1f}",
                f"{first.threads} of {first.processor['cores']} cores, {first.processor['vector']}",
                f"torch {first.versions['torch']}",
            )
        )
    lines = [
        "## What loading and logging cost\n",
        "Loading is the gathering of batches; logging is progress, history and checkpoints. Their share is measured in",
        f"every run beside forward, backward and update, and may be at most {100 * MOST_OVERHEAD:.0f} % of them.",
        "The whole fit includes training, alternatives, judgement and report.\n",
    ]
    header = ("task", "share", "kept", "epochs", "training seconds", "whole fit, seconds", "processor", "version")
    return "\n".join([*lines, _table(header, rows)])


def _anchor(title: str) -> str:
    """The anchor the pages' generator gives a heading."""
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", title).strip().lower())


def _bound(value: float, *, higher: bool) -> str:
    return f"{'≥' if higher else '≤'} {value:g}"


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)
