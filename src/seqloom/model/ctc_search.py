"""The text that a sequence of steps says most probably, each step a symbol or the blank."""

from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from seqloom.sequence import Packed, Ragged, compiled

Matrix = NDArray[np.float32]
Doubles = NDArray[np.float64]
Indices = NDArray[np.int64]
ROOT = 0
"""The node of the empty beginning."""


def best_paths(log_probabilities: Packed) -> Ragged:
    """The symbols of the most probable alignment of each sequence: what is said twice in a row counts once.

    Args:
        log_probabilities: of the symbols and, last, the blank at each step, [N, K].

    Example:
        >>> said = torch.eye(3)[[0, 0, 2, 0, 1]].log()
        >>> best_paths(Packed(said, torch.ones(5, dtype=torch.int64))).values.tolist()
        [0, 0, 1]
    """
    rows, order = log_probabilities, _by_sequence(log_probabilities)
    owner = rows.sequence_rows[order]
    said = rows.values.argmax(dim=1)[order]
    new = torch.ones(len(said), dtype=torch.bool)
    new[1:] = (said[1:] != said[:-1]) | (owner[1:] != owner[:-1])
    kept = new & (said != rows.values.shape[1] - 1)
    return Ragged(said[kept], torch.bincount(owner[kept], minlength=rows.batch_size))


def beam_search(log_probabilities: Packed, beam: int) -> Ragged:
    """The most probable symbols of each sequence, all alignments of a beginning counted together.

    At each step the `beam` most probable beginnings are kept. With as many as there are beginnings it is exact; with
    one it is greedy, but not the best path. Source: Hannun, Maas, Jurafsky & Ng, "First-pass large vocabulary
    continuous speech recognition using bi-directional recurrent DNNs" (2014), without a language model.

    Args:
        log_probabilities: of the symbols and, last, the blank at each step, [N, K].
        beam: beginnings that are kept.

    Example:
        >>> steps = torch.tensor([[0.3, 0.3, 0.4], [0.3, 0.3, 0.4]]).log()  # the blank is the best path
        >>> beam_search(Packed(steps, torch.ones(2, dtype=torch.int64)), 3).values.tolist()
        [0]
    """
    order, lengths = _by_sequence(log_probabilities), log_probabilities.lengths
    steps = np.ascontiguousarray(log_probabilities.values[order].detach().numpy(), dtype=np.float32)
    found: list[Indices] = []
    ends = np.cumsum(lengths.numpy())
    for end, length in zip(ends.tolist(), lengths.tolist(), strict=True):
        found.append(_searched(steps[end - length : end], beam))
    flat = np.concatenate([np.zeros(0, np.int64), *found])
    return Ragged(torch.from_numpy(flat), torch.tensor([len(symbols) for symbols in found], dtype=torch.int64))


def _by_sequence(rows: Packed) -> Tensor:
    """The rows one sequence after the other, [N]."""
    return torch.argsort(rows.sequence_rows, stable=True)


class _Tree(NamedTuple):
    """Beginnings as nodes; the first node is the empty one.

    Attributes:
        parent: what each continues.
        symbol: by which symbol; -1 for the empty one.
        child: the last beginning that continues each; -1 for none.
        sibling: the one before that continues the same; -1 for none.
        size: how many nodes there are, [1].
    """

    parent: Indices
    symbol: Indices
    child: Indices
    sibling: Indices
    size: Indices


@compiled
def _continued(
    tree: _Tree, kept: Indices, blank: Doubles, voiced: Doubles, row: Matrix
) -> tuple[Doubles, Doubles, Doubles]:
    """The beginnings after one more step: as they are, by a blank or by their last symbol, and with one more symbol.

    A beginning whose continuation is another one that is kept adds to that one.

    Args:
        tree: all beginnings.
        kept: the beginnings in the beam, [W].
        blank: logarithm of the probability of those of their alignments that end with a blank, [W].
        voiced: the same for those that end with their last symbol, [W].
        row: logarithm of the probability of each symbol and, last, the blank, [K].
    """
    width, symbols = len(kept), len(row) - 1
    still_blank, still_voiced = np.full(width, -np.inf), np.full(width, -np.inf)
    onward = np.empty((width, symbols))
    for i in range(width):
        total, last = np.logaddexp(blank[i], voiced[i]), tree.symbol[kept[i]]
        still_blank[i] = total + row[symbols]
        for k in range(symbols):
            onward[i, k] = (blank[i] if k == last else total) + row[k]
        if last >= 0:
            still_voiced[i] = voiced[i] + row[last]
    for j in range(width):
        for i in range(width):
            if kept[j] != ROOT and tree.parent[kept[j]] == kept[i]:
                last = tree.symbol[kept[j]]
                still_voiced[j] = np.logaddexp(still_voiced[j], onward[i, last])
                onward[i, last] = -np.inf
    return still_blank, still_voiced, onward


@compiled
def _node(tree: _Tree, above: int, symbol: int) -> int:
    """The beginning that continues another by a symbol; a new one where it was never met."""
    node = tree.child[above]
    while node >= 0 and tree.symbol[node] != symbol:
        node = tree.sibling[node]
    if node < 0:
        node = tree.size[0]
        tree.size[0] += 1
        tree.parent[node], tree.symbol[node], tree.sibling[node] = above, symbol, tree.child[above]
        tree.child[above] = node
    return int(node)


@compiled
def _spelled(tree: _Tree, node: int) -> Indices:
    """The symbols of a beginning."""
    length, place = 0, node
    while place != ROOT:
        length, place = length + 1, tree.parent[place]
    symbols = np.empty(length, dtype=np.int64)
    while node != ROOT:
        length -= 1
        symbols[length], node = tree.symbol[node], tree.parent[node]
    return symbols


@compiled
def _searched(steps: Matrix, beam: int) -> Indices:
    """The most probable symbols of one sequence.

    Args:
        steps: logarithms of the probabilities of symbols and, last, the blank, [T, K].
        beam: beginnings that are kept.
    """
    empty = np.full((4, 1 + len(steps) * beam), -1, dtype=np.int64)
    tree = _Tree(empty[0], empty[1], empty[2], empty[3], np.ones(1, dtype=np.int64))
    kept, blank, voiced = np.zeros(1, dtype=np.int64), np.zeros(1), np.full(1, -np.inf)
    for row in steps:
        still_blank, still_voiced, onward = _continued(tree, kept, blank, voiced, row)
        width = len(kept)
        scores = np.concatenate((np.logaddexp(still_blank, still_voiced), onward.ravel()))
        best = np.argsort(-scores, kind="mergesort")[:beam]
        best = best[scores[best] > -np.inf]
        nodes, blank, voiced = np.zeros(len(best), dtype=np.int64), np.full(len(best), -np.inf), scores[best]
        for place, one in enumerate(best):
            if one < width:
                nodes[place], blank[place], voiced[place] = kept[one], still_blank[one], still_voiced[one]
            else:
                above, symbol = (one - width) // onward.shape[1], (one - width) % onward.shape[1]
                nodes[place] = _node(tree, kept[above], symbol)
        kept = nodes
    return _spelled(tree, kept[np.argmax(np.logaddexp(blank, voiced))])
