"""Sequences handed over as arrays."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from seqloom.errors import DataError, SchemaError, SettingsError
from seqloom.read.cells import Vocabulary
from seqloom.read.conform import conform_dataset
from seqloom.read.ending import schema_without, with_ending
from seqloom.read.plan import no_such_column
from seqloom.read.recordings import sounds_of_arrays
from seqloom.read.settings import EVERY, ReadSettings
from seqloom.sequence import Array, Column, Kind, Role, Schema, SequenceDataset
from seqloom.sequence.dataset import spans

SOURCE = "arrays"
TARGET = "target"
_INFERRED = ReadSettings()


def from_arrays(
    sequences: Array | Sequence[Any],
    targets: Array | Sequence[Any] | Mapping[Any, Array] | None = None,
    *,
    lengths: Array | Sequence[int] | None = None,
    names: Sequence[str] | None = None,
    settings: ReadSettings = _INFERRED,
    schema: Schema | None = None,
) -> SequenceDataset:
    """Makes a data set of arrays; torch tensors are taken through NumPy.

    Where `settings.rate` is given, or the schema is that of recordings, the arrays are sound: samples [T_i] or
    [T_i, channels] at that many per second, brought to the rate of the schema.

    Args:
        sequences: a list of arrays [T_i] or [T_i, F], or one array [B, T, F] or [B, T].
        targets: one label or value per sequence, [B], or several values, [B, C]; None where there are none, or where
            `settings.target` names the features to be forecast. Or columns by name. Texts and booleans are labels;
            numbers are labels where `settings.categories` names `target`.
        lengths: steps of each sequence of a 3-D array that count, [B]; the rest is padding.
        names: names of the F features; `x0`, `x1`, ... where not given.
        settings: `target` and `known` may name features, `categories` and `ignore` any column.
        schema: the schema of a trained model the data must fit.

    Raises:
        DataError: no sequence, shapes that disagree, infinity, or as many targets as there are not sequences.
        SchemaError: names that do not fit.

    Example:
        >>> dataset = from_arrays([np.zeros(3), np.ones(5)], ["calm", "busy"])
        >>> dataset.lengths.tolist(), dataset.categories["target"], dataset.statics["target"].tolist()
        ([3, 5], ('busy', 'calm'), [1, 0])
    """
    rate = settings.rate or (None if schema is None else schema.rate)
    if rate is not None:
        return _sounds(sequences, targets, rate, settings, schema)
    rows, counts = _rows(sequences, lengths)
    names = _names(names, rows.shape[1])
    offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    labelled = _labelled(settings, schema)
    steps, categories = _columns({name: rows[:, place] for place, name in enumerate(names)}, labelled)
    statics, labels = _columns(_targets(targets, len(counts)), labelled)
    if twice := statics.keys() & steps.keys():
        name = min(twice)
        raise DataError(f"{SOURCE}, targets", expected="no name of a feature", came=repr(name), fix="rename the target")
    if schema is not None:
        settings = settings.model_copy(
            update={"text": tuple(name for name in _texts(settings, schema) if name in statics)}
        )
    bare = None if schema is None else schema_without(schema, settings, names)
    dataset = build(SOURCE, offsets, steps, statics, categories | labels, settings)
    _must_be_finite(dataset)
    return with_ending(dataset if bare is None else conform_dataset(dataset, bare), settings, schema)


def _sounds(
    sequences: Array | Sequence[Any],
    targets: Array | Sequence[Any] | Mapping[Any, Array] | None,
    rate: int,
    settings: ReadSettings,
    schema: Schema | None,
) -> SequenceDataset:
    if len(sequences) == 0:
        raise DataError(SOURCE, expected="at least one recording", came="none", fix="check where they come from")
    labelled = _labelled(settings, schema)
    statics, labels = _columns(_targets(targets, len(sequences)), labelled)
    kinds = _kinds(statics, labels, settings, schema)
    dataset = sounds_of_arrays(list(sequences), statics, labels, kinds, rates=(rate, schema.rate if schema else None))
    return dataset if schema is None else conform_dataset(dataset, schema)


def _kinds(
    statics: Mapping[str, Array],
    labels: Mapping[str, tuple[str, ...]],
    settings: ReadSettings,
    schema: Schema | None,
) -> dict[str, Kind]:
    texts = _texts(settings, schema)
    return {name: _kind(name, labels, texts) for name in statics}


def _kind(name: str, categories: Mapping[str, tuple[str, ...]], texts: Collection[str]) -> Kind:
    return "text" if name in texts else "category" if name in categories else "number"


def _texts(settings: ReadSettings, schema: Schema | None) -> tuple[str, ...]:
    """The targets that are texts."""
    columns = () if schema is None else schema.columns
    known = (column.name for column in columns if column.kind == "text" and column.role == "target")
    return (*settings.text, *known)


def _labelled(settings: ReadSettings, schema: Schema | None) -> set[str]:
    """The columns whose numbers are labels."""
    columns = () if schema is None else schema.columns
    return {*settings.categories, *(column.name for column in columns if column.kind == "category")}


def build(
    source: str,
    offsets: NDArray[np.int64],
    steps: Mapping[str, Array],
    statics: Mapping[str, Array],
    categories: Mapping[str, tuple[str, ...]],
    settings: ReadSettings,
) -> SequenceDataset:
    """The data set of columns that came without a table; static columns are targets.

    Without targets per sequence the features `settings.target` names are the targets, or the only feature there is;
    where it is `*`, all features are, and columns per sequence are left out.

    Raises:
        SchemaError: the settings name a feature that is not there.
    """
    present = [*steps, *statics]
    for name in settings.named:
        if name not in present:
            raise no_such_column(source, name, present)
    if settings.target == EVERY:
        statics, chosen = {}, {*steps}
    else:
        alone = len(steps) == 1 and settings.ending is None
        chosen = set(settings.target) or {*statics} or ({*steps} if alone else set())
    used = [name for name in present if name not in settings.ignore]
    columns = tuple(
        Column(
            name=name,
            kind=_kind(name, categories, settings.text),
            role=_role(name, name in statics, chosen, settings),
        )
        for name in used
    )
    per_step = not any(name in statics for name in chosen)
    if not per_step and any(name in steps for name in chosen):
        raise SchemaError(source, expected="targets per step or per sequence", came="both", fix="name one kind")
    return SequenceDataset(
        schema=Schema(layout="nested", columns=columns, ignored=settings.ignore, per_step_target=per_step),
        offsets=offsets,
        steps={name: values for name, values in steps.items() if name in used},
        statics={name: values for name, values in statics.items() if name in used},
        keys=np.arange(len(offsets) - 1).astype(str),
        categories={name: labels for name, labels in categories.items() if name in used},
        source=source,
    )


def _role(name: str, static: bool, targets: set[str], settings: ReadSettings) -> Role:  # noqa: FBT001 - private, one caller
    if name in targets:
        return "target"
    return "static" if static else "known" if name in settings.known else "past"


def _rows(sequences: Array | Sequence[Any], lengths: Array | Sequence[int] | None) -> tuple[Array, NDArray[np.int64]]:
    """All steps one below the other, [N, F], and how many belong to each sequence, [B]."""
    if len(sequences) == 0:
        raise DataError(SOURCE, expected="at least one sequence", came="none", fix="check where they come from")
    if lengths is not None:
        return _cut(_as_array(sequences, SOURCE), np.asarray(lengths))
    parts = [_as_matrix(sequence, place) for place, sequence in enumerate(sequences)]
    features = parts[0].shape[1]
    for place, part in enumerate(parts):
        if part.shape[1] != features:
            came = f"{part.shape[1]} features, {features} in sequence 0"
            raise DataError(
                f"{SOURCE}, sequence {place}", expected="the same features", came=came, fix="make them equal"
            )
    return np.concatenate(parts), np.array([len(part) for part in parts], dtype=np.int64)


def _cut(values: Array, lengths: Array) -> tuple[Array, NDArray[np.int64]]:
    """The steps of a padded array that count."""
    values = values[:, :, None] if values.ndim == 2 else values  # noqa: PLR2004 - [B, T] is [B, T, 1]
    if values.ndim != 3 or lengths.shape != values.shape[:1]:  # noqa: PLR2004 - three axes, [B, T, F]
        came = f"shapes {values.shape} and {lengths.shape}"
        raise DataError(SOURCE, expected="sequences [B, T, F] and lengths [B]", came=came, fix="check the axes")
    if lengths.dtype.kind not in "iu" or lengths.min() < 1 or lengths.max() > values.shape[1]:
        came = f"{lengths.min()} to {lengths.max()}"
        raise DataError(
            f"{SOURCE}, lengths", expected=f"whole numbers from 1 to {values.shape[1]}", came=came, fix="correct them"
        )
    starts = np.arange(len(lengths), dtype=np.int64) * values.shape[1]
    counts = lengths.astype(np.int64)
    return values.reshape(-1, values.shape[2])[spans(starts, starts + counts)], counts


def _as_matrix(sequence: object, place: int) -> Array:
    """One sequence as [T, F]."""
    where = f"{SOURCE}, sequence {place}"
    values = _as_array(sequence, where)
    if values.ndim not in (1, 2) or not values.size:
        raise DataError(where, expected="an array [T] or [T, F]", came=f"shape {values.shape}", fix="check the axes")
    return values.reshape(len(values), -1)


def _as_array(values: Any, where: str) -> Array:  # noqa: ANN401 - whatever a user calls an array
    if hasattr(values, "detach"):
        values = values.detach().cpu().numpy()
    try:
        array = np.asarray(values)
        array = array if array.dtype.kind in "biufUS" else array.astype(np.float64)
    except (TypeError, ValueError) as error:
        raise DataError(where, expected="an array of numbers", came=str(error), fix="convert it") from error
    if array.dtype.kind == "f" or array.dtype == np.uint8:
        return array if array.dtype != np.float16 else array.astype(np.float32)
    if array.dtype.kind in "US":
        raise DataError(where, expected="an array of numbers", came="text", fix="convert it to numbers")
    return array.astype(np.float64)


def _names(names: Sequence[str] | None, features: int) -> list[str]:
    if names is None:
        return [f"x{place}" for place in range(features)]
    if len(names) != features or len(set(names)) != features:
        raise SettingsError("names", expected=f"{features} different names", came=str(list(names)), fix="correct them")
    return list(names)


def _targets(targets: Array | Sequence[Any] | Mapping[Any, Array] | None, count: int) -> dict[str, Array]:
    """Target columns by name, each [B]."""
    if targets is None:
        return {}
    if isinstance(targets, Mapping):
        return {str(name): column for name, values in targets.items() for column in _targets(values, count).values()}
    values = targets.detach().cpu().numpy() if hasattr(targets, "detach") else np.asarray(targets)
    if values.ndim not in (1, 2) or len(values) != count:
        fix = "give one target per sequence"
        raise DataError(f"{SOURCE}, targets", expected=f"{count} targets", came=f"shape {values.shape}", fix=fix)
    if values.ndim == 1:
        return {TARGET: values}
    return {f"{TARGET}{place}": values[:, place] for place in range(values.shape[1])}


def _columns(columns: Mapping[str, Array], labelled: set[str]) -> tuple[dict[str, Array], dict[str, tuple[str, ...]]]:
    """Contiguous columns; texts, booleans and columns named so as codes, with their labels."""
    found: dict[str, Array] = {}
    categories: dict[str, tuple[str, ...]] = {}
    for name, values in columns.items():
        if values.dtype.kind in "USOb" or name in labelled:
            vocabulary = Vocabulary()
            codes = vocabulary.encode(pl.Series(name, values.tolist(), strict=False))
            categories[name], new = vocabulary.sorted()
            found[name] = new[codes]
        else:
            numbers = values if values.dtype.kind == "f" or values.dtype == np.uint8 else values.astype(np.float64)
            found[name] = np.ascontiguousarray(numbers)
    return found, categories


def _must_be_finite(dataset: SequenceDataset) -> None:
    for name, values in [*dataset.steps.items(), *dataset.statics.items()]:
        infinite = np.isinf(values) if values.dtype.kind == "f" else np.zeros(0, dtype=bool)
        if infinite.any():
            step = int(np.argmax(infinite))
            sequence = dataset.sequence_of(step) if name in dataset.steps else step
            where = f"{dataset.source}, column '{name}', sequence {sequence}"
            raise DataError(where, expected="a finite number", came=str(values[step]), fix="correct it, or use NaN")
