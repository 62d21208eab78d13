"""`seqloom tune`: from a file to the best of many trained models, judged beside the defaults."""

import math
import sys
from pathlib import Path
from typing import Any

import click

from seqloom.artifact import destination
from seqloom.cli.console import stdout
from seqloom.cli.fit import ENDING as ARTIFACT
from seqloom.cli.fit import PAGE, SETTINGS, finish, introduce
from seqloom.cli.options import SectionedCommand, given, must_have_scale, settings_options
from seqloom.cli.place import REJECTED, WORKPLACE, must_be_free, must_be_writable
from seqloom.cli.talk import counted, print_json, say
from seqloom.estimators import ROOMS, FitSettings, read_yaml
from seqloom.read import read
from seqloom.report import Scoreboard
from seqloom.tasks import TASKS
from seqloom.train import progress_on
from seqloom.tune import (
    ENDING,
    Budget,
    Job,
    Place,
    Standing,
    Tuned,
    Work,
    begin,
    conclude,
    job_of,
    read_space,
    search,
)

INTERRUPTED = 130
MINUTE = 60.0
TENTHS = 10


@click.command("tune", cls=SectionedCommand)
@click.argument("data", type=click.Path())
@click.option("--task", type=click.Choice(list(TASKS)), help="What to learn [default: told by the target].")
@click.option("--test", "test_file", type=click.Path(), help="Judge on this file; for forecasts the steps that follow.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Where to save the model [default: DATA.loom].")
@click.option("--config", type=click.Path(path_type=Path), help="YAML file of settings that are not searched.")
@click.option("--space", type=click.Path(path_type=Path), help="YAML file of what is searched [default: as the task].")
@click.option("--trials", type=int, metavar="N", help="Finished trials, earlier calls included [default: 30].")
@click.option("--minutes", type=float, metavar="M", help="Minutes to search, without the final trainings.")
@click.option("--workers", type=int, default=1, show_default=True, help="Processes that search side by side.")
@click.option(
    "--pruning",
    type=click.Choice(["halving", "hyperband", "median", "none"]),
    default="halving",
    show_default=True,
    help="When a trial that does not look good is given up.",
)
@click.option(
    "--storage", metavar="URL", help="Where trials are kept: a file, or a database [default: OUTPUT.tune.db]."
)
@click.option("--study", metavar="NAME", help="Name of the search in its storage [default: as the output].")
@click.option("--anew", is_flag=True, help="Throw away the trials of an earlier call instead of going on.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--metrics-scaled", is_flag=True, help="Print errors in the scaled units of the training part.")
@click.option("--quiet", is_flag=True, help="Say nothing while searching.")
@settings_options(ROOMS)
def command(  # noqa: PLR0913 - one argument for each option
    data: str,
    task: str | None,
    test_file: str | None,
    output: Path | None,
    config: Path | None,
    space: Path | None,
    *,
    anew: bool,
    as_json: bool,
    metrics_scaled: bool,
    quiet: bool,
    **options: Any,  # noqa: ANN401 - of the search, and the fields of the settings, checked there
) -> int:
    """Search settings for DATA, train the best ones, judge them beside the defaults, save them.

    Settings that are given are not searched. A search that was killed, or ended by Ctrl-C, goes on where it was when
    the same command is given again; more --trials go on from those that are there.
    """
    own = {name: options.pop(name) for name in ("trials", "minutes", "workers", "pruning", "storage", "study")}
    chosen = given({"task": task, **options})
    values = chosen if config is None else {**read_yaml(config), **chosen}
    settings = FitSettings.flat(values, source=str(config or "options"), flags=chosen)
    wanted = None if space is None else read_space(space, values)
    target = places(output or Path(Path(data).name.partition(".")[0] + ARTIFACT))
    dataset = read(data, settings=settings.reading, rejected=target.with_suffix(REJECTED))
    test = None if test_file is None else read(test_file, settings=settings.reading, schema=dataset.schema)
    if not quiet:
        introduce(dataset, settings.task)
    work = Work(budget_of(own["trials"], own["minutes"]), own["pruning"], own["workers"], settings.train.seed)
    job = job_of(dataset, values, test=test, space=wanted, work=work)
    if metrics_scaled:
        must_have_scale(job.task)
    place = Place(own["storage"] or str(target.with_suffix(ENDING)), own["study"] or target.stem)
    tuned = tuned_by(job, place, values, anew=anew, quiet=quiet)
    if tuned is None:
        return INTERRUPTED
    artifact = finish(tuned.fitted, target, target.with_name(target.name + WORKPLACE))
    if as_json:
        print_json(summary(tuned, artifact, place, scaled=metrics_scaled))
    else:
        show(tuned, artifact, place, scaled=metrics_scaled)
    return 0


def tuned_by(job: Job, place: Place, values: dict[str, Any], *, anew: bool, quiet: bool) -> Tuned | None:
    """What the search comes to; None: Ctrl-C ended it, and how to go on was said."""
    study, finished = begin(job, place, anew=anew)
    if not quiet:
        announce(job, place, finished)
    searched = search(job, place, study, None if quiet else tell)
    if not searched.interrupted:
        try:
            return conclude(searched, given=values, progress=progress_on(sys.stderr, "quiet" if quiet else "auto"))
        except KeyboardInterrupt:
            pass
    kept = counted(len(searched.trials), "finished trial")
    say(f"interrupted: {kept} in {place}; the same command goes on from there")
    return None


def places(output: Path) -> Path:
    """Where the model goes; what cannot be written is refused before the work whose result it shall hold."""
    target, _ = destination(output)
    must_be_writable(target)
    must_be_free(target, (PAGE, SETTINGS))
    return target


def budget_of(trials: int | None, minutes: float | None) -> Budget:
    """The trials that were asked for, or as many as the minutes allow, or as many as usual."""
    if trials is None and minutes is not None:
        return Budget(None, minutes)
    return Budget(Budget.trials if trials is None else trials, minutes)


def announce(job: Job, place: Place, finished: int) -> None:
    """Say what is searched, and whether an earlier search goes on."""
    for one in job.space.searched:
        say(f"  {one.name}: {one.range}")
    if finished:
        say(f"going on from {counted(finished, 'finished trial')} in {place}; --anew would throw them away")


def tell(standing: Standing) -> None:
    """A line for a trial: its number, its value, the best so far, the time that is left."""
    trial, best = standing.trial, standing.best
    what = "failed" if trial.value is None else f"{trial.value:.5g}"
    ended = "" if trial.ending == "complete" else f" ({trial.reason or trial.ending} after {trial.epochs} epochs)"
    first = " (the defaults)" if trial.defaults else ""
    so_far = "" if best is None else f"  best {best.value:.5g} in trial {best.number}"
    say(f"trial {trial.number}  {what}{ended}{first}{so_far}  {trial.seconds:.1f} s{_left(standing.left)}")


def show(tuned: Tuned, artifact: Path, place: Place, *, scaled: bool) -> None:
    """Print the comparison, what was found, and where everything is."""
    final = tuned.final
    metrics = final.scaled if scaled and final.scaled else final.metrics
    head = f"Test part, {counted(final.fitted.judged.judgement.examples)}" + (", scaled units" if scaled else "")
    stdout().print(Scoreboard(TASKS[final.fitted.bundle.task].metrics, metrics, head))
    if not final.best.defaults:
        click.echo("found: " + ", ".join(f"{name} {value}" for name, value in final.best.drawn.items()))
    click.echo(tuned.sentence)
    click.echo(final.fitted.judged.judgement.verdict.sentence)
    click.echo(f"model     {artifact}")
    click.echo(f"report    {artifact.with_suffix(PAGE)}")
    click.echo(f"settings  {artifact.with_suffix(SETTINGS)}")
    click.echo(f"trials    {place}")


def summary(tuned: Tuned, artifact: Path, place: Place, *, scaled: bool) -> dict[str, Any]:
    """The tuning as one JSON-able object."""
    final, own = tuned.final, tuned.fitted.summary(artifact, scaled=scaled)
    metrics = final.scaled if scaled and final.scaled else final.metrics
    return {
        **own,
        "defaults": dict(metrics.get("defaults", own["metrics"]["test"])),
        "result": final.result,
        "sentence": tuned.sentence,
        "comparisons": [vars(one) for one in final.comparisons],
        "best": vars(tuned.best),
        "trials": [vars(one) for one in tuned.trials],
        "storage": str(place),
    }


def _left(seconds: float) -> str:
    """The time that is left, in words."""
    if math.isnan(seconds):
        return ""
    minutes = seconds / MINUTE
    return f"  {minutes:.1f} min left" if minutes < TENTHS else f"  {minutes:.0f} min left"
