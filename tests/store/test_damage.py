"""A stored session that is not what was stored."""

import pytest

from seqloom.errors import DamagedStreamError, SeqloomError
from seqloom.store.checksum import checksum
from seqloom.store.damage import damaged, intact
from tests.store.conftest import a_session

GIVEN = a_session("pump 7", 3, time=5, at=9)
VALUES = [GIVEN.epoch, GIVEN.seq, GIVEN.digest, GIVEN.memory, GIVEN.answers, GIVEN.time, GIVEN.at]


def test_what_matches_its_checksum_is_a_session():
    """Field by field, in order."""
    assert intact("live.db", "pump 7", VALUES, checksum(GIVEN)) == GIVEN


@pytest.mark.parametrize("strange", [None, -1, 2**70, 1.5, "text", b"bytes", "\ud800"])
@pytest.mark.parametrize("place", range(len(VALUES)))
def test_a_value_of_any_type_in_any_place_is_damage(place, strange):
    """Never another error, whatever a flipped bit made of a column."""
    values = [*VALUES[:place], strange, *VALUES[place + 1 :]]
    with pytest.raises(DamagedStreamError):
        intact("live.db", "pump 7", values, checksum(GIVEN))


@pytest.mark.parametrize("stored", [None, b"", 5, checksum(GIVEN)[:-1], checksum(GIVEN).hex()])
def test_a_damaged_checksum_is_damage_too(stored):
    """Which of the two is sound cannot be known."""
    with pytest.raises(DamagedStreamError):
        intact("live.db", "pump 7", VALUES, stored)


def test_the_error_names_the_stream_and_what_to_do():
    """In one line."""
    error = damaged("live.db", "pump 7")
    assert isinstance(error, SeqloomError)
    assert str(error).startswith("live.db, stream 'pump 7': expected what was stored")
    assert "restore a snapshot" in str(error)
