"""Figures of frames: piano rolls, sheets of images, what each entry cost."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from seqloom.report.figure_data import SERIES, AnyMark, Axis, Bars, FigureData, Ink, Line, Panel
from seqloom.report.table import entrant_name
from seqloom.sequence import KEYS, LOWEST, Array, note_name

Floats = NDArray[np.float64]
MARGIN = 2
"""Keys shown below and above those that are played, and pixels between the images of a sheet."""
MODEL = "model"


def strokes(grid: Array, *, left: float = 0.0, top: float = 0.0) -> tuple[Floats, Floats]:
    """The runs of a grid of zeros and ones as horizontal strokes.

    Args:
        grid: [rows, columns].
        left: added to the columns.
        top: added to the rows.

    Returns:
        Columns and rows of the points to be joined; NaN between one stroke and the next.

    Example:
        >>> x, y = strokes(np.array([[0, 1, 1], [1, 0, 0]]))
        >>> x.tolist(), y.tolist()
        ([1.0, 3.0, nan, 0.0, 1.0, nan], [0.0, 0.0, nan, 1.0, 1.0, nan])
    """
    padded = np.pad(np.asarray(grid, dtype=np.int8), ((0, 0), (1, 1)))
    changes = np.diff(padded, axis=1)
    rows, begins = np.nonzero(changes == 1)
    _, ends = np.nonzero(changes == -1)
    nothing = np.full(len(rows), np.nan)
    x = np.stack([begins + left, ends + left, nothing], axis=1).reshape(-1)
    y = np.stack([rows + top, rows + top, nothing], axis=1).reshape(-1)
    return x, y


def roll_figure(pieces: Sequence[tuple[str, Ink, Array]], *, name: str = "roll") -> FigureData:
    """Piano rolls, one below the other.

    Args:
        pieces: title, ink and frames [T, 88] of each.
        name: of the figure.
    """
    used = np.flatnonzero(np.any([frames.any(axis=0) for _, _, frames in pieces], axis=0))
    low, high = (LOWEST + used.min(initial=87), LOWEST + used.max(initial=0)) if len(used) else (48, 72)
    limits = (float(low - MARGIN), float(high + MARGIN))
    panels = []
    for title, ink, frames in pieces:
        x, y = strokes(frames.T, top=LOWEST)
        note = Axis(label="MIDI note", limits=limits)
        time = Axis(label="step", limits=(0.0, float(len(frames))))
        panels.append(Panel(title=title, marks=(Line(x=x, y=y, ink=ink),), x=time, y=note, shape="wide"))
    return FigureData(
        name=name,
        title="Piano rolls",
        caption="A stroke is a key that is held, from left to right in time; 60 is the C in the middle of the piano.",
        panels=tuple(panels),
    )


def sheet_figure(sheets: Sequence[tuple[str, Ink, Sequence[Array]]]) -> FigureData:
    """Images side by side, a sheet of true ones and one of generated ones.

    Args:
        sheets: title, ink and images [height, width] of each sheet; all images of one shape.
    """
    panels = []
    for title, ink, images in sheets:
        grid = tiled(images)
        x, y = strokes(grid)
        across, down = (Axis(limits=(0.0, float(grid.shape[1]))), Axis(limits=(float(grid.shape[0]), -1.0)))
        panels.append(Panel(title=title, marks=(Line(x=x, y=y, ink=ink),), x=across, y=down, shape="square"))
    return FigureData(
        name="sheet",
        title="Images",
        caption="Some images of the test part, and some the model drew out of nothing, one pixel given those before.",
        panels=tuple(panels),
    )


def tiled(images: Sequence[Array]) -> Array:
    """Images in rows and columns on one sheet, two pixels apart; as many columns as rows, or one more."""
    across = int(np.ceil(np.sqrt(len(images))))
    height, width = images[0].shape
    down = -(-len(images) // across)
    sheet = np.zeros((down * (height + MARGIN) + MARGIN, across * (width + MARGIN) + MARGIN), dtype=np.uint8)
    for place, image in enumerate(images):
        top, left = (
            MARGIN + number * (size + MARGIN) for number, size in zip(divmod(place, across), image.shape, strict=True)
        )
        sheet[top : top + height, left : left + width] = image
    return sheet


def entries_figure(nats: Mapping[str, Floats], entries: tuple[str, ...]) -> FigureData:
    """What each entry cost, the model's as bars, the alternatives' as lines.

    Args:
        nats: nats per frame of each entry by who answered, [K] each.
        entries: names of the entries.
    """
    music = entries == KEYS
    places = np.arange(len(entries), dtype=np.float64) + (LOWEST if music else 0)
    marks: list[AnyMark] = [Bars(name=MODEL, x=places, y=nats[MODEL], width=1.0)]
    others = [name for name in nats if name != MODEL]
    for name, ink in zip(others, SERIES, strict=False):
        marks.append(Line(name=entrant_name(name), x=places, y=nats[name], ink=ink))
    axis = Axis(label=f"MIDI note (60 is {note_name(60)})" if music else "entry of the frame")
    return FigureData(
        name="nats",
        title="What each entry cost",
        caption="Negative log-likelihood of each entry in nats per frame; their sum is that of a frame.",
        panels=(Panel(marks=tuple(marks), x=axis, y=Axis(label="nats per frame"), shape="wide"),),
    )
