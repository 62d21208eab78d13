"""What somebody tells of a step afterwards: whether it was an anomaly."""

import math


def mark_of(told: object) -> float:
    """A mark as columns hold it: 1 for 1 and true, 0 for 0 and false, NaN for all else, which says nothing.

    Args:
        told: whatever somebody told.

    Example:
        >>> [mark_of(told) for told in (1, False, 0.0, None, "odd")]
        [1.0, 0.0, 0.0, nan, nan]
    """
    return float(told) if isinstance(told, int | float) and told in (0, 1) else math.nan
