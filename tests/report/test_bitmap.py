import io

import numpy as np
from matplotlib.image import imread

from seqloom.report import png_of, roll_figure, sheet_png


def test_a_sheet_is_black_on_white_pixel_by_pixel():
    """Every pixel of an image is a square of four by four points."""
    images = np.zeros((1, 2, 3), dtype=np.uint8)
    images[0, 0, 1] = 1
    sheet = imread(io.BytesIO(sheet_png(images)))
    assert sheet.shape[:2] == (4 * 6, 4 * 7)
    np.testing.assert_array_equal(sheet[8:12, 12:16, :3], 0)
    assert (sheet[..., 0] == 0).sum() == 16


def test_the_same_figure_gives_the_same_bytes():
    """Nothing of the moment is written into a picture."""
    figure = roll_figure([("a", "truth", np.eye(4, 88))])
    assert png_of(figure) == png_of(figure)
    assert png_of(figure).startswith(b"\x89PNG")
