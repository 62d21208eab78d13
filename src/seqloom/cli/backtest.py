"""`seqloom backtest`: the same training at several points in time, judged on what came next."""

import sys
from pathlib import Path
from typing import Any, get_args

import click

from seqloom.cli.console import stdout
from seqloom.cli.fit import introduce
from seqloom.cli.options import SectionedCommand, given, settings_options
from seqloom.cli.place import must_be_writable
from seqloom.cli.talk import print_json
from seqloom.estimators import ROOMS, FitSettings, backtest, backtest_report, read_yaml
from seqloom.evaluate import Origins, Window
from seqloom.read import read
from seqloom.report import Scoreboard
from seqloom.tasks import TASKS
from seqloom.train import progress_on


@click.command("backtest", cls=SectionedCommand)
@click.argument("data", type=click.Path())
@click.option("--task", type=click.Choice(list(TASKS)), help="What to learn [default: told by the target].")
@click.option("--folds", type=int, default=Origins.folds, show_default=True, help="Origins to forecast from.")
@click.option("--first", type=float, default=Origins.first, show_default=True, help="Share of steps before the first.")
@click.option(
    "--window",
    type=click.Choice(get_args(Window)),
    default=Origins.window,
    show_default=True,
    help="Learn from all steps before an origin, or from as many as before the first.",
)
@click.option("--every", type=int, default=Origins.every, show_default=True, help="Origins between two fits.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write the report there, .html or .json.")
@click.option("--config", type=click.Path(path_type=Path), help="YAML file of settings; flags win over it.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--quiet", is_flag=True, help="Say nothing while training.")
@settings_options(ROOMS)
def command(
    data: str,
    task: str | None,
    output: Path | None,
    config: Path | None,
    *,
    as_json: bool,
    quiet: bool,
    **options: Any,  # noqa: ANN401 - of the origins, and the fields of the settings, checked there
) -> None:
    """Forecast from several origins in DATA, each time knowing nothing of what follows, and compare with what came.

    Model, preparation and alternatives are fitted anew at each origin, or at every K-th of them.
    """
    origins = Origins(**{name: options.pop(name) for name in ("folds", "first", "window", "every")})
    if output is not None:
        must_be_writable(output)
    chosen = given({"task": task, **options})
    values = chosen if config is None else {**read_yaml(config), **chosen}
    settings = FitSettings.flat(values, source=str(config or "options"), flags=chosen)
    dataset = read(data, settings=settings.reading)
    if not quiet:
        introduce(dataset, settings.task)
    progress = progress_on(sys.stderr, "quiet" if quiet else "auto")
    found = backtest(dataset, settings, origins, progress=progress)
    if output is not None:
        backtest_report(found).save(output)
    if as_json:
        print_json(found.to_json())
        return
    windows = sum(len(one.truth) for one in found.folds)
    metrics = TASKS[found.planned.task].metrics
    stdout().print(Scoreboard(metrics, found.metrics, f"{origins.folds} origins, {windows} windows"))
    click.echo(found.verdict.sentence)
    if output is not None:
        click.echo(f"report    {output}")
