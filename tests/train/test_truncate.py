from dataclasses import replace

import numpy as np
import pytest
import torch

from seqloom.errors import SettingsError
from seqloom.sequence import Batch, Packed
from seqloom.train.truncate import Known, asked, carried, stretches, terms

NOTHING_KNOWN = Known((), (), 1)


@pytest.fixture
def batch(series):
    """Seven sequences of different length, packed."""
    return series(7, seed=3).batch(np.arange(7))


@pytest.mark.parametrize("steps", [1, 2, 5, 11])
def test_carried_state_gives_the_outputs_of_the_whole(small_model, batch, steps):
    """Stretches run one after the other from the carried state predict what the whole batch predicts."""
    model = small_model()
    whole, _ = model(batch)
    state, parts = None, []
    for stretch in stretches(batch, steps, NOTHING_KNOWN):
        predicted, state = model(stretch, None if state is None else carried(state, stretch.batch_size))
        parts.append(predicted)
    # the same float32 products in blocks of other sizes: a few roundings apart
    torch.testing.assert_close(torch.cat(parts), whole, rtol=1e-5, atol=1e-6)


def test_stretches_share_out_every_row_once(batch):
    """Rows and targets of the stretches, one after the other, are those of the batch."""
    parts = list(stretches(batch, 4, NOTHING_KNOWN))
    assert torch.equal(torch.cat([part.numbers.values for part in parts]), batch.numbers.values)
    assert torch.equal(torch.cat([part.target for part in parts]), batch.target)
    assert torch.equal(torch.cat([part.numbers.sizes for part in parts]), batch.numbers.sizes)


def test_ended_sequences_drop_out(batch):
    """A stretch holds as many sequences as are alive at its first step."""
    sizes = [
        (part.batch_size, len(part.static_numbers), len(part.order)) for part in stretches(batch, 4, NOTHING_KNOWN)
    ]
    alive = batch.numbers.sizes[::4].tolist()
    assert sizes == [(count, count, count) for count in alive]
    assert alive[-1] < alive[0]


def test_a_batch_no_longer_than_a_stretch_stays_whole(batch):
    """Nothing is cut where nothing is too long."""
    assert list(stretches(batch, batch.numbers.steps, NOTHING_KNOWN))[0] is batch  # noqa: RUF015 - the list shows there is but one


def test_the_carried_state_has_no_past(small_model, batch):
    """Gradients stop where a stretch begins."""
    _, state = small_model()(batch)
    assert all(not tensor.requires_grad and tensor.shape[1] == 3 for tensor in carried(state, 3))


def test_each_stretch_is_asked_for_the_target_of_its_whole_sequence(batch):
    """Those alive at its first step have the target the whole has; all stretches together ask that often."""
    whole = replace(batch, target=torch.arange(7.0))
    parts = list(stretches(whole, 4, NOTHING_KNOWN))
    assert [part.target.tolist() for part in parts] == [list(range(part.batch_size)) for part in parts]
    assert asked(whole, 4) == sum(part.batch_size for part in parts)
    assert asked(replace(whole, target=torch.full((7,), -1)), 4) == 0
    assert asked(batch, 4) == asked(batch, 1000)


@pytest.mark.parametrize(
    ("told", "came"),
    [
        ({"target": torch.zeros(7, 3, 1)}, "what follows each sequence's end"),
        ({"target": torch.zeros(9), "target_lengths": torch.ones(7)}, "targets that are sequences"),
    ],
)
def test_targets_that_lie_beyond_the_input_cannot_be_cut(batch, told, came):
    """A stretch does not know what comes after the last one; the message says what would do."""
    with pytest.raises(SettingsError, match=f"truncate: expected a target for every step.*came {came}"):
        list(stretches(replace(batch, **told), 2, NOTHING_KNOWN))


@pytest.mark.parametrize(("segment", "steps"), [(1, 4), (1, 5), (2, 3)])
def test_what_is_known_ahead_of_a_stretch_is_its_own(segment, steps):
    """Each sequence of a stretch sees the known columns of the rows that follow it, or of the future past its end."""
    rows, horizon = [11 * segment, 8 * segment, 3 * segment], 3
    clocks = [100 * (b + 1) + torch.arange(count + horizon) for b, count in enumerate(rows)]  # known, row by row
    lengths = [count // segment for count in rows]
    values = [
        torch.stack([torch.tensor([-1, clocks[b][step * segment + place]]) for place in range(segment)]).flatten()
        for step in range(lengths[0])
        for b in range(3)
        if step < lengths[b]
    ]
    sizes = torch.tensor([sum(length > step for length in lengths) for step in range(lengths[0])])
    future = torch.stack([clock[-horizon:] for clock in clocks])[..., None]
    none, numbers = torch.zeros(3, 0), torch.stack(values)
    batch = Batch(Packed(numbers.float(), sizes), numbers, none, none, future.float(), future, numbers, torch.arange(3))
    for number, part in enumerate(stretches(batch, steps, Known((-1,), (-1,), segment))):
        seen = [min(count, (number + 1) * steps * segment) for count in rows[: part.batch_size]]
        expected = torch.stack([clocks[b][end : end + horizon] for b, end in enumerate(seen)])[..., None]
        assert torch.equal(part.future_numbers, expected.float())
        assert torch.equal(part.future_codes, expected)


def test_places_are_counted_from_the_end_of_a_row(series):
    """So that the history of the targets, which stands first in a row, does not shift them."""
    examples = series(2)
    examples.prepared.known = np.array([False, True, True])
    examples.prepared.known_codes = np.array([True, False])
    assert Known.of(examples) == Known(numbers=(-2, -1), codes=(-2,), segment=1)


@pytest.mark.parametrize(
    ("target", "count"),
    [(torch.tensor([[1.0, float("nan")], [2.0, 3.0]]), 3), (torch.tensor([0, -1, 2]), 2)],
)
def test_unknown_targets_are_no_terms(target, count):
    """Neither NaN nor the class -1 counts."""
    assert terms(target) == count
