"""IDX files, the format of MNIST: images as sequences of their rows."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from seqloom.errors import DataError
from seqloom.read.arrays import build
from seqloom.read.settings import EVERY, ReadSettings
from seqloom.read.text import read_bytes
from seqloom.sequence import Array, SequenceDataset

_TYPES = {0x08: ">u1", 0x09: ">i1", 0x0B: ">i2", 0x0C: ">i4", 0x0D: ">f4", 0x0E: ">f8"}
_LABEL = "label"


def read_idx(path: Path, settings: ReadSettings) -> SequenceDataset:
    """Reads images as sequences: a step is a row of the image, a feature a column, `x0`, `x1`, ...

    With `settings.pixels` a step is a pixel, row by row, and the only feature is `x0`. Bytes stay bytes, a quarter of
    what floats would take. Labels come from the file `settings.labels` names, or from the one beside the images whose
    name says `labels` and `idx1` where theirs says `images` and `idx3`.

    Raises:
        DataError: the file is not IDX, is cut off, holds no images, or has not one label per image.
    """
    images = read_idx_array(path)
    if images.ndim != 3:  # noqa: PLR2004 - images, rows, columns
        fix = "name the file of the images, and the labels with --labels"
        raise DataError(path.name, expected="images (3 axes)", came=f"{images.ndim} axes", fix=fix)
    labels = None if settings.target == EVERY else _find_labels(path, settings)
    statics, categories = ({}, {}) if labels is None else _labels(labels, path, len(images))
    return images_dataset(path.name, images, statics, categories, settings)


def images_dataset(
    source: str,
    images: Array,
    statics: Mapping[str, Array],
    categories: Mapping[str, tuple[str, ...]],
    settings: ReadSettings,
) -> SequenceDataset:
    """Images [B, height, width] as sequences of rows or of pixels.

    Raises:
        DataError: there is no image, or none has a pixel.
    """
    if not images.size:
        fix = "check the file"
        raise DataError(source, expected="at least one image", came=f"shape {images.shape}", fix=fix)
    count, height, width = images.shape
    if settings.pixels:
        height, width = height * width, 1
    columns = np.ascontiguousarray(images.reshape(-1, width).T)  # [F, N]
    offsets = np.arange(count + 1, dtype=np.int64) * height
    steps = {f"x{place}": values for place, values in enumerate(columns)}
    return build(source, offsets, steps, statics, categories, settings)


def read_idx_array(path: Path) -> Array:
    """The array in an IDX file, in the machine's byte order.

    Raises:
        DataError: the file is not IDX, or not as long as its header says.
    """
    data = read_bytes(path)
    if len(data) < 4 or data[:2] != b"\0\0" or data[2] not in _TYPES:  # noqa: PLR2004 - the magic number
        raise DataError(path.name, expected="an IDX file", came=f"the bytes {data[:4].hex()}", fix="check the file")
    begin = 4 + 4 * data[3]
    if len(data) < begin:
        raise DataError(path.name, expected=f"{data[3]} axes", came="the end of the file", fix="fetch the file again")
    shape = tuple(int(size) for size in np.frombuffer(data[4:begin], ">u4"))
    dtype = np.dtype(_TYPES[data[2]])
    expected = int(np.prod(shape, dtype=object)) * dtype.itemsize
    if len(data) - begin != expected:
        came = f"{len(data) - begin} bytes for the shape {shape}"
        raise DataError(path.name, expected=f"{expected} bytes of values", came=came, fix="fetch the file again")
    values = np.frombuffer(data, dtype, offset=begin).reshape(shape)
    return values.astype(dtype.newbyteorder("="), copy=False)


def _find_labels(path: Path, settings: ReadSettings) -> Path | None:
    if settings.labels is not None:
        return Path(settings.labels)
    name = path.name.replace("images", "labels").replace("idx3", "idx1")
    plain = name.removesuffix(".gz")
    beside = [path.with_name(other) for other in (name, plain, plain + ".gz") if other != path.name]
    return next((other for other in beside if other.is_file()), None)


def _labels(file: Path, images: Path, count: int) -> tuple[dict[str, Array], dict[str, tuple[str, ...]]]:
    if not file.is_file():
        raise DataError(str(file), expected="the file of the labels", came="nothing", fix="correct --labels")
    values = read_idx_array(file)
    if values.shape != (count,):
        came = f"shape {values.shape}"
        raise DataError(
            file.name, expected=f"{count} labels, one per image of {images.name}", came=came, fix="check the files"
        )
    found, codes = np.unique(values, return_inverse=True)
    return {_LABEL: codes.astype(np.int32)}, {_LABEL: tuple(str(label) for label in found.tolist())}
