"""How one sequence of symbols stands beside another."""

import numpy as np
from numpy.typing import NDArray

from seqloom.sequence.compiled import compiled

Indices = NDArray[np.int64]


@compiled
def alignment(said: Indices, truth: Indices) -> Indices:
    """Places of the symbols that stand beside each other in the cheapest way from one sequence to the other.

    Another symbol, one more, one less: each costs 1.

    Args:
        said: symbols, [rows].
        truth: other symbols, [columns].

    Returns:
        Places in `said` and in `truth`, -1 where nothing stands beside a symbol, [steps, 2].
    """
    rows, columns = len(said), len(truth)
    cost = np.zeros((rows + 1, columns + 1), dtype=np.int64)
    cost[:, 0] = np.arange(rows + 1)
    cost[0, :] = np.arange(columns + 1)
    for i in range(1, rows + 1):
        for j in range(1, columns + 1):
            beside = cost[i - 1, j - 1] + (said[i - 1] != truth[j - 1])
            cost[i, j] = min(beside, cost[i - 1, j] + 1, cost[i, j - 1] + 1)
    found = np.full((rows + columns, 2), -1, dtype=np.int64)
    place, i, j = rows + columns, rows, columns
    while i > 0 or j > 0:
        place -= 1
        if i > 0 and j > 0 and cost[i, j] == cost[i - 1, j - 1] + (said[i - 1] != truth[j - 1]):
            i, j = i - 1, j - 1
            found[place, 0], found[place, 1] = i, j
        elif i > 0 and cost[i, j] == cost[i - 1, j] + 1:
            i -= 1
            found[place, 0] = i
        else:
            j -= 1
            found[place, 1] = j
    return found[place:]
