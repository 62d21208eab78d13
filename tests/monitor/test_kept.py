"""References as artifacts keep them."""

import json

import numpy as np
import pytest

from seqloom.monitor import Hits, Labels, Numbers
from seqloom.monitor.kept import reference_of

NORMAL = np.random.default_rng(0).normal(size=400)


@pytest.mark.parametrize(
    "reference",
    [
        Numbers.of([NORMAL]),
        Numbers.of([np.where(NORMAL > 1, np.nan, NORMAL)], side=1),
        Numbers.of([np.full(30, np.nan)]),
        Numbers.of([]),
        Labels.of([["a", None, "b"] * 20]),
        Labels.of([]),
        Hits.of([(NORMAL > 0).astype(float)]),
        Hits.of([]),
    ],
)
def test_a_reference_survives_json(reference):
    """Nothing is lost."""
    assert reference_of(json.loads(json.dumps(reference.to_json()))) == reference


@pytest.mark.parametrize(
    "plain",
    [
        None,
        [],
        {},
        {"kind": "other"},
        {"kind": "labels", "labels": 3, "shares": []},
        {"kind": "hits", "share": {"mean": "x"}},
        Numbers.of([NORMAL]).to_json() | {"edges": [1.0]},
        Numbers.of([NORMAL]).to_json() | {"level": {"mean": 0}},
    ],
)
def test_what_is_none_is_none(plain):
    """An artifact from elsewhere may say anything."""
    assert reference_of(plain) is None
