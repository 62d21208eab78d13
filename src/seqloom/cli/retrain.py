"""`seqloom retrain`: one turn of the cycle, from new data to a promotion or the reasons against it."""

import os
import sys
import time
from pathlib import Path
from typing import Any

import click

from seqloom.artifact import replaced_file
from seqloom.cli.console import stdout
from seqloom.cli.options import SectionedCommand, given, settings_options
from seqloom.cli.place import must_be_writable
from seqloom.cli.talk import print_json, say
from seqloom.errors import SettingsError
from seqloom.estimators import READING, ROOMS, FitSettings
from seqloom.registry import Registry
from seqloom.report import Scoreboard
from seqloom.retrain import Outcome, Policy, Request, json_of, notes_of, report_of, retrain, sentence_of
from seqloom.store import open_records
from seqloom.tasks import TASKS
from seqloom.train import TrainSettings, progress_on

DAY = 86_400_000_000
"""Microseconds."""
ADMIN_TOKEN = "SEQLOOM_ADMIN_TOKEN"  # noqa: S105 - the name of a variable
OFFERED = (*READING, *TrainSettings.model_fields)


@click.command("retrain", cls=SectionedCommand)
@click.argument("registry", type=click.Path(path_type=Path))
@click.argument("data", type=click.Path(), required=False)
@click.option("--earlier", metavar="FILE", help="Data of before to learn from as well, so that nothing is forgotten.")
@click.option(
    "--store",
    metavar="URL",
    help="Where predictions were recorded, also http://HOST:PORT of a "
    f"server that owns the store (its token in {ADMIN_TOKEN}): for a shadow run; without DATA also learned from.",
)
@click.option("--days", type=float, metavar="N", help="Leave out records that are older than N days.")
@click.option("--recent", default=Request.recent, show_default=True, help="Share of the new data that is held back.")
@click.option("--margin", default=Policy.margin, show_default=True, help="Share it may be worse by on the hold-out.")
@click.option("--max-jump", default=Policy.jump, show_default=True, help="Share its error there may change by at all.")
@click.option("--shadow/--no-shadow", default=True, show_default=True, help="A shadow run has to be won, with a store.")
@click.option("--why", default="", help="Why a new model is asked for, for the history; it has no say.")
@click.option("--dry-run", is_flag=True, help="Change nothing; say what would be done.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write the report there, .html or .json.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--quiet", is_flag=True, help="Say nothing while training.")
@settings_options(ROOMS, only=OFFERED)
def command(  # noqa: PLR0913 - one argument for each option
    registry: Path,
    data: str | None,
    earlier: str | None,
    store: str | None,
    days: float | None,
    output: Path | None,
    why: str,
    *,
    shadow: bool,
    as_json: bool,
    quiet: bool,
    **options: Any,  # noqa: ANN401 - shares, and the fields of the settings, checked there
) -> None:
    """Train a challenger on new data, test it beside the champion of REGISTRY, promote it if it wins.

    It begins from the champion's weights and learns from DATA, or from what was recorded in --store, all but the latest
    of it. On this, on the registry's hold-out, and in a shadow run on what live streams were sent it meets the
    champion. The exit code is 0 whether it was promoted or not.
    """
    if data is None and store is None:
        raise SettingsError("retrain", expected="DATA or --store", came="neither", fix="name what to learn from")
    if output is not None:
        must_be_writable(output)
    policy = Policy(margin=options.pop("margin"), jump=options.pop("max_jump"), shadow=shadow)
    recent, dry = options.pop("recent"), options.pop("dry_run")
    chosen = given(options)
    settings = {name: value for name, value in chosen.items() if name not in READING}
    reading = FitSettings.flat(chosen, flags=chosen).read
    since = 0 if days is None else time.time_ns() // 1000 - int(days * DAY)
    opened = Registry(registry)
    progress = progress_on(sys.stderr, "quiet" if quiet else "auto")
    with open_records(store, os.environ.get(ADMIN_TOKEN)) as records:
        request = Request(
            data=data,
            earlier=earlier,
            store=None if store is None else records,
            since=since,
            recent=recent,
            policy=policy,
            settings=settings,
            reading=reading,
            why=why,
            dry=dry,
        )
        outcome = retrain(opened, request, progress=progress)
    conclude(outcome, output, as_json=as_json)


def conclude(outcome: Outcome, output: Path | None, *, as_json: bool) -> None:
    """Write the report, and print what came of it."""
    if output is not None:
        report = report_of(outcome)
        text = report.to_json() if output.suffix == ".json" else report.to_html()
        with replaced_file(output) as file:
            file.write(text.encode())
    if as_json:
        print_json(json_of(outcome))
        return
    shown = TASKS[outcome.fitted.bundle.task].metrics
    for window in outcome.windows:
        if window.metrics:
            stdout().print(Scoreboard(shown, window.metrics, window.window))
    for note in notes_of(outcome):
        say(note)
    for check in outcome.checks:
        say(f"{'yes' if check.passed else 'no ':3}  {check.name}: {check.words}")
    click.echo(sentence_of(outcome))
    if output is not None:
        click.echo(f"report  {output}")
