"""Which column tells sequences apart, where the user named none."""

import numpy as np
import polars as pl

from seqloom.read.clock import Clock
from seqloom.read.rejects import Rejects
from seqloom.read.table import Table

_NAMES = ("unique_id", "series_id", "sequence_id", "group_id", "item_id", "sequence", "series", "group")


def find_group(table: Table, clock: Clock | None, candidates: list[str]) -> str | None:
    """The column that is clearly the group, if there is one.

    Either it is called so (`unique_id`, `series_id`, `sequence_id`, `group_id`, `item_id`, `sequence`, `series`,
    `group`) and holds text or whole numbers, some of them more than once; or time stamps repeat, and within this one
    column of text, and no other, they do not. That is no accident where the rows of each of its labels lie together,
    or where most time stamps repeat.
    """
    labels = [name for name in candidates if _is_label(table.types[name])]
    called = [name for name in labels if name.lower() in _NAMES and table.first(name).is_duplicated().any()]
    if len(called) == 1:
        return called[0]
    texts = [name for name in labels if isinstance(table.types[name], (pl.String, pl.Categorical, pl.Enum))]
    if clock is None or table.streamed or not texts or isinstance(table.types[clock.column], (pl.List, pl.Array)):
        return None
    times = pl.Series("time", clock.read(table.first(clock.column), 0, Rejects(table.source, skip=True)))
    if bool(np.all(np.diff(times.to_numpy()) > 0)) or not times.is_duplicated().any():
        return None
    resolved = [name for name in texts if _tells_apart(times, table.first(name))]
    return resolved[0] if len(resolved) == 1 else None


def _tells_apart(times: pl.Series, labels: pl.Series) -> bool:
    if pl.DataFrame({"time": times, "group": labels}).is_duplicated().any():
        return False
    together = int((labels != labels.shift()).sum()) + 1 == labels.n_unique()
    return together or 2 * int(times.is_duplicated().sum()) > len(times)


def _is_label(dtype: pl.DataType) -> bool:
    return dtype.is_integer() or isinstance(dtype, (pl.String, pl.Categorical, pl.Enum))
