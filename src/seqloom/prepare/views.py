"""How examples are looked at where they are judged: whole windows, and beginnings that end at a label."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from seqloom.prepare.examples import Examples
from seqloom.prepare.following import asked_rows
from seqloom.sequence import spans

ROWS = 1_000_000
"""Rows looked through at once."""


def joint(examples: Examples) -> Examples:
    """The same windows with all target columns together, where examples are one column each."""
    if examples.channel is None:
        return examples
    columns = len(examples.prepared.target_names)  # the columns of a window stand side by side
    return replace(examples.take(slice(None, None, columns)), channel=None)


def covered_rows(examples: Examples) -> NDArray[np.int64]:
    """The rows of all examples, one example after the other, [N]."""
    return spans(examples.start.astype(np.int64), examples.stop.astype(np.int64))


def asked_events(examples: Examples) -> Examples:
    """One example for each asked row: what came up to it, and no other row asked."""
    _, rows, owner = asked_rows(examples)
    each = examples.take(owner)
    return replace(each, stop=rows + 1, warm=rows - each.start)


def labelled_prefixes(examples: Examples, per_sequence: int) -> tuple[Examples, NDArray[np.int64]]:
    """Beginnings of sequences that end at a labelled step, for targets with a value per step.

    Args:
        examples: whole sequences.
        per_sequence: how many labelled steps of a sequence to take at most, evenly spaced; the last one is always among
            them.

    Returns:
        The beginnings as examples, and which of the given examples each comes from. Sequences without a label have
        none.
    """
    runs = np.cumsum(examples.stop - examples.start) // ROWS
    pieces = np.split(np.arange(len(examples)), np.flatnonzero(np.diff(runs)) + 1)
    rows, owners = zip(*(_labelled(examples.take(places), per_sequence) for places in pieces), strict=True)
    owner = np.concatenate([places[local] for places, local in zip(pieces, owners, strict=True)])
    return replace(examples.take(owner), stop=np.concatenate(rows) + 1), owner


def _labelled(examples: Examples, per_sequence: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Some labelled rows of each example, evenly spaced, and which example each lies in."""
    rows = covered_rows(examples)
    owner = np.repeat(np.arange(len(examples)), examples.stop - examples.start)
    labelled = np.isfinite(examples.prepared.targets[rows]).all(axis=1)
    rows, owner = rows[labelled], owner[labelled]
    counts = np.bincount(owner, minlength=len(examples))
    later = np.cumsum(counts)[owner] - 1 - np.arange(len(owner))  # labelled steps that follow in the same sequence
    stride = np.maximum(1, -(-counts // per_sequence))[owner]
    chosen = later % stride == 0
    return rows[chosen], owner[chosen]
