"""Pictures as PNG: a figure, and a sheet of images pixel by pixel."""

import io

import numpy as np
from matplotlib.image import imsave

from seqloom.report.figure_data import FigureData
from seqloom.report.figures import draw, house_style
from seqloom.report.figures_frames import tiled
from seqloom.report.palette import LIGHT
from seqloom.sequence import Array

ENLARGED = 4
"""Points of a sheet's side for each pixel of an image."""


def png_of(figure: FigureData) -> bytes:
    """A figure on light paper, two pixels to a point."""
    stream = io.BytesIO()
    with house_style():
        draw(figure).savefig(stream, format="png", dpi=144, facecolor=LIGHT["paper"], metadata={"Software": None})
    return stream.getvalue()


def sheet_png(images: Array) -> bytes:
    """Images [B, height, width] of 0 and 1 side by side, black on white, four by four points for a pixel."""
    sheet = 1.0 - np.kron(tiled(list(images)), np.ones((ENLARGED, ENLARGED)))
    stream = io.BytesIO()
    imsave(stream, sheet, format="png", cmap="gray", vmin=0, vmax=1)
    return stream.getvalue()
