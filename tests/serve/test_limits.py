"""What a server takes."""

import pytest

from seqloom.errors import SettingsError
from seqloom.serve import Limits


@pytest.mark.parametrize("name", ["body", "waiting", "group", "flight", "kept", "idle"])
def test_a_limit_of_nothing_is_refused(name):
    """It is named."""
    with pytest.raises(SettingsError, match=f"^{name}: expected a positive number, came 0"):
        Limits(**{name: 0})


def test_a_body_is_a_mebibyte_at_most():
    """Unless one says otherwise."""
    assert Limits().body == 1024 * 1024


def test_streams_are_kept_for_ever_unless_one_says_otherwise():
    """Neither their number nor their age ends them."""
    assert (Limits().kept, Limits().idle) == (None, None)
    with pytest.raises(SettingsError, match="idle: expected a positive number, came nan"):
        Limits(idle=float("nan"))
