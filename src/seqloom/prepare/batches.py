"""The batches of one pass over some examples."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from seqloom.prepare.examples import Examples, Places
from seqloom.sequence import Batch

BATCHES_PER_BUCKET = 4
"""Batches an automatic bucket holds at least, so that a batch is not the same neighbours each time."""
MOST_BUCKETS = 32
VALUES_AT_ONCE = 1 << 13
"""Numbers up to which batches are gathered together: below, it is the number of calls that costs, not the copying."""


def epoch(
    examples: Examples,
    batch_size: int,
    *,
    generator: np.random.Generator | None,
    buckets: int = 0,
    steps: int | None = None,
) -> Iterator[NDArray[np.int64]]:
    """Index arrays of the batches of one epoch; every example once, all batches full but one.

    Where lengths differ, batches are made of examples of similar length: the shuffled examples are put into buckets
    by length, cut into batches bucket after bucket, and the batches shuffled.

    With a budget of steps a batch has as many examples as it holds, and one at least: long examples and short ones
    then cost alike.

    Args:
        examples: what to go through.
        batch_size: examples in a batch.
        generator: what shuffles; None for all examples in order.
        buckets: number of buckets; 0 for as many as the number of batches allows, 1 for none.
        steps: of all examples of a batch together, at most; None: `batch_size` examples. Only where they are shuffled.

    Yields:
        Places of examples, int64, at most `batch_size` of them, or `steps` steps.
    """
    if generator is None:
        for start in range(0, len(examples), batch_size):
            yield np.arange(start, min(start + batch_size, len(examples)))
        return
    order = generator.permutation(len(examples))
    lengths = examples.lengths
    wanted = buckets or min(MOST_BUCKETS, len(examples) // (BATCHES_PER_BUCKET * batch_size))
    differ = wanted > 1 and bool(lengths.min() < lengths.max())
    if differ:
        borders = np.quantile(lengths, np.arange(1, wanted) / wanted)
        bucket = np.searchsorted(borders, lengths[order], side="left")
        order = order[np.argsort(bucket, kind="stable")]
    cuts = np.arange(0, len(examples), batch_size) if steps is None else _cuts(lengths[order], steps)
    ends = np.append(cuts[1:], len(examples))
    for place in (generator.permutation(len(cuts)) if differ else np.arange(len(cuts))).tolist():
        yield order[cuts[place] : ends[place]]


def _cuts(lengths: Places, steps: int) -> NDArray[np.int64]:
    """Where batches begin that have at most so many steps, or one example.

    Example:
        >>> _cuts(np.array([3, 3, 3, 9, 1, 1]), 6).tolist()
        [0, 2, 3, 4]
    """
    ends, cuts = np.cumsum(lengths), [0]
    while cuts[-1] < len(lengths):
        before = ends[cuts[-1] - 1] if cuts[-1] else 0
        cuts.append(max(cuts[-1] + 1, int(np.searchsorted(ends, before + steps, side="right"))))
    return np.array(cuts[:-1], dtype=np.int64)


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
