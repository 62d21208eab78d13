"""One step of many streams: the numbers of the whole sequence, where the states are."""

import numpy as np
import pytest

from seqloom.kernels import Slabs, misplaced

PRECISIONS = {"float32": np.float32, "float64": np.float64}
SIZES = {"less than a vector": (3, 3, 2), "a vector and one": (1, 17, 7), "four vectors": (8, 64, 13)}
STEPS = 5


def slabs_of(layer, streams, places):
    """A slab with the layer's initial state at the places of its sequences, NaN everywhere else."""
    slabs = Slabs(layer.recurrence.kernel, layer.weights, streams)
    for part, given in zip(slabs.state, layer.state, strict=True):
        part[:] = np.nan
        part[places] = given
    return slabs


@pytest.mark.parametrize("dtype", PRECISIONS.values(), ids=PRECISIONS)
@pytest.mark.parametrize("sizes", SIZES.values(), ids=SIZES)
def test_steps_give_the_bits_of_the_sequence(recurrence, draw, numbers, sizes, dtype):
    """At any places among streams whose states are NaN, which nothing reads or writes."""
    features, hidden, batch = sizes
    layer = draw(recurrence, features, hidden, (STEPS,) * batch, dtype)
    places = numbers.permutation(3 * batch)[:batch]
    slabs = slabs_of(layer, 3 * batch, places)
    outputs = [slabs.step(rows, places) for rows in layer.x.reshape(STEPS, batch, features)]
    passed = layer.run()
    np.testing.assert_array_equal(np.concatenate(outputs), passed.outputs)
    for part, expected in zip(slabs.state, passed.state, strict=True):
        np.testing.assert_array_equal(part[places], expected)
        assert np.isnan(np.delete(part, places, axis=0)).all()


def test_the_number_of_threads_changes_no_bit(recurrence, draw):
    """Nor which streams are stepped together."""
    layer = draw(recurrence, 4, 20, (1,) * 300)
    places = np.arange(300)
    alone, shared = slabs_of(layer, 300, places), slabs_of(layer, 300, places)
    one_by_one = [alone.step(layer.x[k : k + 1], places[k : k + 1]) for k in range(300)]
    np.testing.assert_array_equal(shared.step(layer.x, places, threads=3), np.concatenate(one_by_one))
    np.testing.assert_array_equal(shared.hidden, alone.hidden)


def test_a_reading_that_is_no_number_stays_in_its_stream(recurrence, draw):
    """Whatever is computed beside it."""
    layer = draw(recurrence, 4, 20, (1,) * 9)
    places = np.arange(9)
    clean, spoilt = slabs_of(layer, 9, places), slabs_of(layer, 9, places)
    x = layer.x.copy()
    x[4] = np.nan
    expected, found = clean.step(layer.x, places), spoilt.step(x, places)
    assert np.isnan(found[4]).all()
    np.testing.assert_array_equal(np.delete(found, 4, axis=0), np.delete(expected, 4, axis=0))


@pytest.mark.parametrize(
    ("places", "wrong"), [([2, 0, 1], -1), ([], -1), ([0, 3], 1), ([-1], 0), ([1, 2, 1], 2), ([0, 0, 9], 1)]
)
def test_misplaced_readings_are_found(places, wrong):
    """Outside or named twice; the marks are wiped off again."""
    taken = np.zeros(3, dtype=bool)
    assert misplaced(np.array(places, dtype=np.int64), taken) == wrong
    assert not taken.any()
