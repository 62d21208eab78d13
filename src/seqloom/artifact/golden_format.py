"""Golden examples as they are stored: columns as tensors, words in the manifest."""

from collections.abc import Mapping
from typing import Literal

import numpy as np
from pydantic import BaseModel, ConfigDict

from seqloom.artifact.golden import SOURCE, Golden
from seqloom.artifact.refusal import refusal, shown
from seqloom.sequence import Array, Schema, SequenceDataset

Clock = Literal["stamps", "numbers", "none"]
_STEP, _STATIC, _OUTPUT = "steps.", "statics.", "outputs."


class GoldenWords(BaseModel):
    """What of the golden examples is words, not numbers.

    Args:
        keys: name of each sequence.
        categories: labels of each category column, in the order of their codes.
        clock: what the times are: time stamps (stored as microseconds since 1970), plain numbers, or none.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    keys: tuple[str, ...]
    categories: dict[str, tuple[str, ...]]
    clock: Clock


def words(golden: Golden) -> GoldenWords:
    """The part that goes into the manifest."""
    dataset = golden.dataset
    clock: Clock = "none"
    if dataset.times is not None:
        clock = "stamps" if dataset.times.dtype.kind == "M" else "numbers"
    keys = tuple(str(key) for key in dataset.keys)
    return GoldenWords(keys=keys, categories=dict(dataset.categories), clock=clock)


def arrays(golden: Golden) -> dict[str, Array]:
    """The part that goes into the tensors."""
    dataset = golden.dataset
    named: dict[str, Array] = {"offsets": dataset.offsets}
    if dataset.times is not None:
        is_stamps = dataset.times.dtype.kind == "M"
        named["times"] = dataset.times.astype("datetime64[us]").astype(np.int64) if is_stamps else dataset.times
    named |= {f"{_STEP}{name}": values for name, values in dataset.steps.items()}
    named |= {f"{_STATIC}{name}": values for name, values in dataset.statics.items()}
    named |= {f"{_OUTPUT}{name}": values for name, values in golden.outputs.items()}
    return named


def restore(stored: GoldenWords, named: Mapping[str, Array], schema: Schema, where: str) -> Golden:
    """The golden examples of an artifact.

    Args:
        stored: their words.
        named: their tensors.
        schema: what the columns are.
        where: artifact and member, for messages.

    Raises:
        ArtifactError: words, tensors and schema do not fit each other.
    """
    rest = dict(named)
    offsets = _offsets(rest.pop("offsets", np.empty(0)), where)
    times = _times(rest.pop("times", None), stored.clock, where)
    dataset = SequenceDataset(
        schema=schema,
        offsets=offsets,
        steps=_family(rest, _STEP),
        statics=_family(rest, _STATIC),
        keys=np.array(stored.keys, dtype=str),
        categories=stored.categories,
        times=times,
        source=SOURCE,
    )
    outputs = _family(rest, _OUTPUT)
    if rest:
        raise refusal(where, expected="offsets, times, steps, statics and outputs", came=shown(next(iter(rest))))
    _check(dataset, where)
    return Golden(dataset, outputs)


def _times(times: Array | None, clock: Clock, where: str) -> Array | None:
    if (times is None) != (clock == "none") or (times is not None and clock == "stamps" and times.dtype != np.int64):
        raise refusal(f"{where}, times", expected=f"times of the kind '{clock}'", came="others")
    return times.view("datetime64[us]") if times is not None and clock == "stamps" else times


def _family(named: dict[str, Array], prefix: str) -> dict[str, Array]:
    """Take the tensors with this prefix out, and the prefix off."""
    names = [name for name in named if name.startswith(prefix)]
    return {name.removeprefix(prefix): named.pop(name) for name in names}


def _offsets(offsets: Array, where: str) -> Array:
    usable = offsets.dtype == np.int64 and offsets.ndim == 1 and len(offsets) > 1
    if not usable or offsets[0] != 0 or (offsets[1:] < offsets[:-1]).any():
        raise refusal(f"{where}, offsets", expected="whole numbers that start at 0 and never fall", came="others")
    return offsets


def _check(dataset: SequenceDataset, where: str) -> None:
    """Columns must be those of the schema, of the length of their kind, and codes must have a label."""
    if len(dataset.keys) != len(dataset):
        raise refusal(f"{where}, keys", expected=f"{len(dataset)} keys", came=f"{len(dataset.keys)}")
    if dataset.times is not None and dataset.times.shape != (dataset.total_steps,):
        raise refusal(f"{where}, times", expected=f"{dataset.total_steps} times", came=f"{dataset.times.shape}")
    names = [*dataset.steps, *dataset.statics]
    if sorted(names) != sorted(dataset.schema.names()):
        raise refusal(where, expected="the columns of the schema", came=shown(names))
    for name in names:
        column = dataset.column(name)
        length = dataset.total_steps if name in dataset.steps else len(dataset)
        if column.shape != (length,):
            raise refusal(f"{where}, column {shown(name)}", expected=f"{length} values", came=f"{column.shape}")
        is_category = dataset.schema.column(name).coded
        if is_category != (name in dataset.categories) or column.dtype.kind not in ("i" if is_category else "fu"):
            expected = "codes with labels" if is_category else "floating-point numbers or bytes"
            raise refusal(f"{where}, column {shown(name)}", expected=expected, came=str(column.dtype))
        labels = len(dataset.categories.get(name, ()))
        if is_category and ((column < -1) | (column >= labels)).any():
            raise refusal(
                f"{where}, column {shown(name)}", expected=f"codes below {labels}", came="a code without label"
            )
