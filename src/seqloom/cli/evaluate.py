"""`seqloom evaluate`: a saved model judged on a file."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from seqloom.cli.console import stdout
from seqloom.cli.options import SectionedCommand, given, must_have_scale, settings_options
from seqloom.cli.place import must_be_writable
from seqloom.cli.talk import counted, print_json, say
from seqloom.estimators import READING, ROOMS, FitSettings, judged_report, load
from seqloom.evaluate import MODEL
from seqloom.read import read
from seqloom.report import Scoreboard
from seqloom.tasks import TASKS


@click.command("evaluate", cls=SectionedCommand)
@click.argument("model", type=click.Path())
@click.argument("data", type=click.Path())
@click.option(
    "--test", "test_file", type=click.Path(), help="Judge on this file; DATA is what the alternatives learn from."
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write the report there, .html or .json.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--metrics-scaled", is_flag=True, help="Print errors in the scaled units of the training part.")
@settings_options(ROOMS, only=(*READING, "against"))
def command(
    model: str,
    data: str,
    test_file: str | None,
    output: Path | None,
    *,
    as_json: bool,
    metrics_scaled: bool,
    **options: Any,  # noqa: ANN401 - settings of `read` and `judge`, checked there
) -> None:
    """Judge MODEL on DATA, which must hold the targets.

    Alternatives that learn need training data: give it as DATA, and the file to judge on as --test.
    """
    if output is not None:
        must_be_writable(output)
    chosen = given(options)
    estimator = load(model)
    wanted = FitSettings.flat(chosen, flags=chosen)
    settings = estimator.reading(wanted.read)
    if metrics_scaled:
        must_have_scale(estimator.task)
    dataset = read(data, settings=settings, schema=estimator.schema_)
    test = None if test_file is None else read(test_file, settings=settings, schema=estimator.schema_)
    ending = estimator.schema_.ending
    if ending is not None and settings.steps_left is None and ending.left is None:
        say("every sequence is taken to have run to its end; where some were cut before, --steps-left names how much")
    for note in (*dataset.notes, *(() if test is None else test.notes)):
        say(note)
    judged = estimator.judged(dataset, test=test, against=wanted.judge.against)
    judgement = judged.judgement
    if output is not None:
        judged_report(judged, dataset if test is None else test).save(output)
    metrics = judgement.scaled if metrics_scaled else judgement.metrics
    if as_json:
        baselines = {name: dict(row) for name, row in metrics.items() if name != MODEL}
        verdict = judgement.verdict.sentence
        intervals = {name: asdict(record) for name, record in judgement.intervals.items()}
        print_json(
            {
                "metrics": dict(metrics[MODEL]),
                "baselines": baselines,
                "n": judgement.examples,
                "verdict": verdict,
                **({"intervals": intervals} if intervals else {}),
            }
        )
        return
    title = counted(judgement.examples) + (", scaled units" if metrics_scaled else "")
    stdout().print(Scoreboard(TASKS[estimator.task].metrics, metrics, title))
    if len(metrics) > 1:
        click.echo(judgement.verdict.sentence)
    if output is not None:
        click.echo(f"report    {output}")
