"""`seqloom generate`: something new from a trained model."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import click

from seqloom.cli.generate_images import IMAGES
from seqloom.cli.generate_language import LANGUAGE
from seqloom.cli.generate_music import MUSIC
from seqloom.cli.generating import Asked, Generator
from seqloom.cli.options import SectionedCommand, given
from seqloom.errors import SettingsError
from seqloom.estimators import load

GENERATORS: Mapping[str, Generator] = MappingProxyType({"language": LANGUAGE, "music": MUSIC, "images": IMAGES})
"""The closed list of tasks that generate."""
_OWN = {name: option for generator in GENERATORS.values() for name, option in generator.options.items()}


@click.command("generate", cls=SectionedCommand, params=list(_OWN.values()))
@click.argument("model", type=click.Path())
@click.option("--length", type=int, metavar="N", help="New tokens [default: 500] or steps [default: as is usual].")
@click.option("--seed", type=int, default=0, metavar="N", help="The same seed gives the same result [default: 0].")
@click.option(
    "--temperature",
    type=float,
    default=1.0,
    metavar="X",
    help="Below 1 the probable becomes more probable, above 1 less [default: 1].",
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Where to write.")
def command(
    model: str,
    length: int | None,
    seed: int,
    temperature: float,
    output: Path | None,
    **options: Any,  # noqa: ANN401 - each task's own
) -> None:
    """Let MODEL write text as it is made, compose to MIDI, sound and a picture, or draw a sheet and an array."""
    estimator = load(model)
    own = own_options(estimator.task, given(options))
    if seed < 0:
        raise SettingsError("--seed", expected="at least 0", came=str(seed), fix="choose a larger number")
    GENERATORS[estimator.task].run(estimator, Asked(Path(model), length, seed, temperature, output), own)


def own_options(task: str, options: Mapping[str, Any]) -> Mapping[str, Any]:
    """The options that were given, all of them those of the task.

    Raises:
        SettingsError: models of the task do not generate, or an option belongs to others.
    """
    if task not in GENERATORS:
        expected = f"one that generates: {', '.join(GENERATORS)}"
        raise SettingsError("model", expected=expected, came=f"one of the task {task}", fix="use seqloom predict")
    for name in options:
        if name not in GENERATORS[task].options:
            others = " or ".join(other for other, generator in GENERATORS.items() if name in generator.options)
            flag = f"--{name.replace('_', '-')}"
            raise SettingsError(flag, expected=f"a model of {others}", came=f"one of {task}", fix="leave it out")
    return options
