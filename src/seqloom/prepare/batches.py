"""The batches of one pass over some examples."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from seqloom.prepare.examples import Examples
from seqloom.sequence import Batch

BATCHES_PER_BUCKET = 4
"""Batches an automatic bucket holds at least, so that a batch is not the same neighbours each time."""
MOST_BUCKETS = 32
VALUES_AT_ONCE = 1 << 13
"""Numbers up to which batches are gathered together: below, it is the number of calls that costs, not the copying."""


def epoch(
    examples: Examples, batch_size: int, *, generator: np.random.Generator | None, buckets: int = 0
) -> Iterator[NDArray[np.int64]]:
    """Index arrays of the batches of one epoch; every example once, all batches full but one.

    Where lengths differ, batches are made of examples of similar length: the shuffled examples are put into buckets
    by length, cut into batches bucket after bucket, and the batches shuffled.

    Args:
        examples: what to go through.
        batch_size: examples in a batch.
        generator: what shuffles; None for all examples in order.
        buckets: number of buckets; 0 for as many as the number of batches allows, 1 for none.

    Yields:
        Places of examples, int64, at most `batch_size` of them.
    """
    if generator is None:
        for start in range(0, len(examples), batch_size):
            yield np.arange(start, min(start + batch_size, len(examples)))
        return
    order = generator.permutation(len(examples))
    lengths = examples.lengths
    wanted = buckets or min(MOST_BUCKETS, len(examples) // (BATCHES_PER_BUCKET * batch_size))
    starts = np.arange(0, len(examples), batch_size)
    if wanted > 1 and lengths.min() < lengths.max():
        borders = np.quantile(lengths, np.arange(1, wanted) / wanted)
        bucket = np.searchsorted(borders, lengths[order], side="left")
        order = order[np.argsort(bucket, kind="stable")]
        starts = generator.permutation(starts)
    for start in starts.tolist():
        yield order[start : start + batch_size]


def batches(examples: Examples, order: Sequence[NDArray[np.int64]]) -> Iterator[Batch]:
    """The batches of these places, one after the other.

    Small ones of equal length are gathered several at a time and cut apart, which gives the same batches.

    Args:
        examples: what they are batches of.
        order: the places of each, as `epoch` gives them.
    """
    if not order:
        return
    first = examples.batch(order[0])
    yield first
    values, steps = first.numbers.values.numel() + first.target.numel(), examples.lengths
    alike = steps.min() == steps.max() and examples.prepared.target_offsets is None
    together = max(1, VALUES_AT_ONCE // max(1, values)) if alike else 1
    for start in range(1, len(order), together):
        some = order[start : start + together]
        if len(some) == 1:
            yield examples.batch(some[0])
        else:
            yield from examples.batch(np.concatenate(some)).cut([len(places) for places in some])
