"""`seqloom evaluate`: a saved model judged on a file."""

import click

from seqloom.cli.console import print_json, stdout
from seqloom.estimators import load
from seqloom.evaluate import MODEL, Scoreboard


@click.command("evaluate")
@click.argument("model", type=click.Path())
@click.argument("data", type=click.Path())
@click.option(
    "--test", "test_file", type=click.Path(), help="Judge on this file; DATA is what the alternatives learn from."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--metrics-scaled", is_flag=True, help="Print errors in the scaled units of the training part.")
def command(model: str, data: str, test_file: str | None, *, as_json: bool, metrics_scaled: bool) -> None:
    """Judge MODEL on DATA, which must hold the targets.

    Alternatives that learn need training data: give it as DATA, and the file to judge on as --test.
    """
    estimator = load(model)
    judgement = estimator.evaluate(data, test=test_file)
    scaled = metrics_scaled and bool(judgement.scaled)
    metrics = judgement.scaled if scaled else judgement.metrics
    if as_json:
        baselines = {name: dict(row) for name, row in metrics.items() if name != MODEL}
        verdict = judgement.verdict.sentence
        print_json(
            {"metrics": dict(metrics[MODEL]), "baselines": baselines, "n": judgement.examples, "verdict": verdict}
        )
        return
    title = f"{judgement.examples} examples" + (", scaled units" if scaled else "")
    stdout().print(Scoreboard(estimator.task, metrics, title))
    if len(metrics) > 1:
        click.echo(judgement.verdict.sentence)
