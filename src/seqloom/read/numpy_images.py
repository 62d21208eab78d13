"""NumPy files (.npy): images [B, height, width], as sequences of their rows or pixels."""

from pathlib import Path

import numpy as np

from seqloom.errors import DataError
from seqloom.read.idx import images_dataset
from seqloom.read.settings import ReadSettings
from seqloom.sequence import SequenceDataset

_NUMBERS = "biuf"
_AXES = 3


def read_numpy_images(path: Path, settings: ReadSettings) -> SequenceDataset:
    """Reads images as sequences, as `read_idx` does; files that hold pickled objects are refused.

    Raises:
        DataError: the file is no array of numbers with three axes, or is cut off.
    """
    try:
        images = np.load(path, allow_pickle=False)
    except (ValueError, EOFError, OSError) as error:
        came = " ".join(str(error).split()) or "the end of the file"
        raise DataError(path.name, expected="an array of numbers (.npy)", came=came, fix="write it again") from error
    if not isinstance(images, np.ndarray) or images.dtype.kind not in _NUMBERS or images.ndim != _AXES:
        came = f"{images.dtype} of shape {images.shape}" if isinstance(images, np.ndarray) else "an archive"
        fix = "save images as one array with np.save"
        raise DataError(path.name, expected="numbers [images, height, width]", came=came, fix=fix)
    images = images.astype(np.uint8) if images.dtype.kind == "b" else images
    if images.dtype != np.uint8:
        images = images.astype(np.float32)
    if images.dtype.kind == "f" and not np.isfinite(images).all():
        image = int(np.argmin(np.isfinite(images).all(axis=(1, 2))))
        where = f"{path.name}, image {image + 1}"
        raise DataError(where, expected="finite numbers", came="NaN or infinity", fix="correct it")
    return images_dataset(path.name, images, {}, {}, settings)
