"""A CoNLL-U file written again, with a column filled."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from seqloom.errors import SchemaError
from seqloom.read.conllu import COLUMNS
from seqloom.read.plan import no_such_column
from seqloom.read.text import decode, opened
from seqloom.sequence import Array, SequenceDataset


def annotated(path: Path, dataset: SequenceDataset, column: str, labels: Array) -> Iterator[str]:
    """The lines of a CoNLL-U file, those of words with another annotation; all else is as it was.

    Args:
        path: the file.
        dataset: what was read from it.
        column: `upos` or another column of labels.
        labels: the annotation of each word, [steps].

    Raises:
        SchemaError: there is no such column, or the data set was not read from such a file.
    """
    if column not in COLUMNS:
        raise no_such_column(path.name, column, COLUMNS)
    if dataset.rows is None or len(dataset.rows) != len(labels):
        fix = "name the file the words were read from"
        raise SchemaError(path.name, expected="words and as many labels", came="another number", fix=fix)
    found: Mapping[int, str] = dict(zip(dataset.rows.tolist(), map(str, labels.tolist()), strict=True))
    with opened(path) as file:
        for number, raw in enumerate(file):
            line = decode(raw, path.name, number)
            if number in found:
                fields = line.split("\t")
                fields[COLUMNS[column]] = found[number]
                line = "\t".join(fields)
            yield line
