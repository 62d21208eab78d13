"""Stretches that end where there is most to explain, for tasks in which few steps matter."""

from dataclasses import replace

import numpy as np
import torch

from seqloom.explain.question import Floats, apart, at_rest, device_of, moved
from seqloom.model import SequenceModel
from seqloom.prepare import Examples
from seqloom.tasks import Telling

AT_ONCE = 64
"""Examples that are read at once."""
CONTEXT = 8
"""Steps before the one that is explained, at least: an answer after fewer has little to rest on."""


def focused(model: SequenceModel, examples: Examples, telling: Telling) -> Examples:
    """The same examples, moved so that each ends at the step of its own that tells most; the most telling first.

    A moved example is as long as it was, unless its sequence begins later; one of no more than `CONTEXT` steps stays.

    Args:
        model: the model.
        examples: whole sequences or stretches of them, without a horizon.
        telling: how much there is to explain at each row.
    """
    start, stop = examples.start.astype(np.int64), examples.stop.astype(np.int64)
    most, ends = np.empty(len(examples)), stop.copy()
    for example, values in enumerate(_of_rows(model, examples, telling)):
        least = min(CONTEXT, len(values) - 1)
        place = least + int(values[least:].argmax())
        most[example], ends[example] = values[place], start[example] + place + 1
    begins = np.maximum(ends - (stop - start), examples.prepared.offsets[examples.sequence])
    order = np.argsort(-most, kind="stable")
    return replace(examples, start=begins, stop=ends, warm=None).take(order)


def _of_rows(model: SequenceModel, examples: Examples, telling: Telling) -> list[Floats]:
    """How much there is to explain at each row, example by example."""
    found: list[Floats] = []
    with at_rest(model), torch.no_grad():
        for first in range(0, len(examples), AT_ONCE):
            batch = moved(examples.batch(np.arange(first, min(first + AT_ONCE, len(examples)))), device_of(model))
            found += apart(batch, telling(model, batch))
    return found
