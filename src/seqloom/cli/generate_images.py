"""Images from `seqloom generate`: a sheet of them, and their pixels."""

import io
from collections.abc import Mapping
from typing import Any

import click
import numpy as np

from seqloom.cli.generate_frames import FRAME_OPTIONS, frames, write
from seqloom.cli.generating import Asked, Generator
from seqloom.cli.options import SettingOption
from seqloom.cli.place import must_be_writable
from seqloom.errors import SettingsError
from seqloom.estimators import SequenceEstimator
from seqloom.report import sheet_png

ENDINGS = (".png", ".npy")
COUNT = 64
OPTIONS: Mapping[str, click.Option] = {
    **FRAME_OPTIONS,
    "width": SettingOption(
        ["--width"],
        type=int,
        metavar="N",
        section="Images",
        help="Pixels of a row, of images read pixel by pixel [default: as many as rows].",
    ),
}


def run(estimator: SequenceEstimator, asked: Asked, own: Mapping[str, Any]) -> None:
    """Draw, and write OUT.png with all images on a sheet and OUT.npy with their pixels, [B, height, width]."""
    base = asked.base(ENDINGS)
    must_be_writable(base)
    drawn = frames(estimator, asked, own, count=COUNT)
    if drawn.shape[2] == 1:
        drawn = _as_rows(drawn, own.get("width"))
    elif "width" in own:
        came = f"rows of {drawn.shape[2]} pixels"
        raise SettingsError("--width", expected="images read pixel by pixel", came=came, fix="leave it out")
    pixels = io.BytesIO()
    np.save(pixels, drawn)
    write(base.with_name(base.name + ".png"), sheet_png(drawn))
    write(base.with_name(base.name + ".npy"), pixels.getvalue())


def _as_rows(drawn: np.ndarray[Any, np.dtype[np.uint8]], width: int | None) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """Images [B, height * width, 1] as [B, height, width]."""
    steps = drawn.shape[1]
    side = round(steps**0.5) if width is None else width
    if side < 1 or steps % side or (width is None and side * side != steps):
        came = f"{steps} pixels" if width is None else str(width)
        fix = "name another --width or --length"
        raise SettingsError("--width", expected=f"a divisor of {steps} pixels", came=came, fix=fix)
    return drawn.reshape(len(drawn), -1, side)


IMAGES = Generator(OPTIONS, run)
