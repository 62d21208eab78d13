"""The laws every compiled cell keeps: one table of cells and sizes, one test per law."""

import multiprocessing
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest

from seqloom.kernels import Weights, reference, run, run_back

SIZES = {  # features, hidden units, lengths
    "one of each": (1, 1, (1,)),
    "less than a vector": (3, 3, (7, 2)),
    "one vector": (16, 16, (6, 6, 6, 6, 6)),
    "a vector and one": (1, 17, (9, 7, 3, 3, 1, 1)),
    "three vectors": (50, 33, (5, 5, 4, 3, 2, 1, 1)),
    "four vectors": (17, 64, (8, 1)),
    "four vectors and one": (64, 65, (4, 4, 4)),
    "a hundred": (100, 100, (3, 2, 2, 1)),
    "several tiles": (3, 50, (*range(9, 1, -1), *[1] * 56)),
}
MODES = {
    "forward": {},
    "reverse": {"reverse": True},
    "masked": {"kept": True},
    "masked in reverse": {"reverse": True, "kept": True},
}
PRECISIONS = {"float32": np.float32, "float64": np.float64}
RAGGED = (7, 4, 4, 2, 1, 1, 1)


def options(layer, mode):
    """The options of a way to run a layer, with its own factors where it is masked."""
    return MODES[mode] | ({"kept": layer.kept} if "kept" in MODES[mode] else {})


def close(dtype, layer):
    """States of a few units, through sums of as many products and as many steps as there are."""
    products = layer.x.shape[1] + layer.state[0].shape[1] + 10 * len(layer.sizes)
    return {"rtol": 0, "atol": np.finfo(dtype).eps * products}


def draw_changes(layer, numbers):
    """Random gradients of outputs and final state, as `run_back` takes them."""
    dtype, (batch, hidden) = layer.x.dtype, layer.state[0].shape
    outputs = numbers.standard_normal((len(layer.x), hidden)).astype(dtype)
    return outputs, tuple(numbers.standard_normal((batch, hidden)).astype(dtype) for _ in layer.state)


def all_changes(changes):
    """All gradients, one after the other: weights, inputs, state."""
    return [*changes.weights, changes.x, *changes.state]


def all_results(layer, changes, **chosen):
    """Outputs, final state and all gradients of a layer."""
    threads = chosen.get("threads", 1)
    passed = layer.run(**chosen)
    results = [passed.outputs.copy(), *(part.copy() for part in passed.state)]
    return results + all_changes(run_back(passed, *changes, threads=threads))


@pytest.mark.parametrize("dtype", PRECISIONS)
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("sizes", SIZES)
def test_it_gives_what_the_equations_give(recurrence, draw, sizes, mode, dtype):
    """Outputs and final states are those of the reference, from a state that is not zero, at any lengths."""
    layer = draw(recurrence, *SIZES[sizes], PRECISIONS[dtype])
    passed = layer.run(**options(layer, mode))
    expected_final, expected = layer.reference(**options(layer, mode))
    np.testing.assert_allclose(passed.outputs, expected, **close(PRECISIONS[dtype], layer))
    np.testing.assert_allclose(np.stack(passed.state), np.stack(expected_final), **close(PRECISIONS[dtype], layer))


def directional(layer, changes, chosen, place, direction):
    """The slope of what the gradients belong to, as one of weights, inputs and state moves in a direction."""
    outputs, state = changes
    parts, count = [*layer.weights, layer.x, *layer.state], len(layer.weights)

    def value(step):
        moved = [part + step * direction if at == place else part for at, part in enumerate(parts)]
        step_of, sizes = layer.recurrence.step, layer.sizes
        weights, (x, *start) = Weights(*moved[:count]), moved[count:]
        ended, came = reference.run(step_of, weights, x, tuple(start), sizes, **chosen)
        return (came * outputs).sum() + sum((part * change).sum() for part, change in zip(ended, state, strict=True))

    return (value(1e-6) - value(-1e-6)) / 2e-6


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("sizes", SIZES)
def test_gradients_are_those_of_differences_of_the_equations(recurrence, draw, numbers, sizes, mode):
    """In double precision gradients of weights, inputs and state agree with central differences of the reference."""
    layer = draw(recurrence, *SIZES[sizes], np.float64)
    chosen, changes = options(layer, mode), draw_changes(layer, numbers)
    came = all_changes(run_back(layer.run(**chosen), *changes))
    directions = [numbers.standard_normal(part.shape) / np.sqrt(max(1, part.size)) for part in came]
    slopes = [directional(layer, changes, chosen, place, direction) for place, direction in enumerate(directions)]
    expected = [np.vdot(part, direction) for part, direction in zip(came, directions, strict=True)]
    # a value of some hundred units is rounded to 1e-14 of itself, which is divided by a step of 2e-6
    np.testing.assert_allclose(slopes, expected, rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("sizes", SIZES)
def test_single_precision_gradients_are_the_double_ones_rounded(recurrence, draw, numbers, sizes, mode):
    """The same layer in either precision has the same gradients, as far as single precision goes."""
    single = draw(recurrence, *SIZES[sizes], np.float32)
    changes = draw_changes(single, numbers)
    double = replace(
        single,
        weights=Weights(*(weight.astype(float) for weight in single.weights)),
        x=single.x.astype(float),
        state=tuple(part.astype(float) for part in single.state),
        kept=single.kept.astype(float),
    )
    outputs, state = changes
    wide = outputs.astype(float), tuple(part.astype(float) for part in state)
    came = all_changes(run_back(single.run(**options(single, mode)), *changes))
    expected = all_changes(run_back(double.run(**options(double, mode)), *wide))
    for part, other in zip(came, expected, strict=True):
        off = 30 * np.finfo(np.float32).eps * np.abs(other).max(initial=1.0)  # a sum's rounding grows with its terms
        np.testing.assert_allclose(part, other, rtol=0, atol=off)


@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize("name", PRECISIONS)
def test_split_anywhere_is_unsplit(recurrence, draw, name, reverse):
    """Cut at any step and run in two halves, sequences have the bits of the whole."""
    layer = draw(recurrence, 3, 17, RAGGED, PRECISIONS[name])
    whole = layer.run(reverse=reverse)
    for step in range(1, len(layer.sizes)):
        cut = int(layer.sizes[:step].sum())
        first = replace(layer, x=layer.x[:cut], sizes=layer.sizes[:step])
        last = replace(layer, x=layer.x[cut:], sizes=layer.sizes[step:])
        begins, ends = (last, first) if reverse else (first, last)
        count = int(begins.sizes[0])
        before = replace(begins, state=tuple(part[:count] for part in layer.state)).run(reverse=reverse)
        middle = [np.concatenate([now, part[count:]]) for now, part in zip(before.state, layer.state, strict=True)]
        count = int(ends.sizes[0])
        after = replace(ends, state=tuple(part[:count] for part in middle)).run(reverse=reverse)
        ended = [np.concatenate([now, part[count:]]) for now, part in zip(after.state, middle, strict=True)]
        halves = (after, before) if reverse else (before, after)
        np.testing.assert_array_equal(np.concatenate([half.outputs for half in halves]), whole.outputs)
        np.testing.assert_array_equal(np.stack(ended), np.stack(whole.state))


@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize("name", PRECISIONS)
def test_a_sequence_alone_has_the_bits_it_has_among_others(recurrence, draw, numbers, name, reverse):
    """Outputs, final state and gradients of inputs and initial state do not depend on what is computed beside it."""
    layer = draw(recurrence, 5, 33, RAGGED, PRECISIONS[name])
    outputs, state = draw_changes(layer, numbers)
    passed = layer.run(reverse=reverse)
    changes = run_back(passed, outputs, state)
    sequence = np.concatenate([np.arange(count) for count in layer.sizes])
    for b, length in enumerate(RAGGED):
        mine, one = sequence == b, slice(b, b + 1)
        alone = replace(
            layer, x=layer.x[mine], state=tuple(part[one] for part in layer.state), sizes=np.ones(length, np.int64)
        ).run(reverse=reverse)
        back = run_back(alone, outputs[mine], tuple(part[one] for part in state))
        np.testing.assert_array_equal(alone.outputs, passed.outputs[mine])
        np.testing.assert_array_equal(np.stack(alone.state), np.stack(passed.state)[:, one])
        np.testing.assert_array_equal(back.x, changes.x[mine])
        np.testing.assert_array_equal(np.stack(back.state), np.stack(changes.state)[:, one])


@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize("spoil", [np.nan, np.inf], ids=["NaN", "Inf"])
def test_what_is_not_finite_stays_in_its_sequence(recurrence, draw, numbers, alive, spoil, reverse):
    """NaN or Inf in one sequence changes no bit of outputs, states and gradients of the others."""
    layer = draw(recurrence, 3, 17, RAGGED)
    sequence = np.concatenate([np.arange(count) for count in layer.sizes])
    changes = draw_changes(layer, numbers)
    clean = all_results(layer, changes, reverse=reverse)
    layer.x[np.flatnonzero(sequence == 3)[0], 1] = spoil
    spoiled = all_results(layer, changes, reverse=reverse)
    for place, (came, expected) in enumerate(zip(spoiled, clean, strict=True)):
        if len(came) == len(sequence):
            np.testing.assert_array_equal(came[sequence != 3], expected[sequence != 3], err_msg=str(place))
        elif len(came) == len(RAGGED):
            others = np.arange(len(RAGGED)) != 3
            np.testing.assert_array_equal(came[others], expected[others], err_msg=str(place))


@pytest.mark.parametrize("reverse", [False, True])
def test_memory_around_the_arrays_is_never_read(recurrence, draw, numbers, reverse):
    """Arrays that lie in memory full of NaN give what they give by themselves."""
    layer = draw(recurrence, 3, 17, RAGGED)
    changes = draw_changes(layer, numbers)

    def window(array):
        rows = len(array)
        memory = np.full((3 * rows, *array.shape[1:]), np.nan, array.dtype)
        memory[rows : 2 * rows] = array
        return memory[rows : 2 * rows]

    poisoned = replace(
        layer,
        weights=Weights(*map(window, layer.weights)),
        x=window(layer.x),
        state=tuple(map(window, layer.state)),
        kept=window(layer.kept),
    )
    outputs, state = changes
    around = window(outputs), tuple(map(window, state))
    came = all_results(poisoned, around, reverse=reverse, kept=poisoned.kept)
    expected = all_results(layer, changes, reverse=reverse, kept=layer.kept)
    for part, other in zip(came, expected, strict=True):
        np.testing.assert_array_equal(part, other)


def test_nothing_that_is_read_is_written(recurrence, draw, numbers):
    """Weights, inputs, state, factors and gradients are after both ways what they were before."""
    layer = draw(recurrence, 3, 17, RAGGED)
    outputs, state = draw_changes(layer, numbers)
    read = [*layer.weights, layer.x, *layer.state, layer.sizes, layer.kept, outputs, *state]
    before = [array.copy() for array in read]
    run_back(layer.run(kept=layer.kept), outputs, state)
    for array, copy in zip(read, before, strict=True):
        np.testing.assert_array_equal(array, copy)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", PRECISIONS)
def test_keeping_nothing_changes_nothing(recurrence, draw, name, mode):
    """Without a way back outputs and final state are the same, bit for bit."""
    layer = draw(recurrence, 3, 33, RAGGED, PRECISIONS[name])
    kept, passed = (layer.run(keep=keep, **options(layer, mode)) for keep in (True, False))
    np.testing.assert_array_equal(passed.outputs, kept.outputs)
    np.testing.assert_array_equal(np.stack(passed.state), np.stack(kept.state))


def test_gradients_of_inputs_are_left_out_where_nobody_asks(recurrence, draw, numbers):
    """The others are the same without them, bit for bit."""
    layer = draw(recurrence, 17, 5, RAGGED)
    changes = draw_changes(layer, numbers)
    whole, part = (run_back(layer.run(), *changes, needs_x=needs) for needs in (True, False))
    assert part.x is None
    for came, expected in zip([*part.weights, *part.state], [*whole.weights, *whole.state], strict=True):
        np.testing.assert_array_equal(came, expected)


@pytest.fixture
def never_alone(monkeypatch):
    """Threads are used for work of any size."""
    monkeypatch.setattr(sys.modules["seqloom.kernels.run"], "ALONE", 0.0)


@pytest.mark.usefixtures("never_alone")
@pytest.mark.parametrize("batch", [1, 2, 5, 6, 7, 9, 26, 64])
@pytest.mark.parametrize("name", PRECISIONS)
def test_the_number_of_threads_changes_no_bit(recurrence, draw, numbers, name, batch):
    """Outputs, states and all gradients are the same with one thread and with several."""
    lengths = tuple(sorted(numbers.integers(1, 9, batch).tolist(), reverse=True))
    layer = draw(recurrence, 5, 33, lengths, PRECISIONS[name])
    changes = draw_changes(layer, numbers)
    alone = all_results(layer, changes, threads=1)
    for threads in (2, 3, 4, 7):
        for came, expected in zip(all_results(layer, changes, threads=threads), alone, strict=True):
            np.testing.assert_array_equal(came, expected)


@pytest.mark.usefixtures("never_alone")
def test_many_callers_at_once_get_what_one_gets(cells, draw, numbers):
    """Eight Python threads that train layers of their own, each with two threads, get the bits of one alone."""
    layers = [draw(cells[name], 40, 65, (30, 20, 20, 9, 3)) for name in ("lstm-tanh", "gru") * 4]
    changes = [draw_changes(layer, numbers) for layer in layers]
    expected = [all_results(layer, change) for layer, change in zip(layers, changes, strict=True)]

    def train(place):
        return [all_results(layers[place], changes[place], threads=2) for _ in range(10)]

    with ThreadPoolExecutor(len(layers)) as pool:
        for place, runs in enumerate(pool.map(train, range(len(layers)))):
            for results in runs:
                for came, other in zip(results, expected[place], strict=True):
                    np.testing.assert_array_equal(came, other)


@pytest.mark.usefixtures("never_alone")
@pytest.mark.skipif(not hasattr(multiprocessing, "get_context") or sys.platform == "win32", reason="there is no fork")
@pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork:DeprecationWarning")
def test_a_forked_process_has_threads_of_its_own(cells, draw, numbers):
    """After the threads of the parent have worked, a child gets the same results with several threads."""
    layer = draw(cells["gru"], 5, 33, RAGGED)
    changes = draw_changes(layer, numbers)
    expected = all_results(layer, changes, threads=2)

    def child():
        for came, other in zip(all_results(layer, changes, threads=2), expected, strict=True):
            np.testing.assert_array_equal(came, other)

    process = multiprocessing.get_context("fork").Process(target=child)
    process.start()
    process.join(timeout=60)
    assert process.exitcode == 0


def test_a_thousand_sequences_and_thousands_of_steps(cells, draw):
    """Many sequences, of which one is very long, have the final states of the reference."""
    layer = draw(cells["gru"], 2, 3, (5000, *[3] * 999))
    passed = layer.run()
    expected, _ = layer.reference()
    # a GRU with such weights forgets, so that errors do not add up over steps
    np.testing.assert_allclose(passed.state[0], expected[0], rtol=0, atol=1e-5)


@pytest.mark.parametrize("reverse", [False, True])
def test_no_steps_leave_the_state_as_it_is(recurrence, draw, reverse):
    """Sequences without any step end in the state they began in."""
    layer = draw(recurrence, 3, 5, (1, 1))
    empty = replace(layer, x=layer.x[:0], sizes=layer.sizes[:0])
    passed = empty.run(reverse=reverse)
    assert passed.outputs.shape == (0, layer.state[0].shape[1])
    np.testing.assert_array_equal(np.stack(passed.state), np.stack(layer.state))


def test_no_sequences_have_gradients_of_zero(recurrence, draw, numbers):
    """An empty batch is run there and back, and asks no weight to change."""
    layer = draw(recurrence, 3, 5, ())
    changes = run_back(layer.run(), *draw_changes(layer, numbers))
    for gradient in changes.weights:
        np.testing.assert_array_equal(gradient, 0)


def test_a_mask_of_ones_is_no_mask(recurrence, draw):
    """Factors of one give what no factors give, bit for bit."""
    layer = draw(recurrence, 3, 17, RAGGED)
    plain, masked = layer.run(), layer.run(kept=np.ones_like(layer.kept))
    np.testing.assert_array_equal(masked.outputs, plain.outputs)
    np.testing.assert_array_equal(np.stack(masked.state), np.stack(plain.state))


def test_it_is_what_its_room_shows(cells, draw):
    """The function of the room and the layer's own run are the same call."""
    layer = draw(cells["gru"], 3, 5, (2, 1))
    passed = run(layer.recurrence.kernel, layer.weights, layer.x, layer.state, layer.sizes)
    np.testing.assert_array_equal(passed.outputs, layer.run().outputs)
