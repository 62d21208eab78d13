"""Steps and features without a message: what stands in for them when they are taken away."""

from dataclasses import dataclass, replace

import torch
from torch import Tensor

from seqloom.explain.inputs import Inputs, inputs_of
from seqloom.explain.question import Question
from seqloom.sequence import Batch

UNKNOWN = 0
"""The code of what was never met in training, of every category and vocabulary."""


@dataclass(frozen=True)
class Neutral:
    """What stands in for a step: numbers of an average step, and the unknown category or token.

    Args:
        numbers: for each sequence of the batch, [B, g F].
        inputs: the features.
    """

    numbers: Tensor
    inputs: Inputs

    def without_rows(self, batch: Batch, rows: Tensor) -> Batch:
        """The batch with some steps made neutral.

        Args:
            batch: the sequences.
            rows: which of the packed rows are, bool, [N].
        """
        packing, place = batch.numbers, rows.to(batch.numbers.values.device)
        numbers = torch.where(place.unsqueeze(1), self.numbers[packing.sequence_rows], packing.values)
        codes = torch.where(place.unsqueeze(1), UNKNOWN, batch.codes)
        return replace(batch, numbers=packing.with_values(numbers), codes=codes)

    def without_feature(self, batch: Batch, feature: int) -> Batch:
        """The batch with one feature made neutral at all steps."""
        packing, count = batch.numbers, self.inputs.numbers
        if feature < count:
            own = torch.from_numpy(self.inputs.columns == feature).to(packing.values.device)
            numbers = torch.where(own, self.numbers[packing.sequence_rows], packing.values)
            return replace(batch, numbers=packing.with_values(numbers))
        codes = batch.codes.clone()
        codes[:, feature - count :: self.inputs.codes] = UNKNOWN
        return replace(batch, codes=codes)


def neutral_of(question: Question) -> Neutral:
    """What is neutral for a question.

    The average step is that of the data; where the answer continues the sequence, as a forecast does, it is that of the
    sequence itself, so that its level stays.
    """
    examples, packing = question.examples, question.batch.numbers
    inputs = inputs_of(examples)
    rows = packing.values.reshape(len(packing.values), inputs.segment, -1)  # [N, g, F]
    if examples.reads_targets:
        owner = packing.sequence_rows.to(rows.device)
        sums = rows.new_zeros(packing.batch_size, rows.shape[2]).index_add(0, owner, rows.mean(dim=1))
        mean = sums / packing.lengths.to(sums).unsqueeze(1)
    else:
        mean = rows.mean(dim=(0, 1)).expand(packing.batch_size, -1)
    return Neutral(mean.repeat(1, inputs.segment), inputs)
