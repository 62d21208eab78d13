"""Words read by their letters: affixes and shape, which tell much about words nobody has met."""

import re
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from seqloom.prepare.settings import PrepareSettings
from seqloom.sequence import Column, SequenceDataset

AFFIXES = (1, 2, 3, 4)
"""Letters of the beginnings and endings that are looked at."""
BORDER = "^"
"""Stands before and after a word, so that all of a short word is no ending of a longer one."""
LONGEST_RUN = 2
"""Letters of one kind in a row that a shape shows: `I` is X, `US` and `USA` are XX."""
FEW = 10
"""Different labels up to which a category is none of words."""
_RUNS = re.compile(rf"(.)\1{{{LONGEST_RUN},}}")
FEATURES = ("lower", "shape", *(f"prefix{size}" for size in AFFIXES), *(f"suffix{size}" for size in AFFIXES))
"""What is looked at, in the order of `spell`."""


def spell(word: str) -> Iterator[str]:
    """The word in small letters with digits as 0, its shape, then beginnings and endings of one to four letters.

    The idea of features like these is old: Ratnaparkhi, "A maximum entropy model for part-of-speech tagging", 1996.

    Example:
        >>> print(*spell("McDonald"))
        mcdonald XxXxx m mc mcd mcdo d ld ald nald
        >>> print(*spell("1980s"))
        0000s ddx 0 00 000 0000 s 0s 00s 000s
        >>> print(*spell("I"))
        i X i i^ i^ i^ i ^i ^i ^i
    """
    lower = re.sub(r"\d", "0", word.lower())
    yield lower
    yield _RUNS.sub(lambda run: run[1] * LONGEST_RUN, "".join(map(_kind, word)))
    for size in AFFIXES:
        yield (lower + BORDER)[:size]
    for size in AFFIXES:
        yield (BORDER + lower)[-size:]


def name_of(column: str, feature: str) -> str:
    """The name of the column that holds a feature of a column of words."""
    return f"{column}:{feature}"


def columns_of_words(dataset: SequenceDataset, rows: NDArray[np.int64], settings: PrepareSettings) -> tuple[str, ...]:
    """The columns that are read by their letters: the categories of the steps with many different labels.

    Args:
        dataset: all rows.
        rows: of the training part.
        settings: whether there are any; only labels that become learned vectors are words.
    """
    if not settings.spelling or settings.encoding != "embedding":
        return ()
    columns = [column for column in dataset.schema.columns if column.kind == "category" and column.role == "past"]
    return tuple(
        column.name
        for column in columns
        if column.name in dataset.steps and len(np.unique(dataset.steps[column.name][rows])) > FEW
    )


def open_columns(words: tuple[str, ...]) -> frozenset[str]:
    """The columns whose vocabularies are open: those of words, and what is read off them."""
    return frozenset([*words, *(name_of(word, feature) for word in words for feature in FEATURES)])


def telling(words: tuple[str, ...]) -> frozenset[str]:
    """The columns that tell words apart: those of words, and of words in small letters."""
    return frozenset([*words, *(name_of(word, FEATURES[0]) for word in words)])


def spelled(dataset: SequenceDataset, names: tuple[str, ...]) -> SequenceDataset:
    """The data set with further category columns: the features of the words in some columns.

    Each different word is looked at once. A missing word has no features.

    Args:
        dataset: where they are; a column that is not there has no features.
        names: columns of words.
    """
    if not names:
        return dataset
    steps, categories, more = dict(dataset.steps), dict(dataset.categories), list[Column]()
    for name in names:
        if name not in steps or name not in categories:
            continue
        read = [tuple(spell(word)) for word in categories[name]]
        for place, feature in enumerate(FEATURES):
            labels, codes = np.unique([own[place] for own in read] or [""], return_inverse=True)
            column = name_of(name, feature)
            steps[column] = np.append(codes, -1).astype(np.int32)[steps[name]]
            categories[column] = tuple(labels.tolist())
            more.append(Column(name=column, kind="category", role="past"))
    schema = dataset.schema.model_copy(update={"columns": (*dataset.schema.columns, *more)})
    return replace(dataset, schema=schema, steps=steps, categories=categories)


def _kind(letter: str) -> str:
    """X for a capital, x for another letter, d for a digit, and every other mark as it is."""
    if letter.isalpha():
        return "X" if letter.isupper() else "x"
    return "d" if letter.isdigit() else letter
