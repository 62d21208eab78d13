import numpy as np
import pytest

from seqloom.cli.generate_images import _as_rows
from seqloom.errors import SettingsError


def test_pixels_become_rows():
    """Twelve pixels are two rows of six where that is the width, and nine are three of three by themselves."""
    assert _as_rows(np.zeros((2, 12, 1), np.uint8), 6).shape == (2, 2, 6)
    assert _as_rows(np.zeros((2, 9, 1), np.uint8), None).shape == (2, 3, 3)


@pytest.mark.parametrize(("width", "came"), [(None, "12 pixels"), (5, "5"), (0, "0")])
def test_other_widths_are_refused(width, came):
    """Rows must be of equal length."""
    with pytest.raises(SettingsError, match=f"--width: expected a divisor of 12 pixels, came {came}"):
        _as_rows(np.zeros((1, 12, 1), np.uint8), width)
