"""What music and images have in common in `seqloom generate`: how many, and where to start."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
import numpy as np
from numpy.typing import NDArray

from seqloom.artifact import replaced_file
from seqloom.cli.generating import Asked
from seqloom.cli.options import SettingOption
from seqloom.errors import SettingsError
from seqloom.estimators import FrameGenerator, SequenceEstimator

SECTION = "Music and images"
FRAME_OPTIONS: Mapping[str, click.Option] = {
    "count": SettingOption(
        ["--count"], type=int, metavar="N", section=SECTION, help="How many [default: 1 piece, 64 images]."
    ),
    "start": SettingOption(
        ["--start"], type=click.Path(), section=SECTION, help="File of a piece or image that is continued, its first."
    ),
    "start_steps": SettingOption(
        ["--start-steps"],
        type=int,
        metavar="N",
        section=SECTION,
        help="Steps of the start to keep [default: all of a piece, half of an image].",
    ),
}


def frames(estimator: SequenceEstimator, asked: Asked, own: Mapping[str, Any], *, count: int) -> NDArray[np.uint8]:
    """The frames of what is generated, with those of its start before them, [B, T, K].

    Args:
        estimator: the model.
        asked: what is asked of every task.
        own: the options of music and images.
        count: how many where it is not said.

    Raises:
        InputError: the start cannot be read or is of another width, or a number cannot be.
    """
    if not isinstance(estimator, FrameGenerator):
        raise TypeError(type(estimator))
    music, start, length = estimator.task == "music", None, asked.length
    if "start" in own:
        start = estimator.frames(own["start"])[0]
        keep = own.get("start_steps", len(start) if music else len(start) // 2)
        if not 1 <= keep <= len(start):
            came = str(keep)
            raise SettingsError("--start-steps", expected=f"from 1 to {len(start)}", came=came, fix="correct it")
        start = start[:keep]
        length = length if length is not None or music else max(1, estimator.usual_length - keep)
    elif "start_steps" in own:
        raise SettingsError(
            "--start-steps", expected="--start beside it", came="none", fix="name the file to start from"
        )
    made = estimator.generate(
        length, count=own.get("count", count), temperature=asked.temperature, seed=asked.seed, start=start
    )
    return made if start is None else np.concatenate([np.tile(start, (len(made), 1, 1)), made], axis=1)


def write(path: Path, contents: bytes) -> None:
    """Write a file in one step and say where it is."""
    with replaced_file(path) as stream:
        stream.write(contents)
    click.echo(str(path))
