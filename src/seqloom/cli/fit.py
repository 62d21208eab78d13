"""`seqloom fit`: from a file to a trained, judged, saved model."""

import shutil
import sys
from pathlib import Path
from typing import Any

import click

from seqloom.artifact import save
from seqloom.cli.console import print_json, say, say_table, stdout
from seqloom.cli.options import given, settings_options
from seqloom.errors import StorageError
from seqloom.estimators import ROOMS, FitSettings, Fitted, fit_dataset
from seqloom.evaluate import METRICS, Scoreboard
from seqloom.prepare import irregularity
from seqloom.read import describe, read
from seqloom.sequence import SequenceDataset
from seqloom.train import progress_on


@click.command("fit")
@click.argument("data", type=click.Path())
@click.option("--task", type=click.Choice(list(METRICS)), help="What to learn [default: told by the target].")
@click.option("--test", "test_file", type=click.Path(), help="Judge on this file; for forecasts the steps that follow.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Where to save the model [default: DATA.loom].")
@click.option("--config", type=click.Path(path_type=Path), help="YAML file of settings; flags win over it.")
@click.option("--resume", is_flag=True, help="Continue a training that was killed.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--metrics-scaled", is_flag=True, help="Print errors in the scaled units of the training part.")
@click.option("--quiet", is_flag=True, help="Say nothing while training.")
@settings_options(ROOMS.values())
def command(  # noqa: PLR0913 - one argument for each option
    data: str,
    task: str | None,
    test_file: str | None,
    output: Path | None,
    config: Path | None,
    *,
    resume: bool,
    as_json: bool,
    metrics_scaled: bool,
    quiet: bool,
    **options: Any,  # noqa: ANN401 - the fields of the settings, checked there
) -> None:
    """Train a model on DATA, judge it beside simple alternatives, save it.

    DATA is a CSV, Parquet, Arrow, JSON lines, .ts or IDX file. Whatever is not given is chosen from the data, printed
    and recorded.
    """
    chosen = given({"task": task, **options})
    settings = FitSettings.flat(chosen, source="options") if config is None else FitSettings.from_file(config, chosen)
    dataset = read(data, settings=settings.reading)
    test = None if test_file is None else read(test_file, settings=settings.reading, schema=dataset.schema)
    if not quiet:
        introduce(dataset)
    target = output or Path(Path(data).name.split(".")[0] + ".loom")
    workplace = target.with_name(target.name + ".training")
    fitted = fit_dataset(
        dataset,
        settings,
        test=test,
        directory=workplace,
        resume=resume,
        progress=progress_on(sys.stderr, "quiet" if quiet else "auto"),
        given=settings.flattened(),
    )
    artifact = finish(fitted, target, workplace)
    if as_json:
        print_json(fitted.summary(artifact, scaled=metrics_scaled))
    else:
        conclude(fitted, artifact, scaled=metrics_scaled)


def introduce(dataset: SequenceDataset) -> None:
    """Say what was read and what each column was taken for."""
    lengths = dataset.lengths
    steps = f"{lengths.min()}" if lengths.min() == lengths.max() else f"{lengths.min()} to {lengths.max()}"
    count = len(dataset)
    say(f"{dataset.source}: {count} sequence{'s' if count != 1 else ''} of {steps} steps")
    for note in dataset.notes:
        say(f"  {note}")
    warning = irregularity(dataset)
    if warning is not None:
        say(f"  {warning}; see --resample")
    say_table(describe(dataset))


def finish(fitted: Fitted, target: Path, workplace: Path) -> Path:
    """Save the model, its page beside it, and clear the workplace of the training."""
    artifact = save(fitted.bundle, target)
    page = artifact.with_suffix(".html")
    try:
        page.write_text(fitted.bundle.report_html or "", encoding="utf-8")
    except OSError as error:
        raise StorageError(
            str(page), expected="a file that can be written", came=str(error.strerror), fix="make room and try again"
        ) from error
    shutil.rmtree(workplace, ignore_errors=True)
    return artifact


def conclude(fitted: Fitted, artifact: Path, *, scaled: bool) -> None:
    """Print the comparison, a sketch, the verdict, and where everything is."""
    for name, reason in fitted.walked.reasons.items():
        value = fitted.walked.settings.flattened()[name]
        say(f"{name} = {value}: {reason}")
    judgement = fitted.judged.judgement
    metrics = judgement.scaled if scaled and judgement.scaled else judgement.metrics
    title = f"Test part, {judgement.examples} examples" + (", scaled units" if metrics is judgement.scaled else "")
    console = stdout()
    console.print(Scoreboard(fitted.bundle.task, metrics, title))
    sketch = fitted.sketch()
    if sketch is not None:
        console.print(sketch)
    click.echo(judgement.verdict.sentence)
    click.echo(f"model   {artifact}")
    click.echo(f"report  {artifact.with_suffix('.html')}")
