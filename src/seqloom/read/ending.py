"""Targets made from where sequences end, while data is read."""

from collections.abc import Collection
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from seqloom.errors import DataError, SchemaError, SettingsError
from seqloom.read.plan import no_such_column
from seqloom.read.settings import ReadSettings
from seqloom.read.table import Table
from seqloom.sequence import Column, Ending, Schema, SequenceDataset

FEWEST = 2
"""Sequences there must be to learn from where they end."""


def reading_without(settings: ReadSettings) -> ReadSettings:
    """The settings by which a source is read before its target is made; the steps left are one value per sequence.

    Raises:
        SettingsError: steps left, and nothing to be made of them.
    """
    left = settings.steps_left
    if left is None:
        return settings
    if settings.ending is None:
        fix = "say which target is to be made: remaining_life or fails_within"
        raise SettingsError("steps_left", expected="a target made from where sequences end", came="none", fix=fix)
    return settings.model_copy(update={"static": tuple(dict.fromkeys((*settings.static, left)))})


def must_tell_ends(table: Table, settings: ReadSettings, group: str | None) -> None:
    """Checks that a table of one row per step says where its sequences end, where a target is made of that.

    Args:
        table: the table.
        settings: what is to be made.
        group: the column that tells sequences apart, if one was named or found.

    Raises:
        SchemaError: nothing tells sequences apart, or there is no column of the steps left.
    """
    if settings.steps_left is not None and settings.steps_left not in table.types:
        fix = "add it, with 0 where a sequence ran to its end"
        raise no_such_column(table.source, settings.steps_left, table.types, fix)
    if settings.ending is not None and group is None:
        expected = "a column that tells sequences apart, so that they end"
        raise SchemaError(table.source, expected=expected, came="none", fix="name it with --group")


def schema_without(schema: Schema, settings: ReadSettings, names: Collection[str]) -> Schema:
    """The schema by which a source is read before its target is made; where its target is there, the schema itself.

    Args:
        schema: of a trained model.
        settings: which may name the column of the steps left.
        names: the columns of the source.

    Raises:
        SettingsError: steps left, and nothing to be made of them.
    """
    if schema.ending is None:
        reading_without(settings)
        return schema
    if schema.ending.target in names:
        return schema
    left = _left(schema.ending, settings, names)
    made = (schema.ending.target, left)
    more = () if left is None else (Column(name=left, kind="number", role="static"),)
    return schema.model_copy(
        update={
            "columns": (*more, *(column for column in schema.columns if column.name not in made)),
            "ignored": tuple(name for name in schema.ignored if name not in made),
            "ending": None,
        }
    )


def _left(ending: Ending, settings: ReadSettings, names: Collection[str]) -> str | None:
    """The column of the steps left: that which is named has to be there, that of the training need not."""
    named = settings.steps_left
    return named if named is not None else ending.left if ending.left in names else None


def with_ending(dataset: SequenceDataset, settings: ReadSettings, schema: Schema | None = None) -> SequenceDataset:
    """A data set with the target that is made from where its sequences end, if one is to be made and is not there.

    Args:
        dataset: read by `reading_without`, or to fit the schema of `schema_without`.
        settings: what is to be made, and from what.
        schema: of a trained model; None: the data set is read to learn from.

    Raises:
        SchemaError: there is another target, or one sequence, or a column tells the answer.
        DataError: the steps left cannot be used.
    """
    if schema is not None:
        return _completed(dataset, schema, settings)
    ending = settings.ending
    return dataset if ending is None or dataset.schema.ending is not None else _first(dataset, ending)


def _first(dataset: SequenceDataset, ending: Ending) -> SequenceDataset:
    """A data set with its target, read for the first time."""
    _must_be_possible(dataset, ending)
    made = _made(dataset, ending, ending.left)
    _refuse_answers(made, ending, dataset)
    ignored = () if ending.left is None else (ending.left,)
    column = Column(name=ending.target, kind="category" if ending.labels else "number", role="target")
    schema = made.schema.model_copy(
        update={
            "columns": (*(each for each in made.schema.columns if each.name not in ignored), column),
            "ignored": (*made.schema.ignored, *ignored),
            "per_step_target": True,
            "ending": ending,
        }
    )
    cut = "those that were cut before say how much was left" if ending.left else "each is taken to have run to its end"
    return replace(made, schema=schema, notes=(*made.notes, f"'{ending.target}' is {ending.sentence}; {cut}"))


def _completed(dataset: SequenceDataset, schema: Schema, settings: ReadSettings) -> SequenceDataset:
    """A data set read for a trained model, with the target of its schema.

    Where the training had a column of the steps left and the data has none, nobody knows where its sequences end.
    """
    ending = schema.ending
    if ending is None or ending.target in dataset.steps:
        return dataset
    left = _left(ending, settings, dataset.statics)
    made = _made(dataset, ending, left, known=left is not None or ending.left is None)
    steps = {name: made.steps[name] for name in schema.step_columns}
    return replace(made, schema=schema.model_copy(update={"interval": dataset.schema.interval}), steps=steps)


def _made(dataset: SequenceDataset, ending: Ending, left: str | None, *, known: bool = True) -> SequenceDataset:
    """The data set with the target among its steps, and without the column of the steps left; its schema as it was."""
    after = np.zeros(len(dataset)) if left is None else _checked(dataset, left)
    after = after if known else np.full(len(dataset), np.nan)
    stops = dataset.offsets[1:] - 1 + after
    target = ending.values(np.repeat(stops, dataset.lengths) - np.arange(dataset.total_steps))
    return replace(
        dataset,
        steps={**dataset.steps, ending.target: target},
        statics={name: values for name, values in dataset.statics.items() if name != left},
        categories={**dataset.categories, **({ending.target: ending.labels} if ending.labels else {})},
    )


def _checked(dataset: SequenceDataset, left: str) -> NDArray[np.float64]:
    """The steps that were left after each sequence's last one, NaN where nobody knows, [S]."""
    if left not in dataset.statics or dataset.schema.column(left).kind != "number":
        where = f"{dataset.source}, column '{left}'"
        raise SchemaError(where, expected="one number per sequence", came="something else", fix="name another column")
    values = np.asarray(dataset.statics[left], dtype=np.float64)
    if (values < 0).any():
        place = int(np.argmax(values < 0))
        raise DataError(
            f"{dataset.source}, column '{left}', sequence '{dataset.keys[place]}'",
            expected="steps that were left, 0 or more",
            came=f"{values[place]:g}",
            fix="correct it, or leave it empty where nobody knows",
        )
    return values


def _must_be_possible(dataset: SequenceDataset, ending: Ending) -> None:
    """Stop where a target cannot be made."""
    schema = dataset.schema
    if schema.targets or schema.rate is not None:
        came = f"the target '{schema.targets[0]}'" if schema.targets else "recordings"
        expected, fix = "a table of numbers without a target", f"leave out what asks for {ending.target}"
        raise SchemaError(dataset.source, expected=expected, came=came, fix=fix)
    if ending.target in (*schema.names(), *schema.ignored, schema.group, schema.time):
        where = f"{dataset.source}, column '{ending.target}'"
        fix = "name it with --target instead, or rename it"
        raise SchemaError(where, expected="no column of this name, which is made", came="one", fix=fix)
    if len(dataset) < FEWEST:
        expected = f"sequences that end, at least {FEWEST}"
        fix = "name the column that tells them apart with --group"
        raise SchemaError(dataset.source, expected=expected, came="one sequence", fix=fix)


def _refuse_answers(made: SequenceDataset, ending: Ending, dataset: SequenceDataset) -> None:
    """Stop at a column that counts down to the end, or says how long a sequence is: nobody has it at work."""
    ends, lengths = made.offsets[1:] - 1, dataset.lengths
    after = np.zeros(len(dataset)) if ending.left is None else np.asarray(dataset.statics[ending.left], np.float64)
    for column in (column for column in made.schema.columns if column.kind == "number" and column.name != ending.left):
        values = made.column(column.name)
        if column.name in made.statics:
            telling = any(np.array_equal(values, lengths + after + shift) for shift in (-1, 0))
        else:
            telling = _counts_down(values, made, after) if np.array_equal(values[ends], after) else False
        if telling:
            where = f"{made.source}, column '{column.name}'"
            fix = f"leave it out with --ignore '{column.name}'"
            raise SchemaError(where, expected="what is known at work", came="a count of the steps left", fix=fix)


def _counts_down(values: NDArray[np.float64], made: SequenceDataset, after: NDArray[np.float64]) -> bool:
    """Whether a column is the steps left, or as many of them as its largest value."""
    left = np.repeat(made.offsets[1:] - 1 + after, made.lengths) - np.arange(made.total_steps)
    return bool(np.array_equal(values, np.minimum(left, np.max(values))))
