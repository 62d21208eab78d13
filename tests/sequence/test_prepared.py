from dataclasses import replace

import numpy as np
import pytest

from seqloom.sequence import PreparedDataset


@pytest.fixture
def prepared():
    """Two sequences of 2 and 3 steps with one target per step."""
    nothing = np.zeros((5, 0), dtype=np.int32)
    return PreparedDataset(
        offsets=np.array([0, 2, 5]),
        numbers=np.zeros((5, 1), dtype=np.float32),
        number_names=("x",),
        known=np.array([False]),
        codes=nothing,
        code_names=(),
        known_codes=np.zeros(0, dtype=np.bool_),
        code_sizes=(),
        static_numbers=np.zeros((2, 0), dtype=np.float32),
        static_codes=nothing[:2],
        targets=np.zeros((5, 1), dtype=np.float32),
        target_names=("y",),
        times=None,
        keys=np.array(["a", "b"]),
    )


def test_sequences_and_their_lengths_follow_from_the_offsets(prepared):
    """As in the data set it was made from."""
    assert len(prepared) == 2
    assert prepared.lengths.tolist() == [2, 3]


@pytest.mark.parametrize(
    ("targets", "per_step"),
    [(np.zeros((5, 2)), True), (np.zeros((2, 2)), False), (np.zeros(2, dtype=np.int64), False)],
)
def test_targets_per_step_have_a_row_for_each(prepared, targets, per_step):
    """Values and classes of whole sequences have one for each sequence."""
    assert replace(prepared, targets=targets).per_step_target is per_step
