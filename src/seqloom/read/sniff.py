"""The dialect of a text table: delimiter, header, decimal sign."""

import csv
import re
from dataclasses import dataclass
from itertools import pairwise

from seqloom.errors import DataError, SchemaError

_DELIMITERS = "\t;|,"
_NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?")
_DECIMAL_COMMA = re.compile(r"[-+]?\d+,\d+")
_DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}([-/.]\d{1,4})?([ T]\d{1,2}:\d{2}.*)?")
MISSING = ("", "NA", "N/A", "n/a", "NaN", "nan", "NULL", "null", "None", "?")
"""Cells that stand for a missing value."""


@dataclass(frozen=True)
class Dialect:
    """How a text table is written.

    Args:
        delimiter: the character between fields; a space stands for any run of blanks.
        header: whether the first line names the columns.
        columns: the names, from the header or made up as c0, c1, ...
        decimal_comma: whether numbers are written as 1,5.
    """

    delimiter: str
    header: bool
    columns: tuple[str, ...]
    decimal_comma: bool = False


def sniff(lines: list[str], source: str, delimiter: str | None = None) -> Dialect:
    """The dialect of a table whose first lines are given.

    Args:
        lines: the first lines that are not blank, without line ends.
        source: name of the source, for messages.
        delimiter: the delimiter, where it is known.

    Raises:
        DataError: there is no line.
        SchemaError: two columns have one name.
    """
    if not lines:
        raise DataError(source, expected="a table", came="an empty file", fix="check that the file is the right one")
    delimiter = delimiter or find_delimiter(lines)
    rows = [fields(line, delimiter) for line in lines]
    header = is_header(rows[0])
    names = tuple(name.strip() for name in rows[0]) if header else tuple(f"c{place}" for place in range(len(rows[0])))
    double = next((name for place, name in enumerate(names) if name in names[:place]), None)
    if double is not None:
        raise SchemaError(
            source, expected="names that differ", came=f"two columns '{double}'", fix="rename one of them"
        )
    comma = delimiter != "," and _writes_decimal_commas(rows[1:] if header else rows)
    return Dialect(delimiter, header, names, decimal_comma=comma)


def fields(line: str, delimiter: str) -> list[str]:
    """The fields of one line."""
    if delimiter == " ":
        return next(csv.reader([" ".join(line.split())], delimiter=" "), [])
    return next(csv.reader([line], delimiter=delimiter), [])


def find_delimiter(lines: list[str]) -> str:
    """The character that cuts most lines into as many fields as the first; a comma where none does.

    A blank counts only where no other character cuts the first line.
    """
    best, best_score = "", (0, 0)
    for delimiter in _DELIMITERS:
        counts = [len(fields(line, delimiter)) for line in lines]
        score = (counts.count(counts[0]), counts[0]) if counts[0] > 1 else (0, 0)
        if score > best_score:
            best, best_score = delimiter, score
    return best or (" " if all(len(line.split()) > 1 for line in lines) and not _is_dated(lines[-1]) else ",")


def _is_dated(line: str) -> bool:
    return _DATE.fullmatch(line.strip().strip('"')) is not None


def is_header(first: list[str]) -> bool:
    """Whether the first line names the columns: no field is a number or a date, unless they count the steps."""
    cells = [cell.strip() for cell in first if cell.strip()]
    values = [cell for cell in cells if _NUMBER.fullmatch(cell) or _DATE.fullmatch(cell)]
    if not values:
        return bool(cells)
    return len(values) > 2 and _count_up(values)  # noqa: PLR2004 - two numbers in a row may be chance


def _count_up(values: list[str]) -> bool:
    if all(value.isdigit() for value in values):
        return all(int(after) == int(before) + 1 for before, after in pairwise(values))
    return all(_DATE.fullmatch(value) and not _NUMBER.fullmatch(value) for value in values) and values == sorted(
        {*values}
    )


def _writes_decimal_commas(rows: list[list[str]]) -> bool:
    cells = [cell.strip() for row in rows for cell in row]
    with_comma = sum(_DECIMAL_COMMA.fullmatch(cell) is not None for cell in cells)
    with_point = sum("." in cell and _NUMBER.fullmatch(cell) is not None for cell in cells)
    return with_comma > 0 and with_point == 0
