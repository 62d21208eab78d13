"""The datatypes of tensors, by the names the protocol has for them."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import numpy as np

BYTES, BOOL = "BYTES", "BOOL"
FP64, INT64 = "FP64", "INT64"
_WHOLE: frozenset[type] = frozenset({int})
_JSON_TYPES: Mapping[str, frozenset[type]] = MappingProxyType(
    {"b": frozenset({bool}), "u": _WHOLE, "i": _WHOLE, "f": frozenset({int, float, type(None)})}
)
NUMERIC: Mapping[str, np.dtype[Any]] = MappingProxyType(
    {
        BOOL: np.dtype("?"),
        **{f"{'U' * (sign == 'u')}INT{8 * size}": np.dtype(f"<{sign}{size}") for sign in "ui" for size in (1, 2, 4, 8)},
        **{f"FP{8 * size}": np.dtype(f"<f{size}") for size in (2, 4, 8)},
    }
)
"""Those of numbers, little-endian as they are sent; `BYTES`, texts of any length, is the one besides."""
IN_JSON: Mapping[str, frozenset[type]] = MappingProxyType(
    {
        BYTES: frozenset({str}),
        **{name: _JSON_TYPES[kind.kind] for name, kind in NUMERIC.items()},
    }
)
"""What stands for a value in JSON; null for a number that is missing."""


def datatype_of(value: Any) -> str:  # noqa: ANN401 - what a model answers
    """The datatype of a value of an answer; a number that is not known is one of `FP64`.

    Example:
        >>> [datatype_of(value) for value in ("on", 0.5, 3, True, None)]
        ['BYTES', 'FP64', 'INT64', 'BOOL', 'FP64']
    """
    kinds = {str: BYTES, int: INT64, bool: BOOL}
    return kinds.get(type(value), FP64)
