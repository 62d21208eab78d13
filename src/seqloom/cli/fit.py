"""`seqloom fit`: from a file to a trained, judged, saved model."""

import shutil
import sys
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

import click

from seqloom.artifact import destination, replaced_file, save
from seqloom.cli.console import say_table, stdout
from seqloom.cli.options import SectionedCommand, given, must_have_scale, settings_options
from seqloom.cli.place import REJECTED, must_be_free, must_be_writable, workplace
from seqloom.cli.talk import counted, print_json, say
from seqloom.errors import StorageError
from seqloom.estimators import (
    ROOMS,
    FitSettings,
    Fitted,
    Plan,
    SequenceEstimator,
    as_yaml,
    continued,
    doubt_of,
    fit_planned,
    keep_test,
    load,
    must_be_kept,
    plan,
    plan_from,
    read_yaml,
    text_facts,
    with_page,
)
from seqloom.read import describe, read, summarise
from seqloom.sequence import SequenceDataset
from seqloom.tasks import TASKS
from seqloom.train import progress_on

ENDING, PAGE, SETTINGS = ".loom", ".html", ".settings.yaml"
"""Endings of the artifact, and of the report and the settings beside it."""


@click.command("fit", cls=SectionedCommand)
@click.argument("data", type=click.Path())
@click.option("--task", type=click.Choice(list(TASKS)), help="What to learn [default: told by the target].")
@click.option("--test", "test_file", type=click.Path(), help="Judge on this file; for forecasts the steps that follow.")
@click.option("--keep-test", "kept", type=click.Path(path_type=Path), metavar="FILE", help="Write the test part there.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Where to save the model [default: DATA.loom].")
@click.option("--from", "model", type=click.Path(), help="Begin from this model: its preparation, its weights.")
@click.option("--config", type=click.Path(path_type=Path), help="YAML file of settings; flags win over it.")
@click.option("--resume", is_flag=True, help="Continue a training that was killed.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--metrics-scaled", is_flag=True, help="Print errors in the scaled units of the training part.")
@click.option("--quiet", is_flag=True, help="Say nothing while training.")
@settings_options(ROOMS)
def command(  # noqa: PLR0913 - one argument for each option
    data: str,
    task: str | None,
    test_file: str | None,
    kept: Path | None,
    output: Path | None,
    model: str | None,
    config: Path | None,
    *,
    resume: bool,
    as_json: bool,
    metrics_scaled: bool,
    quiet: bool,
    **options: Any,  # noqa: ANN401 - the fields of the settings, checked there
) -> None:
    """Train a model on DATA, judge it beside simple alternatives, save it.

    DATA is a CSV, Parquet, Arrow, JSON lines, .ts, IDX, CoNLL-U or WAV file, or a folder of recordings. Whatever is not
    given is chosen from the data, printed and recorded.
    """
    chosen = given({"task": task, **options})
    values = chosen if config is None else {**read_yaml(config), **chosen}
    if model is None:
        settings = FitSettings.flat(values, source=str(config or "options"), flags=chosen)
        begin, reading, schema = None, settings.reading, None
    else:
        begin, settings = model_of(model, values, flags=chosen)
        reading, schema = begin.reading(settings.read), begin.schema_
    target = places(output or Path(Path(data).name.partition(".")[0] + ENDING), kept)
    rejected = target.with_suffix(REJECTED)
    dataset = read(data, settings=reading, schema=schema, rejected=rejected)
    test = None if test_file is None else read(test_file, settings=reading, schema=dataset.schema)
    if not quiet:
        introduce(dataset, settings.task)
    planned = planned_of(dataset, settings, test, begin)
    if metrics_scaled:
        must_have_scale(planned.task)
    if not quiet:
        announce(planned, known=dataset.notes)
    keep(planned, kept, quiet=quiet)
    with workplace(target) as folder:
        if resume and not folder.exists() and not quiet:
            say(f"{folder} is not there: nothing to resume, the training starts anew")
        fitted = fit_planned(
            planned,
            directory=folder,
            resume=resume,
            progress=progress_on(sys.stderr, "quiet" if quiet else "auto"),
            given=values,
        )
        artifact = finish(fitted, target, folder)
    run = fitted.walked.run
    if run is not None and run.stopped == "interrupted" and not quiet:
        say(f"interrupted after {run.epochs} epochs: these are the best weights so far; --resume goes on from here")
    if as_json:
        print_json(fitted.summary(artifact, scaled=metrics_scaled))
    else:
        conclude(fitted, artifact, scaled=metrics_scaled)


def places(output: Path, kept: Path | None) -> Path:
    """Where the model goes; what cannot be written is refused before the work whose result it shall hold."""
    target, _ = destination(output)
    must_be_writable(target)
    must_be_free(target, (PAGE, SETTINGS))
    if kept is not None:
        must_be_kept(kept)
        must_be_writable(kept)
    return target


def keep(planned: Plan, kept: Path | None, *, quiet: bool) -> None:
    """Write the test part, if it shall be kept, before the training begins."""
    if kept is None:
        return
    steps = counted(keep_test(planned, kept), "step")
    if not quiet:
        say(f"test part kept in {kept}: {steps}; seqloom registry add ... --holdout {kept} freezes it")


def model_of(path: str, values: dict[str, Any], *, flags: Collection[str]) -> tuple[SequenceEstimator, FitSettings]:
    """The model to begin from, and the settings of a training that does."""
    begin = load(path)
    return begin, continued(begin.bundle_, values, flags=flags)


def planned_of(
    dataset: SequenceDataset, settings: FitSettings, test: SequenceDataset | None, begin: SequenceEstimator | None
) -> Plan:
    """What the training is going to be: from drawn weights, or from those of a model."""
    if begin is None:
        return plan(dataset, settings, test=test)
    return plan_from(dataset, begin.bundle_, settings, test=test)


def introduce(dataset: SequenceDataset, task: str | None) -> None:
    """Say what was read, what each column was taken for, and what may have been meant otherwise."""
    lengths = dataset.lengths
    steps = f"{lengths.min()}" if lengths.min() == lengths.max() else f"{lengths.min()} to {lengths.max()}"
    kinds = {column.kind for column in dataset.schema.columns if column.name in dataset.steps}
    single = "text" in kinds and lengths.max() == 1
    called = "texts" if "text" in kinds else "samples" if "sound" in kinds else "steps"
    noun, of = ("text", "") if single else ("sequence", f" of {steps} {called}")
    say(f"{dataset.source}: {counted(len(dataset), noun)}{of}")
    doubt = doubt_of(dataset) if task is None else None
    for note in (*dataset.notes, *([doubt] if doubt else [])):
        say(f"  {note}")
    say_table(summarise(describe(dataset)))


def announce(planned: Plan, *, known: Sequence[str] = ()) -> None:
    """Say how the data is cut and what was chosen from it, before the training begins.

    Args:
        planned: the training.
        known: notes that were told before.
    """
    for note in planned.parts.dataset.notes:
        if note not in known:
            say(f"  {note}")
    say(", ".join(f"{part} {counted(len(examples))}" for part, examples in planned.examples.items()))
    for fact, value in text_facts(planned).items():
        say(f"  {fact}: {value}")
    used = planned.used
    chosen = [(name, reason) for name, reason in planned.reasons.items() if name in used]
    if chosen:
        say_table([{"setting": name, "value": str(used[name]), "chosen by": reason} for name, reason in chosen])


def finish(fitted: Fitted, target: Path, folder: Path) -> Path:
    """Save the model, with its page and its settings beside it.

    The folder of the training stays only where Ctrl-C cut it short.
    """
    bundle = with_page(fitted.bundle)
    artifact = save(bundle, target)
    beside = {PAGE: bundle.report_html or "", SETTINGS: as_yaml(fitted.walked.plan.used)}
    for ending, text in beside.items():
        try:
            with replaced_file(artifact.with_suffix(ending)) as file:
                file.write(text.encode())
        except StorageError as error:
            fix = f"make room; the model itself is safe in {artifact}, with its report and settings inside"
            raise StorageError(error.where, expected=error.expected, came=error.came, fix=fix) from error
    if not fitted.walked.interrupted:
        shutil.rmtree(folder, ignore_errors=True)
    return artifact


def conclude(fitted: Fitted, artifact: Path, *, scaled: bool) -> None:
    """Print the comparison, a sketch, the verdict, and where everything is."""
    stdout().print(fitted.conclusion(scaled=scaled))
    click.echo(f"model     {artifact}")
    click.echo(f"report    {artifact.with_suffix(PAGE)}")
    click.echo(f"settings  {artifact.with_suffix(SETTINGS)}")
