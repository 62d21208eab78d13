import numpy as np
import pytest

from seqloom.errors import DataError
from seqloom.read import ReadSettings, read

IMAGES = np.arange(24, dtype=np.uint8).reshape(2, 4, 3)
EVERYTHING = ReadSettings(target="*")


@pytest.fixture
def save(tmp_path):
    """Saves an array and returns its path."""

    def saved(array, **how):
        np.save(tmp_path / "a.npy", array, **how)
        return tmp_path / "a.npy"

    return saved


def test_images_are_read_row_by_row(save):
    """A step is a row; with `*` every column is a target."""
    dataset = read(save(IMAGES), settings=EVERYTHING)
    assert (dataset.lengths.tolist(), dataset.schema.targets) == ([4, 4], ("x0", "x1", "x2"))
    assert dataset.steps["x1"].tolist() == IMAGES[:, :, 1].reshape(-1).tolist()


def test_images_are_read_pixel_by_pixel(save):
    """A step is a pixel, row by row from the upper left."""
    dataset = read(save(IMAGES), settings=ReadSettings(target="*", pixels=True))
    assert dataset.lengths.tolist() == [12, 12]
    assert dataset.steps["x0"].tolist() == IMAGES.reshape(-1).tolist()


def test_truth_values_are_numbers(save):
    """Images of black and white may be booleans."""
    assert read(save(IMAGES > 11), settings=EVERYTHING).steps["x0"].dtype == np.uint8


@pytest.mark.parametrize(
    ("array", "message"),
    [
        (IMAGES[0], r"expected numbers \[images, height, width\], came uint8 of shape \(4, 3\)"),
        (IMAGES[:0], r"expected at least one image, came shape \(0, 4, 3\)"),
        (np.where(IMAGES == 5, np.nan, IMAGES), "a.npy, image 1: expected finite numbers, came NaN or infinity"),
        (np.full((1, 2, 2), "a"), "expected numbers"),
    ],
)
def test_other_arrays_are_refused(save, array, message):
    """One line says what came."""
    with pytest.raises(DataError, match=message):
        read(save(array), settings=EVERYTHING)


def test_pickled_objects_are_refused(save):
    """Nothing is executed that a file holds."""
    with pytest.raises(DataError, match=r"expected an array of numbers \(\.npy\), came Object arrays"):
        read(save(np.array([{}], dtype=object), allow_pickle=True), settings=EVERYTHING)


def test_a_cut_file_is_refused(save):
    """A file that ends too early is named."""
    path = save(IMAGES)
    path.write_bytes(path.read_bytes()[:-3])
    with pytest.raises(DataError, match=r"a\.npy: expected an array of numbers"):
        read(path, settings=EVERYTHING)
