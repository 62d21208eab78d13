"""Products of each step with the steps that follow it: a band of the matrix of all products."""

import torch
from torch import Tensor
from torch.nn.functional import pad


def band(queries: Tensor, keys: Tensor, *, first: int, apart: int, width: int) -> Tensor:
    """Inner products of query `t` with the keys `first + t * apart` and those after it, `width` in all.

    Queries are taken in blocks of so many that the keys of a block are about twice as many as those of one query: one
    matrix product a block, of which half is used. Windows of keys laid out for each query would take `width` times
    the memory and most of the time; the whole matrix would for few steps ahead of long sequences.

    Args:
        queries: [T, B, C, E].
        keys: [L, B, E].
        first: place of the first key of the first query.
        apart: keys from one query's first to the next one's.
        width: `P`.

    Returns:
        [T, B, P, C].
    """
    count, size, channels, _ = queries.shape
    block = min(count, -(-width // apart))
    blocks = -(-count // block)
    span = (block - 1) * apart + width
    missing = (blocks - 1) * block * apart + span - (len(keys) - first)
    parts = pad(keys[first:], (0, 0, 0, 0, 0, max(0, missing))).unfold(0, span, block * apart)[:blocks]  # [n, B, E, W]
    rows = pad(queries, (0, 0, 0, 0, 0, 0, 0, blocks * block - count)).reshape(blocks, block, size, channels, -1)
    products = torch.matmul(rows.permute(0, 2, 3, 1, 4).flatten(2, 3), parts)  # [n, B, C k, W]
    skewed = products.reshape(blocks, size, channels, -1).unfold(3, width, span + apart)  # [n, B, C, k, P]
    return skewed.permute(0, 3, 1, 4, 2).reshape(blocks * block, size, width, channels)[:count]
