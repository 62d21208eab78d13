"""The `.ts` files of the UCR and UEA archives of time-series classification and regression."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from seqloom.errors import DataError
from seqloom.read.arrays import build
from seqloom.read.settings import ReadSettings
from seqloom.read.text import decode, opened
from seqloom.sequence import Array, SequenceDataset

_TRUE = "true"


@dataclass
class _Header:
    """What the lines before the data say.

    Args:
        labels: the class labels; None where there are no classes.
        regression: whether each case ends with a number to be predicted.
    """

    labels: tuple[str, ...] | None = None
    regression: bool = False


@dataclass
class _Cases:
    """What was read so far.

    Args:
        series: the dimensions of each case, [F, T].
        targets: the text of its target; empty where there is none.
    """

    series: list[Array] = field(default_factory=list)
    targets: list[str] = field(default_factory=list)


def read_ts(path: Path, settings: ReadSettings) -> SequenceDataset:
    """Reads a `.ts` file: one case per line, dimensions parted by colons, the class or the value to predict at the end.

    Columns are called `dim_0`, `dim_1`, ...; the target `class` or `target`. `?` and `NaN` are missing values.

    Raises:
        DataError: a line that does not fit the header, or time stamps in the cases, which are not supported.
    """
    header, cases = _Header(), _Cases()
    with opened(path) as file:
        lines = ((number, decode(line, path.name, number).strip()) for number, line in enumerate(file))
        meaningful = ((number, line) for number, line in lines if line and line[0] not in "#%")
        _read_header(meaningful, header, path)
        for number, line in meaningful:
            _read_case(line, f"{path.name}, line {number + 1}", header, cases)
    if not cases.series:
        raise DataError(path.name, expected="cases after @data", came="none", fix="check that the file is whole")
    return _dataset(path, header, cases, settings)


def _read_header(lines: Iterator[tuple[int, str]], header: _Header, path: Path) -> None:
    """Takes lines up to `@data`."""
    for number, line in lines:
        key, *words = line.split()
        match key.lower():
            case "@data":
                return
            case "@timestamps" if words[:1] and words[0].lower() == _TRUE:
                where = f"{path.name}, line {number + 1}"
                fix = "write the values without time stamps, or a long table"
                raise DataError(where, expected="@timeStamps false", came="'true'", fix=fix)
            case "@classlabel" if words[:1] and words[0].lower() == _TRUE:
                header.labels = tuple(words[1:])
            case "@targetlabel" if words[:1] and words[0].lower() == _TRUE:
                header.regression = True
            case _ if not key.startswith("@"):
                where = f"{path.name}, line {number + 1}"
                raise DataError(
                    where, expected="a line of the header", came=repr(line[:40]), fix="add @data before the cases"
                )
            case _:
                pass
    raise DataError(path.name, expected="a line @data", came="none", fix="check that the file is whole")


def _read_case(line: str, where: str, header: _Header, cases: _Cases) -> None:
    parts = [part.strip() for part in line.split(":")]
    target = parts.pop() if header.regression or header.labels is not None else ""
    if header.labels and target not in header.labels and target != "?":
        expected = f"one of the classes {', '.join(header.labels[:12])}"
        raise DataError(where, expected=expected, came=repr(target), fix="correct the line or @classLabel")
    if header.regression and target != "?" and not _is_number(target):
        raise DataError(where, expected="a number to predict", came=repr(target), fix="correct the line")
    dimensions = [_numbers(part, f"{where}, dimension {place}") for place, part in enumerate(parts)]
    wanted = len(cases.series[0]) if cases.series else len(dimensions)
    if not dimensions or len(dimensions) != wanted:
        raise DataError(
            where, expected=f"{max(wanted, 1)} dimensions", came=str(len(dimensions)), fix="correct the line"
        )
    lengths = {len(values) for values in dimensions}
    if len(lengths) > 1:
        came = f"lengths {', '.join(str(len(values)) for values in dimensions)}"
        raise DataError(where, expected="dimensions of one length", came=came, fix="correct the line")
    cases.series.append(np.stack(dimensions))
    cases.targets.append(target)


def _numbers(text: str, where: str) -> Array:
    cells = text.replace("?", "nan").split(",")
    try:
        values = np.array(cells, dtype=np.float64)
    except ValueError:
        place, cell = next((place, cell) for place, cell in enumerate(cells) if not _is_number(cell))
        raise DataError(f"{where}, step {place + 1}", expected="a number", came=repr(cell), fix="correct it") from None
    if np.isinf(values).any():
        step = int(np.argmax(np.isinf(values)))
        raise DataError(f"{where}, step {step + 1}", expected="a finite number", came=cells[step], fix="correct it")
    return values


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def _dataset(path: Path, header: _Header, cases: _Cases, settings: ReadSettings) -> SequenceDataset:
    offsets = np.concatenate([[0], np.cumsum([values.shape[1] for values in cases.series])]).astype(np.int64)
    matrix = np.concatenate(cases.series, axis=1)  # [F, N]
    steps = {f"dim_{place}": values for place, values in enumerate(matrix)}
    statics: dict[str, Array] = {}
    categories: dict[str, tuple[str, ...]] = {}
    if header.regression:
        statics["target"] = np.array([float(text.replace("?", "nan")) for text in cases.targets])
    elif header.labels is not None:
        categories["class"] = header.labels or tuple(sorted({*cases.targets} - {"?"}))
        codes = {label: code for code, label in enumerate(categories["class"])}
        statics["class"] = np.array([codes.get(text, -1) for text in cases.targets], dtype=np.int32)
    return build(path.name, offsets, steps, statics, categories, settings)
