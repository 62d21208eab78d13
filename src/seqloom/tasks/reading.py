"""What several tasks ask of the reader alike."""

from typing import Any

from seqloom.read import ReadSettings
from seqloom.sequence import Schema


def labels(read: ReadSettings, *, per_step: bool) -> dict[str, Any]:
    """Targets are labels, of steps or of sequences."""
    return {"per_step_target": per_step, "categories": tuple(dict.fromkeys((*read.categories, *read.target)))}


def texts(read: ReadSettings) -> dict[str, Any]:
    """Targets are texts, one for each sequence."""
    return {"per_step_target": False, "text": tuple(dict.fromkeys((*read.text, *read.target)))}


def target_kind(schema: Schema) -> str:
    """The kind of the first target: `number`, `category`, `text` or `sound`."""
    return schema.column(schema.targets[0]).kind


def has_texts(schema: Schema) -> bool:
    """Whether some column of the steps is one of texts."""
    return any(schema.column(name).kind == "text" for name in schema.step_columns)
