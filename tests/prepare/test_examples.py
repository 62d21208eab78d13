from dataclasses import replace

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from seqloom.prepare import Examples

SHAPES = st.fixed_dictionaries(
    {
        "lengths": st.lists(st.integers(1, 4), min_size=1, max_size=5),
        "equal": st.booleans(),
        "segment": st.integers(1, 3),
        "horizon": st.integers(0, 4),
        "targets": st.integers(1, 3),
        "numbers": st.integers(0, 3),
        "codes": st.integers(0, 2),
        "independent": st.booleans(),
        "gaps": st.booleans(),
        "seed": st.integers(0, 99),
    }
)


def make_examples(prepared, shape):
    """One example per sequence, ending where its horizon just fits, in a data set of sequences with room before."""
    lengths = [3 if shape["equal"] else length for length in shape["lengths"]]
    rows = np.array(lengths) * shape["segment"]
    made = prepared(
        [2 + row + shape["horizon"] for row in rows],
        targets=shape["targets"],
        numbers=shape["numbers"],
        codes=shape["codes"],
        known=min(1, shape["numbers"]),
        gaps=shape["gaps"] and shape["horizon"] > 0,
        seed=shape["seed"],
    )
    stop = made.offsets[1:] - shape["horizon"]
    channel = None
    if shape["independent"] and shape["horizon"]:
        channel = np.arange(len(lengths)) % shape["targets"]
    return Examples(made, np.arange(len(lengths)), stop - rows, stop, shape["horizon"], shape["segment"], channel)


def by_hand(examples, asked):
    """A batch as plain lists, by the definition of the packing: time by time, longest first."""
    lengths = [int(examples.stop[i] - examples.start[i]) // examples.segment for i in asked]
    order = sorted(range(len(asked)), key=lambda place: -lengths[place])
    made, g = examples.prepared, examples.segment
    history = made.targets if made.history is None else made.history
    numbers, codes, targets = [], [], []
    for step in range(max(lengths)):
        for place in order:
            if lengths[place] <= step:
                continue
            i = asked[place]
            first = int(examples.start[i]) + step * g
            columns = range(len(made.target_names)) if examples.channel is None else [examples.channel[i]]
            row = []
            for r in range(first, first + g):
                row += [history[r, c] for c in columns] if examples.horizon else []
                row += made.numbers[r].tolist()
            numbers.append(row)
            codes.append([code for r in range(first, first + g) for code in made.codes[r]])
            if examples.horizon:
                ahead = range(first + g, first + g + examples.horizon)
                targets.append([[made.targets[r, c] for c in columns] for r in ahead])
            else:
                targets.append(made.targets[first + g - 1].tolist())
    return order, [sum(length > t for length in lengths) for t in range(max(lengths))], numbers, codes, targets


@given(SHAPES, st.randoms(use_true_random=False))
def test_a_batch_is_what_the_plain_loop_gives(prepared, shape, random):
    """For ragged and equal lengths, segments, single columns, gaps, and with or without a horizon."""
    examples = make_examples(prepared, shape)
    asked = random.sample(range(len(examples)), random.randint(1, len(examples)))
    batch = examples.batch(np.array(asked))
    order, sizes, numbers, codes, targets = by_hand(examples, asked)
    assert batch.order.tolist() == order
    assert batch.numbers.sizes.tolist() == sizes
    assert batch.numbers.values.tolist() == numbers
    assert batch.codes.tolist() == codes
    np.testing.assert_equal(batch.target.numpy(), np.array(targets, dtype=np.float32))
    assert batch.static_numbers[:, 0].tolist() == [asked[place] for place in order]


@given(SHAPES)
def test_what_is_known_ahead_is_given_over_the_horizon(prepared, shape):
    """The last column of numbers and of codes is known ahead; rows follow the packing's order."""
    examples = make_examples(prepared, shape)
    batch = examples.batch(np.arange(len(examples)))
    for row, place in enumerate(batch.order.tolist()):
        ahead = slice(int(examples.stop[place]), int(examples.stop[place]) + examples.horizon)
        known, known_codes = examples.prepared.known, examples.prepared.known_codes
        assert batch.future_numbers[row].tolist() == examples.prepared.numbers[ahead][:, known].tolist()
        assert batch.future_codes[row].tolist() == examples.prepared.codes[ahead][:, known_codes].tolist()


@given(SHAPES)
def test_the_truth_is_what_the_last_step_is_to_predict(prepared, shape):
    """The same values as the batch's targets of each sequence's last row."""
    examples = make_examples(prepared, shape)
    batch = examples.batch(np.arange(len(examples)))
    last = batch.target[batch.numbers.last_rows][torch.argsort(batch.order)]
    np.testing.assert_equal(examples.truth(), last.numpy())


@given(SHAPES)
def test_a_batch_taught_at_its_last_rows_has_their_targets_alone(prepared, shape):
    """With a horizon; without one there is a target per step, or per sequence, as ever."""
    examples = make_examples(prepared, shape)
    every = examples.batch(np.arange(len(examples)))
    last = replace(examples, supervised="last").batch(np.arange(len(examples)))
    expected = every.target[every.numbers.last_rows] if examples.horizon else every.target
    np.testing.assert_equal(last.target.numpy(), expected.numpy())


def test_a_batch_has_the_types_a_network_reads(prepared):
    """Float32 for values, int64 for codes and indices."""
    examples = make_examples(
        prepared,
        {"lengths": [2, 3], "equal": False, "segment": 1, "horizon": 2, "targets": 1, "numbers": 1, "codes": 1}
        | {"independent": False, "gaps": False, "seed": 0},
    )
    batch = examples.batch(np.array([0, 1]))
    floats = (batch.numbers.values, batch.static_numbers, batch.future_numbers, batch.target)
    integers = (batch.numbers.sizes, batch.codes, batch.static_codes, batch.future_codes, batch.order)
    assert {tensor.dtype for tensor in floats} == {torch.float32}
    assert {tensor.dtype for tensor in integers} == {torch.int64}


def test_the_number_of_the_column_is_the_last_static_category(prepared):
    """A network that is to predict one of several columns is told which."""
    made = prepared([10, 10], targets=3)
    channel = np.array([2, 0])
    examples = Examples(made, np.arange(2), made.offsets[:-1], made.offsets[:-1] + 5, 2, channel=channel)
    assert examples.batch(np.array([0, 1])).static_codes.tolist() == [[0, 2], [1, 0]]


def test_the_target_of_a_sequence_comes_in_the_packing_s_order(prepared):
    """The longer sequence comes first, with its own target."""
    made = prepared([2, 5], per_step=False)
    examples = Examples(made, np.arange(2), made.offsets[:-1], made.offsets[1:])
    assert examples.batch(np.array([0, 1])).target.tolist() == [[1], [0]]
    assert examples.truth().tolist() == [[0], [1]]


def test_steps_ahead_are_numbered_within_their_sequence_without_a_clock(prepared):
    """The first row of a sequence has number 0."""
    made = prepared([10, 10])
    examples = Examples(made, np.array([1]), np.array([12]), np.array([15]), horizon=2)
    assert examples.times().tolist() == [[5, 6]]


def test_some_examples_may_be_taken(prepared):
    """Everything that belongs to them comes along."""
    made = prepared([10, 10], targets=2)
    channel = np.array([0, 1])
    examples = Examples(made, np.arange(2), made.offsets[:-1], made.offsets[:-1] + 5, 2, channel=channel)
    taken = examples.take(np.array([1]))
    assert (len(taken), taken.keys().tolist(), taken.channel.tolist()) == (1, ["s1"], [1])
    assert (taken.truth() == examples.truth()[1:]).all()


@pytest.mark.parametrize("segment", [1, 2])
def test_lengths_count_recurrent_steps(prepared, segment):
    """A segment is one step."""
    made = prepared([10])
    examples = Examples(made, np.array([0]), np.array([0]), np.array([8]), 2, segment)
    assert examples.lengths.tolist() == [8 // segment]


def test_each_row_of_a_sequence_may_have_a_class(prepared):
    """Classes come in the order of the packed rows."""
    made = replace(prepared([1, 3], numbers=1), targets=np.array([7, 0, 1, -1]), labelled_steps=True)
    batch = Examples(made, np.arange(2), made.offsets[:-1], made.offsets[1:]).batch(np.array([0, 1]))
    assert batch.target.tolist() == [0, 7, 1, -1]


def test_each_sequence_may_have_symbols_of_its_own_number(prepared):
    """They come sequence by sequence, in the order of the packing, longest sequence first."""
    offsets = np.array([0, 2, 2, 5])
    made = replace(prepared([1, 3, 2], numbers=1), targets=np.arange(5), target_offsets=offsets)
    examples = Examples(made, np.arange(3), made.offsets[:-1], made.offsets[1:])
    batch = examples.batch(np.array([0, 1, 2]))
    assert batch.order.tolist() == [1, 2, 0]
    assert batch.target_lengths.tolist() == [0, 3, 2]
    assert batch.target.tolist() == [2, 3, 4, 0, 1]
    assert [symbols.tolist() for symbols in examples.truth()] == [[0, 1], [], [2, 3, 4]]
