"""Labels as their owner gave them: the model knows them as text, the user as integers, truth values or numbers."""

import os
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

import numpy as np

from seqloom.read import Source
from seqloom.sequence import Array, SequenceDataset

LABELS = "labels"
"""The entry of an artifact's profile that holds the kind of the labels."""
KINDS: Mapping[str, Callable[[str], Any]] = MappingProxyType(
    {"truth": lambda label: label == "true", "integer": int, "number": float, "text": str}
)
"""How a label is read back from its text, by the kind of the labels."""
_TYPES: Mapping[type, str] = MappingProxyType({bool: "truth", int: "integer", float: "number"})


def kind_of(values: Any) -> str:  # noqa: ANN401 - whatever converts to an array of labels
    """The kind of labels: `truth`, `integer`, `number` or `text`; missing ones are not asked.

    Example:
        >>> kind_of([True, False]), kind_of(np.array([3, 1])), kind_of([0.5, 1.0]), kind_of(["a", "b"])
        ('truth', 'integer', 'number', 'text')
    """
    cells = np.asarray(values).tolist()
    types = {type(cell.item() if isinstance(cell, np.generic) else cell) for cell in cells}
    kinds = {_TYPES.get(each, "text") for each in types if each in (bool, int, float, str)}
    if kinds == {"integer", "number"}:
        return "number"
    return kinds.pop() if len(kinds) == 1 else "text"


def given_kind(data: Source | SequenceDataset, y: Any, target: str) -> str:  # noqa: ANN401 - labels of any kind, or None
    """The kind of the labels a fit was given, beside its arrays or in a column of its table; files hold text."""
    if y is not None:
        return kind_of(y)
    if isinstance(data, (str, os.PathLike, np.ndarray, list, tuple, SequenceDataset)):
        return "text"
    table: Any = data
    if hasattr(table, "collect"):
        table = table.select(target).collect()
    return kind_of(table[target])  # pandas, Polars and Arrow tables are indexed by name, as mappings are


def as_given(labels: Iterable[str], kind: str) -> Array:
    """Labels from their texts, in the kind their owner gave them.

    Example:
        >>> as_given(["0", "10"], "integer").tolist(), as_given(["false", "true"], "truth").tolist()
        ([0, 10], [False, True])
    """
    return np.asarray([KINDS[kind](label) for label in labels])
