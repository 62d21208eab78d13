"""Memory that is used again: by one at a time."""

import gc
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
import torch

from seqloom.kernels.room import PIECES, SMALL, Room, kept

LARGE = (SMALL, 2)
"""A shape that is worth keeping, in either precision."""

PROGRAM = """
import resource, torch
import seqloom.kernels

def fill():
    for _ in range(10):
        torch.ones(4 << 20)

fill()
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
fill()
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


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


def test_memory_nobody_holds_any_more_is_handed_out_again():
    """The next array of the same size lies where the last one lay."""
    room = Room()
    place = address(room.take(LARGE, np.float32))
    assert address(room.take(LARGE, np.float32)) == place


def test_arrays_of_similar_size_share_their_memory():
    """A batch of a few rows less lies in the memory of the one before, in the other precision too."""
    room = Room()
    place = address(room.take(LARGE, np.float32))
    assert address(room.take((SMALL // 2 - 7, 2), np.float64)) == place


def test_memory_in_use_is_not_handed_out():
    """Arrays taken one after the other never overlap, whatever came back between them."""
    room = Room()
    held = [room.take(LARGE, np.float32) for _ in range(3)]
    held.pop()
    held += [room.take(LARGE, np.float32) for _ in range(3)]
    for place, array in enumerate(held):
        array[...] = place
    assert [array.flat[0] for array in held] == list(range(5))
    assert all((array == array.flat[0]).all() for array in held)


def test_a_part_of_an_array_holds_its_memory():
    """A view, and what another library sees of it, are enough; when the last is gone the memory comes back."""
    room = Room()
    array = room.take(LARGE, np.float32)
    array[...] = 7
    place, view, tensor = address(array), array[3:, :1], torch.from_numpy(array[5:])
    del array
    assert address(room.take(LARGE, np.float32)) != place
    del view
    assert address(room.take(LARGE, np.float32)) != place
    assert (tensor == 7).all()
    del tensor
    assert address(room.take(LARGE, np.float32)) == place


def test_small_memory_is_not_kept():
    """Small arrays come fresh from NumPy."""
    assert Room().take((3, 5), np.float32).base is None


def test_only_so_many_pieces_are_kept():
    """When more come back the oldest are given up."""
    room = Room()
    held = [room.take((SMALL, 1), np.float32) for _ in range(PIECES + 4)]
    places = [address(array) for array in held]
    while held:
        held.pop(0)
    again = [room.take((SMALL, 1), np.float32) for _ in range(PIECES)]
    assert {address(array) for array in again} == set(places[4:])


def test_threads_never_share_a_piece():
    """Of many threads that take, write and read, each finds what it wrote."""
    room = Room()

    def use(number):
        for _ in range(50):
            array = room.take((SMALL, 1), np.float32)
            array[...] = number
            if not (array == number).all():
                return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(use, range(4)))


@pytest.fixture
def eager_collector():
    """Python's collector looks at young objects after every few new ones, and hardly ever at all there are."""
    before = gc.get_threshold()
    gc.set_threshold(2, 20, 1_000)
    yield
    gc.set_threshold(*before)


@pytest.mark.usefixtures("eager_collector")
def test_what_is_dropped_in_a_cycle_comes_back_while_memory_is_asked_for():
    """The collector may run anywhere, within `take` too: nobody waits for themselves."""
    room, places = Room(), set()
    for _ in range(200):
        ring = [room.take(LARGE, np.float32)]
        ring.append(ring)
        places.add(address(ring[0]))
    assert len(places) < 100


@pytest.mark.skipif(sys.platform != "linux", reason="glibc's allocator")
def test_torch_s_own_memory_stays_with_the_process_too():
    """Tensors of 16 MiB made and dropped are mapped once, not each time."""
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 100


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
