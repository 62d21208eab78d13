"""From examples to answers."""

import sys

import numpy as np
import pytest
import torch

from seqloom.model import InputSizes, ModelSettings, RegressModel, last_outputs, outputs
from seqloom.prepare import Examples, whole_sequences
from seqloom.sequence import PreparedDataset, Ragged

LENGTHS = (3, 7, 1, 5)


def prepared(*, per_step):
    """Four sequences of two features and a target."""
    rows = sum(LENGTHS)
    numbers = np.random.default_rng(0).normal(size=(rows, 2)).astype(np.float32)
    return PreparedDataset(
        offsets=np.cumsum([0, *LENGTHS]).astype(np.int64),
        numbers=numbers,
        number_names=("a", "b"),
        known=np.zeros(2, dtype=bool),
        codes=np.zeros((rows, 0), dtype=np.int32),
        code_names=(),
        known_codes=np.zeros(0, dtype=bool),
        code_sizes=(),
        static_numbers=np.zeros((4, 0), dtype=np.float32),
        static_codes=np.zeros((4, 0), dtype=np.int32),
        targets=np.zeros((rows if per_step else 4, 1), dtype=np.float32),
        target_names=("y",),
        times=None,
        keys=np.array(list("wxyz")),
    )


def model(*, per_step):
    """A value model with random weights."""
    torch.manual_seed(0)
    return RegressModel(ModelSettings(hidden_size=4), InputSizes(numbers=2, per_step=per_step)).eval()


@pytest.mark.parametrize("per_step", [False, True])
def test_answers_do_not_depend_on_the_size_of_batches(per_step):
    """One at a time, three at a time or all at once: the same numbers in the order of the examples."""
    network, examples = model(per_step=per_step), whole_sequences(prepared(per_step=per_step))
    alone = outputs(network, examples, batch_size=1)["values"]
    for size in (3, 4):
        # 1e-6: sums of a few float32 products in another order
        np.testing.assert_allclose(outputs(network, examples, batch_size=size)["values"], alone, rtol=0, atol=1e-6)


def test_long_sequences_are_answered_a_few_at_a_time(monkeypatch):
    """A batch holds no more steps than the bound, and at least one sequence."""
    sizes, batch = [], Examples.batch
    monkeypatch.setattr(sys.modules[outputs.__module__], "BATCH_STEPS", 14)
    monkeypatch.setattr(Examples, "batch", lambda examples, rows: sizes.append(len(rows)) or batch(examples, rows))
    outputs(model(per_step=False), whole_sequences(prepared(per_step=False)))
    assert sizes == [2, 2]


def test_values_per_step_come_sequence_by_sequence():
    """The rows of each sequence stand together, in the order of its steps."""
    network, examples = model(per_step=True), whole_sequences(prepared(per_step=True))
    together = outputs(network, examples)["values"]
    start = 0
    for place, length in enumerate(LENGTHS):
        one = outputs(network, examples.take(np.array([place])))["values"]
        np.testing.assert_allclose(together[start : start + length], one, rtol=0, atol=1e-6)
        start += length


def test_predicting_leaves_the_mode_of_the_model():
    """A model under training goes on training afterwards."""
    network = model(per_step=False).train()
    outputs(network, whole_sequences(prepared(per_step=False)))
    assert network.training


def test_examples_are_answered_without_touching_them():
    """The same examples can be asked again."""
    network, examples = model(per_step=False), whole_sequences(prepared(per_step=False))
    first = outputs(network, examples)["values"]
    assert isinstance(examples, Examples)
    np.testing.assert_array_equal(first, outputs(network, examples)["values"])


class Repeating(RegressModel):
    """Answers each sequence with as many rows as it has steps, each the number of its steps."""

    def predict(self, batch):
        """Ragged rows."""
        lengths = batch.numbers.lengths
        return {"rows": Ragged(torch.repeat_interleave(lengths, lengths), lengths)}


@pytest.mark.parametrize("size", [1, 3, 4])
def test_ragged_answers_come_sequence_by_sequence(size):
    """Whatever the size of the batches, with offsets that say where each sequence's begin."""
    network = Repeating(ModelSettings(hidden_size=4), InputSizes(numbers=2)).eval()
    answers = outputs(network, whole_sequences(prepared(per_step=False)), batch_size=size)
    assert answers["rows"].tolist() == [3] * 3 + [7] * 7 + [1] + [5] * 5
    assert answers["rows_offsets"].tolist() == [0, 3, 10, 11, 16]


@pytest.mark.parametrize("per_step", [False, True])
def test_the_last_answers_are_among_all(per_step):
    """Of a value per step the one at the end of each sequence, else the only one."""
    network, examples = model(per_step=per_step), whole_sequences(prepared(per_step=per_step))
    every = outputs(network, examples)["values"]
    ends = np.cumsum(LENGTHS) - 1 if per_step else np.arange(4)
    np.testing.assert_array_equal(last_outputs(network, examples)["values"], every[ends])
