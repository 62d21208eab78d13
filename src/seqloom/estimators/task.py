"""Which task a data set poses, where nobody said."""

from seqloom.errors import SchemaError
from seqloom.sequence import SequenceDataset


def task_of(dataset: SequenceDataset, named: str | None = None) -> str:
    """The task that was named, or else the one the target tells.

    That is `forecast` for numbers that change from step to step, `classify` or `regress` for one label or number a
    sequence.

    Args:
        dataset: the data as it was read.
        named: the task the user chose, if any.

    Raises:
        SchemaError: there is no target, or a label changes from step to step.
    """
    schema = dataset.schema
    if not schema.targets:
        names = ", ".join(schema.names()) or "none"
        raise SchemaError(
            dataset.source, expected="a target column", came=f"columns {names}", fix="name it with --target COLUMN"
        )
    if named is not None:
        return named
    kind = schema.column(schema.targets[0]).kind
    if schema.per_step_target and kind == "number":
        return "forecast"
    if schema.per_step_target:
        raise SchemaError(
            f"{dataset.source}, column '{schema.targets[0]}'",
            expected="one label per sequence, or numbers",
            came="labels that change from step to step",
            fix="name the column that tells sequences apart with --group, or another target",
        )
    return "classify" if kind == "category" else "regress"
