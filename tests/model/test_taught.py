"""Targets arranged for teaching, compared with each target by itself."""

import torch

from seqloom.model.taught import Taught

MARK = 9
TARGETS = ([1, 2, 3], [4], [], [5, 6, 7, 8], [3, 3, 3])


def taught():
    flat = torch.tensor([symbol for target in TARGETS for symbol in target])
    return Taught.of(flat, torch.tensor([len(target) for target in TARGETS]), MARK)


def test_each_target_is_shown_behind_a_mark_and_asked_for_before_one():
    """Every sequence of the packing, taken apart, is the target of the sequence its place names."""
    found = taught()
    owner = found.shown.sequence_rows
    for place, sequence in enumerate(found.order.tolist()):
        mine = owner == place
        assert found.shown.values[mine].tolist() == [MARK, *TARGETS[sequence]]
        assert found.asked[mine].tolist() == [*TARGETS[sequence], MARK]


def test_longer_targets_come_first():
    """Those of one length keep their order."""
    assert taught().order.tolist() == [3, 0, 4, 1, 2]
    assert taught().shown.sizes.tolist() == [5, 4, 3, 3, 1]


def test_rows_lead_through_the_targets_in_the_order_of_the_batch():
    """One sequence of the batch after the other, step by step."""
    found = taught()
    assert found.asked[found.rows].tolist() == [symbol for target in TARGETS for symbol in [*target, MARK]]
    assert found.counts == (4, 2, 1, 5, 4)


def test_packing_undoes_the_rows():
    """Numbers in the order of the batch are put where they belong."""
    found = taught()
    values = torch.arange(16.0).unsqueeze(1)
    assert torch.equal(found.packed(values).values[found.rows], values)


def test_a_batch_without_sequences_is_empty():
    """Nothing is shown, and nothing asked."""
    found = Taught.of(torch.zeros(0, dtype=torch.int64), torch.zeros(0, dtype=torch.int64), MARK)
    assert (len(found.asked), found.counts) == (0, ())
