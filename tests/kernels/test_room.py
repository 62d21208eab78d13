"""Memory that is used again: by one at a time."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from seqloom.kernels.room import PIECES, SMALL, Room, kept

LARGE = (SMALL, 2)
"""A shape that is worth keeping, in either precision."""


def address(array):
    """Where an array begins."""
    return array.__array_interface__["data"][0]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("shape", [(0, 16), (1, 1), (3, 5), (SMALL // 4, 1), LARGE, (333, 777)])
def test_arrays_are_of_the_shape_and_type_asked_for(shape, dtype):
    """Small or large, an array can be written from end to end."""
    array = Room().take(shape, dtype)
    array[...] = 3
    assert (array.shape, array.dtype, array.flags.c_contiguous) == (shape, dtype, True)
    assert (array == 3).all()


def test_large_memory_given_back_is_handed_out_again():
    """The next array of the same size lies where the last one lay."""
    room = Room()
    array = room.take(LARGE, np.float32)
    place = address(array)
    room.give(array)
    assert address(room.take(LARGE, np.float32)) == place


def test_arrays_of_similar_size_share_their_memory():
    """A batch of a few rows less lies in the memory of the one before, in the other precision too."""
    room = Room()
    array = room.take(LARGE, np.float32)
    place = address(array)
    room.give(array)
    assert address(room.take((SMALL // 2 - 7, 2), np.float64)) == place


def test_memory_in_use_is_not_handed_out():
    """Arrays taken one after the other never overlap, whatever was given back between them."""
    room = Room()
    held = [room.take(LARGE, np.float32) for _ in range(3)]
    room.give(held.pop())
    held += [room.take(LARGE, np.float32) for _ in range(3)]
    for place, array in enumerate(held):
        array[...] = place
    assert [array.flat[0] for array in held] == list(range(5))
    assert all((array == array.flat[0]).all() for array in held)


def test_a_view_gives_back_the_whole():
    """What is given back is all the memory that was handed out, even if a part of it is shown."""
    room = Room()
    array = room.take(LARGE, np.float32)
    place = address(array)
    room.give(array[3:, :1])
    assert address(room.take(LARGE, np.float32)) == place


def test_memory_of_others_is_not_taken():
    """An array that never was the room's is not handed out by it."""
    room, array = Room(), np.zeros(LARGE, np.float32)
    room.give(array)
    room.take(LARGE, np.float32)[...] = 1
    assert not array.any()


def test_small_memory_is_not_kept():
    """Small arrays come fresh from NumPy."""
    room = Room()
    room.give(room.take((3, 5), np.float32))
    assert not room._free


def test_only_so_many_pieces_are_kept():
    """When more are given back the oldest are given up."""
    room = Room()
    for array in [room.take((SMALL, 1), np.float32) for _ in range(PIECES + 4)]:
        room.give(array)
    assert len(room._free) == PIECES


def test_threads_never_share_a_piece():
    """Of many threads that take, write, read and give back, each finds what it wrote."""
    room = Room()

    def use(number):
        for _ in range(50):
            array = room.take((SMALL, 1), np.float32)
            array[...] = number
            if not (array == number).all():
                return False
            room.give(array)
        return True

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(use, range(4)))


def test_what_is_kept_begins_with_what_there_is(numbers):
    """A copy, with room for as many rows below it as are asked for."""
    memory = numbers.standard_normal((3, 4))
    whole = kept(memory, 5)
    assert whole.shape == (8, 4)
    whole[:3] *= 2
    np.testing.assert_array_equal(whole[:3], 2 * memory)


def test_nothing_is_kept_where_there_is_no_way_back(numbers):
    """Then there are no rows, and no copy."""
    assert kept(numbers.standard_normal((3, 4)), 0).shape == (0, 4)
