import numpy as np
import polars as pl

from seqloom.read.decoder import Decoder
from seqloom.read.rejects import Rejects
from seqloom.sequence import Column

STOP = Rejects("a.csv", skip=False)
LOAD = Column(name="load", kind="number", role="past")
MOOD = Column(name="mood", kind="category", role="past")


def test_cells_are_decoded_by_kind():
    """Numbers become values, labels codes."""
    decoder = Decoder([LOAD, MOOD])
    assert decoder.decode(LOAD, pl.Series([1.5]), 0, STOP).tolist() == [1.5]
    assert decoder.decode(MOOD, pl.Series(["b", "a"]), 0, STOP).tolist() == [0, 1]


def test_labels_are_put_in_order_at_the_end():
    """When all slabs are decoded, labels are sorted and the codes follow."""
    decoder = Decoder([MOOD])
    slabs = [decoder.decode(MOOD, pl.Series(cells), 0, STOP) for cells in (["c", "a"], ["b", None, "c"])]
    columns = {"mood": np.concatenate(slabs)}
    assert decoder.finish(columns) == {"mood": ("a", "b", "c")}
    assert columns["mood"].tolist() == [2, 0, 1, -1, 2]
