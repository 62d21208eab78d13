"""Putting data sets one after the other."""

import numpy as np

from seqloom.sequence import Column, Schema, SequenceDataset, continued

SCHEMA = Schema(
    columns=(
        Column(name="y", kind="number", role="target"),
        Column(name="shop", kind="category", role="past"),
        Column(name="size", kind="number", role="static"),
    )
)


def dataset(sequences, labels, sizes):
    """Sequences {key: [(y, shop), ...]} with a vocabulary and a static size each."""
    rows = [row for steps in sequences.values() for row in steps]
    return SequenceDataset(
        schema=SCHEMA,
        offsets=np.cumsum([0, *(len(steps) for steps in sequences.values())]).astype(np.int64),
        steps={
            "y": np.array([y for y, _ in rows], dtype=float),
            "shop": np.array([labels.index(shop) if shop else -1 for _, shop in rows]),
        },
        statics={"size": np.array(sizes, dtype=float)},
        keys=np.array(list(sequences)),
        categories={"shop": tuple(labels)},
    )


FIRST = dataset({"a": [(1, "x"), (2, "y")], "b": [(3, None)]}, ["x", "y"], [10, 20])
LATER = dataset({"c": [(9, "z")], "a": [(4, "z"), (5, "y")]}, ["y", "z"], [30, 11])


def test_a_sequence_is_followed_by_the_steps_of_the_same_key():
    """Steps are joined key by key; a key only the later set has comes last."""
    joined = continued(FIRST, LATER)
    assert joined.keys.tolist() == ["a", "b", "c"]
    assert [joined.steps["y"][s:e].tolist() for s, e in zip(joined.offsets, joined.offsets[1:], strict=False)] == [
        [1, 2, 4, 5],
        [3],
        [9],
    ]


def test_labels_keep_their_meaning_across_vocabularies():
    """Codes are translated into the union of both vocabularies; a missing label stays missing."""
    joined = continued(FIRST, LATER)
    labels = [*joined.categories["shop"], None]
    assert [labels[code] for code in joined.steps["shop"]] == ["x", "y", "z", "y", None, "z"]


def test_static_values_are_those_of_the_first_data_set_that_has_the_sequence():
    """A later value of a static column does not overwrite an earlier one."""
    assert continued(FIRST, LATER).statics["size"].tolist() == [10, 20, 30]
