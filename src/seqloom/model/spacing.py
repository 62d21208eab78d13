"""How far apart the windows of a forecast stand where a series has very many of them."""

import numpy as np

from seqloom.prepare import Part, Split

TAUGHT_EXAMPLES = 400_000
"""Training examples beyond which windows are left out: neighbours share all steps but one."""
JUDGED_WINDOWS = 100_000
JUDGED_VALUES = 16_000_000
"""Bounds of a judgement: so many windows say all there is to say; so many values take 128 MB in each of its arrays."""


def taught_stride(steps: int, examples_per_step: int) -> int:
    """Steps between training windows, so that examples stay below `TAUGHT_EXAMPLES`.

    Args:
        steps: steps of the training part.
        examples_per_step: examples that end at each step.
    """
    return max(1, -(-steps * examples_per_step // TAUGHT_EXAMPLES))


def judged_stride(split: Split, part: Part, horizon: int, targets: int) -> int:
    """Steps between the windows a forecast is judged on: 1 unless a part has more of them than the bounds allow.

    Args:
        split: the parts.
        part: where the horizons lie.
        horizon: steps ahead.
        targets: target columns.
    """
    first, stop = split.spans(part).T
    count = int(np.maximum(0, stop - first - horizon + 1).sum())
    most = min(JUDGED_WINDOWS, max(1, JUDGED_VALUES // (horizon * targets)))
    return max(1, -(-count // most))
