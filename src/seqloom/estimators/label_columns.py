"""Labels beside arrays, as columns of 0 and 1: one for each label."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seqloom.errors import DataError

WHERE = "labels"

Columns = dict[Any, NDArray[np.float64]]


def label_columns(y: Any, classes: Sequence[Any] | None = None) -> Columns:  # noqa: ANN401 - whatever holds labels
    """Columns of 0 and 1 by label, NaN where nothing is known of a sequence.

    Args:
        y: a matrix of 0 and 1, [B, K], dense or sparse; a table of such columns, whose names are then the labels; or a
            list that holds the labels of each sequence: a set, tuple or list of them, or None where they are not known.
        classes: the labels of a fitted model; None: those that are there. Columns of a matrix are numbered.

    Raises:
        DataError: something else.

    Example:
        >>> {label: column.tolist() for label, column in label_columns([{"a", "b"}, set(), ["b"]]).items()}
        {'a': [1.0, 0.0, 0.0], 'b': [1.0, 0.0, 1.0]}
    """
    y = y.toarray() if hasattr(y, "toarray") else y.detach().cpu().numpy() if hasattr(y, "detach") else y
    if isinstance(y, Mapping) or hasattr(y, "columns"):
        names = list(y) if isinstance(y, Mapping) else list(y.columns)
        return _of_matrix(np.stack([np.asarray(y[name], dtype=object) for name in names], axis=1), names, classes)
    if isinstance(y, np.ndarray) and not (y.ndim == 1 and y.dtype == object):
        return _of_matrix(y, None, classes)
    return _of_sets(list(y), classes)


def _of_matrix(matrix: NDArray[Any], names: list[Any] | None, classes: Sequence[Any] | None) -> Columns:
    width = None if classes is None else len(classes)
    if matrix.ndim != 2 or not matrix.shape[1] or width not in (None, matrix.shape[1]):  # noqa: PLR2004 - rows, labels
        expected = f"a matrix of 0 and 1, {'K' if width is None else width} labels for each sequence"
        raise _wrong(expected, f"shape {matrix.shape}", "check the axes")
    try:
        values = matrix.astype(np.float64)
    except (TypeError, ValueError) as error:
        raise _wrong("a matrix of 0 and 1", str(error), "convert it") from error
    bad = np.argwhere(np.isfinite(values) & (values != 0) & (values != 1) | np.isinf(values))
    if len(bad):
        row, column = bad[0].tolist()
        raise _wrong(
            "0 or 1", f"{values[row, column]:g} in row {row}, column {column}", "correct it, or predict values"
        )
    labels = names if names is not None else list(range(values.shape[1])) if classes is None else list(classes)
    return {label: values[:, place] for place, label in enumerate(labels)}


def _of_sets(sets: list[Any], classes: Sequence[Any] | None) -> Columns:
    for row, own in enumerate(sets):
        if own is not None and (isinstance(own, str) or not isinstance(own, Iterable)):
            fix = "use SequenceClassifier for one label each"
            raise _wrong("a collection of labels for each sequence", f"{own!r} for sequence {row}", fix)
    rows = [None if own is None else list(own) for own in sets]
    for row, labels in enumerate(rows):
        if labels is not None and len(set(labels)) < len(labels):
            raise _wrong("each label once", f"{labels} for sequence {row}", "pass np.asarray(y) where it is a matrix")
    there = _in_order({label for labels in rows for label in labels or ()})
    new = [] if classes is None else [label for label in there if label not in classes]
    if new or not there:
        expected = "some labels" if classes is None else f"labels among the {len(classes)} the model was fitted with"
        raise _wrong(expected, repr(new[0]) if new else "none", "correct them")
    columns = {}
    for label in there if classes is None else classes:
        columns[label] = np.array([np.nan if labels is None else float(label in labels) for labels in rows])
    return columns


def _in_order(labels: set[Any]) -> list[Any]:
    """Numbers by their size, everything else by letter."""
    numbers = all(isinstance(label, int | float | np.number) for label in labels)
    return sorted(labels) if numbers else sorted(labels, key=str)


def _wrong(expected: str, came: str, fix: str) -> DataError:
    return DataError(WHERE, expected=expected, came=came, fix=fix)
