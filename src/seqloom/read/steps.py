"""Sequences handed over in memory with a label for each step."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import polars as pl

from seqloom.errors import DataError
from seqloom.read.arrays import SOURCE, TARGET, from_arrays
from seqloom.read.cells import Vocabulary
from seqloom.read.conform import conform_dataset
from seqloom.sequence import Array, Column, Schema, SequenceDataset

WORD = "word"


def from_steps(
    sequences: Array | Sequence[Any],
    labels: Sequence[Any] | None = None,
    *,
    lengths: Array | Sequence[int] | None = None,
    schema: Schema | None = None,
) -> SequenceDataset:
    """Makes a data set of sequences of words, or of arrays, with a label for each of their steps.

    Args:
        sequences: a list of lists of words, or what `from_arrays` takes.
        labels: for each sequence as many labels as it has steps; None where there are none.
        lengths: steps of each sequence of a 3-D array that count, [B]; the rest is padding.
        schema: the schema of a trained model the data must fit.

    Raises:
        DataError: no sequence, an empty one, or one with another number of labels than steps.

    Example:
        >>> dataset = from_steps([["dogs", "bark"], ["go"]], [["NOUN", "VERB"], ["VERB"]])
        >>> dataset.categories["target"], dataset.steps["target"].tolist(), dataset.offsets.tolist()
        (('NOUN', 'VERB'), [0, 1, 1], [0, 2, 3])
    """
    dataset = _of_words(sequences) if _are_words(sequences) else from_arrays(sequences, lengths=lengths)
    columns = tuple(column.model_copy(update={"role": "past"}) for column in dataset.schema.columns)
    steps, categories = dict(dataset.steps), dict(dataset.categories)
    if labels is not None:
        steps[TARGET], categories[TARGET] = _coded(_flat(labels, dataset))
        columns = (*columns, Column(name=TARGET, kind="category", role="target"))
    found = replace(
        dataset, schema=Schema(layout="nested", columns=columns), steps=steps, categories=categories, source=SOURCE
    )
    return found if schema is None else conform_dataset(found, schema)


def _are_words(sequences: Array | Sequence[Any]) -> bool:
    """Whether the first step of the first sequence is a text."""
    first = sequences[0] if len(sequences) else ()
    return isinstance(first, (list, tuple)) and bool(first) and isinstance(first[0], str)


def _of_words(sequences: Array | Sequence[Any]) -> SequenceDataset:
    for place, sequence in enumerate(sequences):
        if not len(sequence):
            where = f"{SOURCE}, sequence {place}"
            raise DataError(where, expected="at least one word", came="none", fix="leave the sequence out")
    codes, labels = _coded([word for sequence in sequences for word in sequence])
    lengths = [len(sequence) for sequence in sequences]
    return SequenceDataset(
        schema=Schema(layout="nested", columns=(Column(name=WORD, kind="category", role="past"),)),
        offsets=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
        steps={WORD: codes},
        statics={},
        keys=np.arange(len(lengths)).astype(str),
        categories={WORD: labels},
        source=SOURCE,
    )


def _flat(labels: Sequence[Any], dataset: SequenceDataset) -> list[Any]:
    """All labels, one sequence after the other."""
    if len(labels) != len(dataset):
        expected = f"labels of {len(dataset)} sequences"
        raise DataError(f"{SOURCE}, labels", expected=expected, came=str(len(labels)), fix="give one list for each")
    flat: list[Any] = []
    for place, (own, steps) in enumerate(zip(labels, dataset.lengths.tolist(), strict=True)):
        if len(own) != steps:
            where = f"{SOURCE}, labels of sequence {place}"
            raise DataError(where, expected=str(steps), came=str(len(own)), fix="give one label for each step")
        flat += own.tolist() if isinstance(own, np.ndarray) else list(own)
    return flat


def _coded(cells: list[Any]) -> tuple[Array, tuple[str, ...]]:
    """Codes of the cells, and their labels."""
    vocabulary = Vocabulary()
    codes = vocabulary.encode(pl.Series(cells))
    labels, new = vocabulary.sorted()
    coded: Array = new[codes]
    return coded, labels
