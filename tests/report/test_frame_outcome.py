import numpy as np

from seqloom.report import picture_of


def test_frames_are_the_rows_of_an_image():
    """Frames of several entries are rows already."""
    rows = np.eye(3)
    assert picture_of(rows) is rows


def test_pixels_fill_a_square():
    """Nine pixels are three rows of three; ten have no shape."""
    np.testing.assert_array_equal(picture_of(np.arange(9).reshape(9, 1)), np.arange(9).reshape(3, 3))
    assert picture_of(np.zeros((10, 1))) is None
