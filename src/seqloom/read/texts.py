"""Which columns hold texts: cells of several words, most of them different."""

import polars as pl

from seqloom.read.settings import ReadSettings
from seqloom.read.table import Table

WORDS = 3
"""Words that the cells of a column of texts have on average, at least; labels and names have fewer."""


def holds_texts(table: Table, name: str, settings: ReadSettings) -> bool:
    """Whether a column is to be read as texts: where named so, or where most cells differ and have several words."""
    if name in settings.text:
        return True
    sample = table.sample(name)
    if name in settings.named or sample.dtype != pl.String or not len(sample):
        return False
    words = sample.str.count_matches(r"\S+").mean()
    return 2 * sample.n_unique() > len(sample) and isinstance(words, float) and words >= WORDS


def text_columns(table: Table, settings: ReadSettings) -> list[str]:
    """The columns of texts among those that are used."""
    return [name for name in table.types if name not in settings.ignore and holds_texts(table, name, settings)]
