import pytest

from seqloom.errors import EpochError, GapError
from seqloom.live import Call, Reading
from seqloom.live.call import repeated


def of(count, seq=None, epoch=None):
    """A call of so many readings."""
    return Call("a", [Reading({})] * count, seq, epoch)


def test_readings_without_a_number_are_the_next_ones():
    """None of them came before."""
    assert repeated(of(3), epoch=2, seq=7) == 0


def test_a_gap_names_the_reading_that_is_expected():
    """In its message and as a number."""
    with pytest.raises(GapError, match="stream 'a': expected reading 5, came 6; send the readings from 5 on") as found:
        repeated(of(1, seq=6), epoch=0, seq=5)
    assert found.value.number == 5


@pytest.mark.parametrize(
    ("asked", "fix"), [(1, "begin again with reading 0"), (3, "send the stream from its beginning")]
)
def test_another_epoch_is_refused(asked, fix):
    """An earlier one was reset meanwhile; a later one is not known."""
    with pytest.raises(EpochError, match=f"expected epoch 2, came {asked}; {fix}") as found:
        repeated(of(1, seq=0, epoch=asked), epoch=2, seq=0)
    assert found.value.number == 2


@pytest.mark.parametrize(
    ("call", "begins"),
    [
        (Call("a", []), "a"),
        (Call("a", [], seq=0, epoch=0), "a"),
        (Call("a", [], seq=3), None),
        (Call("a", [], epoch=1), None),
        (Call("a", [], epoch=1, begin=True), "a"),
    ],
)
def test_only_a_first_reading_begins_a_stream(call, begins):
    """One with a later number or epoch is refused where there is no such stream."""
    assert call.begins == begins
