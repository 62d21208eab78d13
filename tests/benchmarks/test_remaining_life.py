import gzip

import numpy as np
import pytest

from benchmarks.tasks.remaining_life import CAP, COLUMNS, LIFE, TASKS, TEST, TRAIN


@pytest.fixture
def data(tmp_path):
    """Two training engines of 3 and 200 cycles, two test engines of 2 and 4 cycles, as the files would say it."""

    def write(name, lengths):
        rows = [[unit, cycle] for unit, length in enumerate(lengths, 1) for cycle in range(1, length + 1)]
        lines = (" ".join(map(str, [*row, *range(len(COLUMNS) - 2)])) + "  \n" for row in rows)
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(gzip.compress("".join(lines).encode()))

    write(TRAIN, [3, 200])
    write(TEST, [2, 4])
    (tmp_path / LIFE).write_text("150\n20\n")
    return TASKS[0].load(tmp_path)


def test_training_engines_know_their_life_at_every_cycle(data):
    """It counts down to 0 at the last cycle and is capped before."""
    life = data.dataset.steps["life"]
    assert life[:3].tolist() == [2, 1, 0]
    assert life[3:80].tolist() == [min(CAP, 199 - cycle) for cycle in range(77)]


def test_test_engines_know_their_life_at_the_last_cycle_only(data):
    """It is the one given in the file, capped."""
    np.testing.assert_array_equal(data.test.steps["life"], [np.nan, CAP, np.nan, np.nan, np.nan, 20])
