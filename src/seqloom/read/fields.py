"""Lines of fields whose last one is a text, and may hold the delimiter itself."""

from collections.abc import Sequence
from pathlib import Path

from seqloom.errors import DataError
from seqloom.read.text import decode, opened


def read_fields(path: Path, names: Sequence[str], *, delimiter: str = "\t") -> dict[str, list[str]]:
    """The columns of a file without a header, each line parted at the first delimiters alone.

    Args:
        path: the file, packed by gzip or not.
        names: of the fields of a line, in order.
        delimiter: what parts them.

    Raises:
        DataError: bytes that are no UTF-8, a damaged file, or a line with fewer fields; the message names the line.
    """
    rows = []
    with opened(path) as file:
        for number, line in enumerate(file):
            fields = decode(line, path.name, number).rstrip("\r\n").split(delimiter, len(names) - 1)
            if len(fields) < len(names):
                where, fix = f"{path.name}, line {number + 1}", "fetch the file again"
                expected = f"{len(names)} fields: {', '.join(names)}"
                raise DataError(where, expected=expected, came=f"{len(fields)}", fix=fix)
            rows.append(fields)
    if not rows:
        raise DataError(path.name, expected="lines of fields", came="nothing", fix="fetch the file again")
    return {name: [row[place] for row in rows] for place, name in enumerate(names)}
