"""What the report shows of single examples: their text or their series."""

from collections.abc import Callable

import numpy as np

from seqloom.prepare import Examples, Pipeline
from seqloom.sequence import Array


def reader(examples: Examples, pipeline: Pipeline) -> Callable[[int], str] | None:
    """What gives the text of an example as the model reads it; None where examples are no texts."""
    place, texts = examples.prepared.text, pipeline.texts
    if place is None or texts is None:
        return None
    codes = examples.prepared.codes[:, place]
    return lambda row: texts.spell(codes[examples.start[row] : examples.stop[row]])


def series(examples: Examples, example: int, steps: int | None = None) -> Array:
    """The features of an example's first `steps` rows, or of all, [T, F]."""
    start, stop = int(examples.start[example]), int(examples.stop[example])
    return np.asarray(examples.prepared.numbers[start : stop if steps is None else start + steps])
