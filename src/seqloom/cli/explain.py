"""`seqloom explain`: a saved model seen from inside."""

from pathlib import Path
from typing import Any

import click
import torch

from seqloom.cli.options import SectionedCommand, given, settings_options
from seqloom.cli.talk import print_json, say
from seqloom.errors import SettingsError
from seqloom.estimators import READING, ROOMS, FitSettings, load
from seqloom.explain import PARTS, ExplainSettings, explain
from seqloom.read import read


@click.command("explain", cls=SectionedCommand)
@click.argument("model", type=click.Path())
@click.argument("data", type=click.Path())
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Where to write: a page (.html) or its data (.json)."
)
@click.option("--parts", metavar="NAMES", help=f"Only these, joined by commas: {', '.join(PARTS)} [default: all].")
@click.option(
    "--sequences", type=int, default=1_000, metavar="N", help="Sequences to answer, drawn from more [default: 1000]."
)
@click.option("--close", type=int, default=48, metavar="N", help="Of these to be looked at closely [default: 48].")
@click.option("--points", type=int, default=1_500, metavar="N", help="States for t-SNE, at most 5000 [default: 1500].")
@click.option("--seed", type=int, default=0, metavar="N", help="Of all that is drawn at random [default: 0].")
@click.option("--threads", type=int, default=1, metavar="N", help="Threads to compute with [default: 1].")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object: the findings, figures and times.")
@click.option("--quiet", is_flag=True, help="No talk on the way.")
@settings_options(ROOMS, only=READING)
def command(
    model: str,
    data: str,
    output: Path | None,
    parts: str | None,
    *,
    threads: int,
    as_json: bool,
    quiet: bool,
    **options: Any,  # noqa: ANN401 - numbers of the explanation, and settings of `read`, checked there
) -> None:
    """Show what a MODEL's answers on DATA rest on, how gradients flow, what its states hold, where it errs."""
    numbers = {name: options.pop(name) for name in ("sequences", "close", "points", "seed")}
    chosen = given(options)
    if threads < 1:
        raise SettingsError("--threads", expected="at least 1", came=str(threads), fix="choose a larger number")
    asked = tuple(name.strip() for name in parts.split(",")) if parts else PARTS
    settings = ExplainSettings(parts=asked, **numbers)
    estimator = load(model)
    target = output or Path(model).with_suffix(".explain.html")
    reading = estimator.reading(FitSettings.flat(chosen, flags=chosen).read)
    dataset = read(data, settings=reading, schema=estimator.schema_)
    torch.set_num_threads(threads)
    for note in () if quiet else dataset.notes:
        say(note)
    found = explain(
        estimator.bundle_, dataset, settings, told=(lambda _: None) if quiet else (lambda part: say(f"{part} ..."))
    )
    found.save(target)
    if as_json:
        plain = {"output": str(target), "findings": found.sentences, "figures": found.figures, "seconds": found.seconds}
        print_json(plain)
        return
    for sentence in found.sentences:
        click.echo(sentence)
    click.echo(f"page    {target}")
