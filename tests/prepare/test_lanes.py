"""Texts read in lanes."""

import numpy as np
import pytest
import torch

from seqloom.prepare import Lanes, Pipeline, PrepareSettings, running_text, whole
from seqloom.read import from_texts

ALPHABET = "abcdefghijklmnopqrstuvwxyz"


@pytest.fixture
def examples():
    """Two texts of 17 and 9 different characters, to be read in one pass."""
    dataset = from_texts([ALPHABET[:17], ALPHABET[17:]])
    prepared = Pipeline.fit(dataset, whole(dataset, "train"), PrepareSettings(), task="next").transform(dataset)
    spans = np.stack([prepared.offsets[:-1], prepared.offsets[1:]], axis=1)
    return running_text(prepared, spans, "train")


def lanes_of(lanes):
    """The codes that each lane reads, window after window."""
    read = [[] for _ in range(lanes.count)]
    for window in range(len(lanes)):
        batch = lanes.batch(window)
        for lane, code in zip(batch.numbers.sequence_rows.tolist(), batch.codes[:, 0].tolist(), strict=True):
            read[lane].append(code)
    return read


@pytest.mark.parametrize(("count", "steps"), [(1, 4), (3, 4), (5, 100), (24, 1), (99, 3)])
def test_every_row_is_read_once_and_lanes_follow_each_other(examples, count, steps):
    """Laid end to end the lanes are the texts, and their lengths differ by one at most."""
    lanes = Lanes.of(examples, count, steps)
    read = lanes_of(lanes)
    codes = examples.prepared.codes[:, 0].tolist()
    assert [code for lane in read for code in lane] == [
        *codes[:16],
        *codes[17:25],
    ]  # the last of each text has no next one
    assert max(map(len, read)) - min(map(len, read)) <= 1
    assert int(np.diff(lanes.borders).max()) <= steps


def test_a_lane_goes_on_where_the_window_before_ended(examples):
    """The first row of a lane in a window follows its last row in the window before."""
    lanes = Lanes.of(examples, 2, 4)
    first, second = lanes.batch(0), lanes.batch(1)
    assert second.codes[0, 0] == first.target[first.numbers.sequence_rows == 0][-1]


def test_targets_are_those_of_the_rows(examples):
    """Each row of a batch is to predict the token that follows it in its text."""
    batch = Lanes.of(examples, 3, 5).batch(1)
    following = dict(zip(examples.prepared.codes[:, 0].tolist(), examples.prepared.targets.tolist(), strict=True))
    assert batch.target.tolist() == [following[code] for code in batch.codes[:, 0].tolist()]
    assert torch.equal(batch.order, torch.arange(3))


def test_a_generator_cuts_elsewhere_and_loses_nothing(examples):
    """With a generator the reading begins at another row, the number of windows stays."""
    plain, turned = Lanes.of(examples, 3, 4), Lanes.of(examples, 3, 4, generator=np.random.default_rng(1))
    assert turned.tape.tolist() != plain.tape.tolist()
    assert sorted(turned.tape.tolist()) == sorted(plain.tape.tolist())
    assert len(turned) == len(plain)
    again = Lanes.of(examples, 3, 4, generator=np.random.default_rng(1))
    assert turned.tape.tolist() == again.tape.tolist()
