"""Connectionist temporal classification: the probability of a text under all its alignments with the steps."""

import numpy as np
from jaxtyping import Float, Int
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional
from torch.nn.utils.rnn import pad_packed_sequence

from seqloom.loss.mask import check_shapes
from seqloom.sequence import Packed


def ctc_losses(log_probabilities: Packed, symbols: Int[Tensor, "M"], lengths: Int[Tensor, "B"]) -> Float[Tensor, "B"]:
    """Minus the logarithm of the probability of each sequence's symbols, summed over all alignments.

    A step says one of the symbols, or the last of the `K`, the blank; what is said twice in a row counts once unless a
    blank stands between. Source: Graves, Fernández, Gomez & Schmidhuber, "Connectionist temporal classification",
    ICML 2006.

    Args:
        log_probabilities: of the symbols and the blank at each step, [N, K].
        symbols: of all sequences, one sequence after the other.
        lengths: symbols of each sequence.

    Returns:
        Infinity where a sequence has fewer steps than its symbols need, see `steps_needed`.

    Example:
        >>> import torch
        >>> two = Packed(torch.log(torch.full((2, 2), 0.5)), torch.tensor([1, 1]))  # two steps, one symbol and blank
        >>> ctc_losses(two, torch.tensor([0]), torch.tensor([1])).exp().reciprocal().tolist()
        [0.75]
    """
    check_shapes(lengths.shape, (log_probabilities.batch_size,))
    padded, _ = pad_packed_sequence(log_probabilities.to_torch())  # torch's CTC takes no packed rows: [T, B, K]
    return functional.ctc_loss(
        padded,
        symbols,
        log_probabilities.lengths,
        lengths,
        blank=padded.shape[2] - 1,
        reduction="none",
    )


def steps_needed(symbols: NDArray[np.int64], offsets: NDArray[np.int64]) -> NDArray[np.int64]:
    """The fewest steps each sequence's symbols can be said in: one each, and a blank between equal neighbours.

    Args:
        symbols: of all sequences, one sequence after the other, [M].
        offsets: where each sequence's begin, and where the last ones end, [S + 1].

    Example:
        >>> steps_needed(np.array([4, 4, 4, 7]), np.array([0, 3, 4])).tolist()
        [5, 1]
    """
    repeats = np.concatenate([[0], np.cumsum(symbols[1:] == symbols[:-1])])  # up to each symbol, itself included
    begin, end = offsets[:-1], offsets[1:]
    steps = end - begin
    some = steps > 0
    steps[some] += repeats[end[some] - 1] - repeats[begin[some]]
    return steps
