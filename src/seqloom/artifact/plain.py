"""Values of a run as JSON can hold them."""

import math
from collections.abc import Mapping

import numpy as np

from seqloom.artifact.strict_json import JSON


def plain(value: object) -> JSON:
    """The same value as JSON: tuples as lists, NumPy's numbers as Python's, what is not finite as null.

    Anything else is given back as it is, and refused when it is written.

    Example:
        >>> plain({"loss": (0.5, float("nan")), "epoch": np.int64(3)})
        {'loss': [0.5, None], 'epoch': 3}
    """
    match value:
        case Mapping():
            return {str(name): plain(item) for name, item in value.items()}
        case list() | tuple():
            return [plain(item) for item in value]
        case np.generic():
            return plain(value.item())
        case float() if not math.isfinite(value):
            return None
    return value  # type: ignore[return-value] # strict_json.write refuses what is not JSON
