"""What every store can hold: names and numbers."""

import pytest

from seqloom.errors import InputError
from seqloom.store.limits import LARGEST, check_after, check_count, check_moment, check_name


@pytest.mark.parametrize("name", ["a", " ", "é" * 512, "🚰", "\x7f"])
def test_a_name_is_1_to_1024_bytes(name):
    """Counted in UTF-8, whatever they are."""
    check_name(name)
    check_after(name)


@pytest.mark.parametrize("name", ["", "é" * 512 + "a", "a\0", "\udc80"])
def test_other_names_are_refused(name):
    """The message shows them in plain letters, however long."""
    with pytest.raises(InputError, match="1 to 1024 bytes of UTF-8 without NUL") as refused:
        check_name(name)
    assert str(refused.value).isascii()
    assert len(str(refused.value)) < 400


def test_the_empty_name_comes_before_all():
    """To begin after nothing is to begin at the beginning."""
    check_after("")


def test_numbers_have_63_bits():
    """From 0 on; any number of them, also none."""
    check_count()
    check_count(0, LARGEST)
    for number in (-1, LARGEST + 1):
        with pytest.raises(InputError, match="epochs and numbers of readings"):
            check_count(1, number, 2)


def test_times_have_64_bits():
    """With a sign, as there was a time before 1970."""
    check_moment()
    check_moment(-LARGEST - 1, LARGEST)
    for moment in (-LARGEST - 2, LARGEST + 1):
        with pytest.raises(InputError, match="times"):
            check_moment(0, moment)
