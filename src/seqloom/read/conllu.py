"""CoNLL-U files: sentences of annotated words, one word per line."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from seqloom.errors import DataError
from seqloom.read.cells import sort_labels
from seqloom.read.plan import no_such_column
from seqloom.read.settings import ReadSettings
from seqloom.read.text import decode, opened
from seqloom.sequence import Array, Column, Schema, SequenceDataset

FIELDS = 10
"""Fields of a line, parted by tabs."""
FORM = "form"
COLUMNS = {FORM: 1, "lemma": 2, "upos": 3, "xpos": 4, "feats": 5, "deprel": 7}
"""The columns that hold a label for each word, and their place in a line; the others say where words belong to."""
GROUP = "sentence"
EMPTY = "_"
"""What stands where there is nothing, except in the form of a word, which may be this very character."""


@dataclass(frozen=True)
class _Sentence:
    """The lines between two blank ones.

    Args:
        name: its `sent_id`; None where it has none.
        lines: the number, from 0, and the text of each line that is no comment.
    """

    name: str | None
    lines: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class _Words:
    """The words of a sentence.

    Args:
        name: its `sent_id`; None where it has none.
        rows: line number of each, from 0.
        fields: all fields of each.
        others: lines of multiword tokens and empty nodes, which are no words.
    """

    name: str | None
    rows: list[int]
    fields: list[list[str]]
    others: int


def read_conllu(path: Path, settings: ReadSettings) -> SequenceDataset:
    """Reads a CoNLL-U file: each sentence is a sequence, each word a step, each annotation a category column.

    Columns are called `form`, `lemma`, `upos`, `xpos`, `feats` and `deprel`. Where a target is named, only it and the
    form are used, and the columns `settings.categories` names: other annotations would give the target away. Lines of
    multiword tokens (`3-4`) and of empty nodes (`5.1`) are no words and left out.

    Source: https://universaldependencies.org/format.html

    Args:
        path: the file, packed by gzip or not.
        settings: the target, further inputs, columns to ignore; with `on_error` `skip` broken sentences are left out.

    Raises:
        DataError: a broken line, named by its number.
        SchemaError: the settings name a column that is not there.
    """
    found: list[_Words] = []
    broken: list[str] = []
    for sentence in _sentences(path):
        try:
            found.append(_words(sentence, path.name))
        except DataError as error:
            if settings.on_error != "skip":
                raise
            broken.append(str(error))
    if not found:
        raise DataError(path.name, expected="sentences", came="none", fix="check that the file is the right one")
    return _dataset(path.name, found, broken, settings)


def _sentences(path: Path) -> Iterator[_Sentence]:
    """The sentences of a file; the last one ends with a blank line too, or else it may have been cut short."""
    name: str | None = None
    lines: list[tuple[int, str]] = []
    with opened(path) as file:
        for number, raw in enumerate(file):
            line = decode(raw, path.name, number).rstrip("\r\n")
            if line.startswith("#") and not lines:
                key, _, value = line[1:].partition("=")
                name = value.strip() if key.strip() == "sent_id" else name
            elif line.strip():
                lines.append((number, line))
            elif lines:
                yield _Sentence(name, tuple(lines))
                name, lines = None, []
    if lines:
        where, fix = f"{path.name}, line {lines[-1][0] + 1}", "fetch the file again, or end it with a blank line"
        raise DataError(where, expected="a blank line after the last sentence", came="the end of the file", fix=fix)


def _words(sentence: _Sentence, source: str) -> _Words:
    """The words of a sentence, its lines checked."""
    words = _Words(sentence.name, [], [], 0)
    others = 0
    for number, line in sentence.lines:
        where, fields = f"{source}, line {number + 1}", line.split("\t")
        if len(fields) != FIELDS:
            fix = "correct the line: fields are parted by tabs"
            raise DataError(where, expected=f"{FIELDS} fields", came=str(len(fields)), fix=fix)
        if _is_other(fields[0]):
            others += 1
            continue
        wanted = str(len(words.rows) + 1)
        if fields[0] != wanted:
            fix = "put a blank line between sentences" if fields[0] == "1" else "number the words of a sentence from 1"
            raise DataError(where, expected=f"the id {wanted}", came=repr(fields[0]), fix=fix)
        if "" in fields:
            fix = f"write {EMPTY} where there is nothing"
            raise DataError(where, expected=f"{FIELDS} fields that are not empty", came="an empty one", fix=fix)
        words.rows.append(number)
        words.fields.append(fields)
    if not words.rows:
        where, fix = f"{source}, line {sentence.lines[0][0] + 1}", "leave the sentence out"
        raise DataError(where, expected="a sentence with words", came="none", fix=fix)
    return _Words(words.name, words.rows, words.fields, others)


def _is_other(number: str) -> bool:
    """Whether an id is that of a multiword token, `3-4`, or of an empty node, `5.1`."""
    first, mark, last = number.partition("-") if "-" in number else number.partition(".")
    return bool(mark) and first.isdecimal() and last.isdecimal()


def _dataset(source: str, found: list[_Words], broken: list[str], settings: ReadSettings) -> SequenceDataset:
    for name in settings.named:
        if name not in COLUMNS:
            raise no_such_column(source, name, COLUMNS)
    asked = {FORM, *settings.named} if settings.target else {*COLUMNS}
    used = [name for name in COLUMNS if name in asked and name not in settings.ignore]
    fields = [line for words in found for line in words.fields]
    columns = {name: _coded([line[COLUMNS[name]] for line in fields], name) for name in used}
    ignored = tuple(name for name in COLUMNS if name not in used)
    keys, key_notes = _keys([words.name for words in found])
    return SequenceDataset(
        schema=Schema(
            columns=tuple(
                Column(name=name, kind="category", role="target" if name in settings.target else "past")
                for name in used
            ),
            group=GROUP,
            ignored=ignored,
        ),
        offsets=np.concatenate([[0], np.cumsum([len(words.rows) for words in found])]).astype(np.int64),
        steps={name: codes for name, (codes, _) in columns.items()},
        statics={},
        keys=keys,
        categories={name: labels for name, (_, labels) in columns.items()},
        source=source,
        rows=np.array([row for words in found for row in words.rows], dtype=np.int64),
        notes=(*_notes(found, broken), *key_notes, *_role_notes(ignored, settings)),
    )


def _coded(cells: list[str], name: str) -> tuple[Array, tuple[str, ...]]:
    """Codes of the cells, and their labels; -1 where there is nothing."""
    labels = sort_labels(tuple({*cells} - (set() if name == FORM else {EMPTY})))
    places = {label: code for code, label in enumerate(labels)}
    return np.array([places.get(cell, -1) for cell in cells], dtype=np.int32), labels


def _keys(names: list[str | None]) -> tuple[Array, list[str]]:
    """The name of each sentence: its own, or else its number, from 1; of all where one has none or two are alike."""
    given = [name for name in names if name is not None]
    if given and len(set(given)) == len(names):
        return np.array(given), []
    notes = ["sentences are called by their number: not each has a sent_id of its own"] if given else []
    return np.arange(1, len(names) + 1).astype(str), notes


def _notes(found: list[_Words], broken: list[str]) -> Iterator[str]:
    others = sum(words.others for words in found)
    if others:
        yield f"{others} lines of multiword tokens and empty nodes are no words and left out"
    if broken:
        yield f"broken sentences skipped: {len(broken)}; the first: {broken[0]}"


def _role_notes(ignored: tuple[str, ...], settings: ReadSettings) -> Iterator[str]:
    hidden = [name for name in ignored if name not in settings.ignore]
    if hidden:
        names = ", ".join(f"'{name}'" for name in hidden)
        yield f"not used, since they would give the target away: {names}; --categories NAME reads one as input"
