"""Products of rows with the columns that follow them: a band of a matrix, without the rest of it."""

from jaxtyping import Float
from torch import Tensor
from torch.nn import functional


def band(
    rows: Float[Tensor, "T B C E"], columns: Float[Tensor, "W B E"], first: int, stride: int, width: int
) -> Float[Tensor, "T B C P"]:
    """`out[t, b, c, p] = sum_e rows[t, b, c, e] columns[first + t stride + p, b, e]` for `p` from 0 to `width - 1`.

    Some rows at a time are multiplied with all columns that any of them needs, and the band is read out of the product
    by its diagonals: with as many rows as make the columns twice the width, twice the products, but each number of
    `columns` is copied twice instead of `width` times.

    Args:
        rows: what is multiplied.
        columns: with what; at least `first + (T - 1) stride + width` of them.
        first: column at which the band of the first row begins.
        stride: columns between the bands of two rows, at least 1.
        width: columns of each band, `P`.

    Example:
        >>> import torch
        >>> columns = torch.arange(5.0).reshape(5, 1, 1)
        >>> band(torch.ones(2, 1, 1, 1), columns, first=1, stride=2, width=2).flatten().tolist()
        [1.0, 2.0, 3.0, 4.0]
    """
    count, size, channels, depth = rows.shape
    together = max(1, min(width // stride, count))
    blocks = -(-count // together)
    span = (together - 1) * stride + width
    missing = first + (blocks - 1) * together * stride + span - len(columns)
    columns = functional.pad(columns, (0, 0, 0, 0, 0, max(0, missing)))[first:]
    windows = columns.unfold(0, span, together * stride)[:blocks]  # [blocks, B, E, span]
    rows = functional.pad(rows, (0, 0, 0, 0, 0, 0, 0, blocks * together - count))
    own = rows.reshape(blocks, together, size, channels, depth).permute(0, 2, 3, 1, 4)  # [blocks, B, C, rows, E]
    product = own.reshape(blocks * size, channels * together, depth) @ windows.reshape(blocks * size, depth, span)
    shifted = functional.pad(product.reshape(-1, together * span), (0, together * stride))  # each row begins later
    found = shifted.reshape(blocks, size, channels, together, span + stride)[..., :width]
    return found.permute(0, 3, 1, 2, 4).reshape(blocks * together, size, channels, width)[:count]
