"""What a server takes."""

import pytest

from seqloom.errors import SettingsError
from seqloom.serve import Limits


@pytest.mark.parametrize("name", ["body", "waiting", "group", "flight"])
def test_a_limit_of_nothing_is_refused(name):
    """It is named."""
    with pytest.raises(SettingsError, match=f"^{name}: expected a positive number, came 0"):
        Limits(**{name: 0})


def test_a_body_is_a_mebibyte_at_most():
    """Unless one says otherwise."""
    assert Limits().body == 1024 * 1024
