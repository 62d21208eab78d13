"""Truths as clients write them."""

import pytest

from seqloom.live import Tell
from seqloom.serve import Limits
from seqloom.serve.refusal import RequestError
from seqloom.serve.truths import truths


def test_a_document_becomes_what_the_engine_is_told():
    """A value alone, or values by column; the present epoch where none is said."""
    rows = [{"seq": 0, "truth": "on"}, {"seq": 3, "truth": {"level": None, "mode": True}}]
    assert truths({"truths": rows}, "a", Limits()) == Tell("a", None, {0: b'"on"', 3: b'{"level":null,"mode":true}'})


@pytest.mark.parametrize("truth", [None, [1], {"x": [1]}, float("inf"), "x" * 100_000])
def test_what_no_column_can_have_is_refused(truth):
    """By its field, wherever the document stands."""
    with pytest.raises(RequestError, match=r"frame\.truths\[0\]\.truth: expected a value"):
        truths({"truths": [{"seq": 0, "truth": truth}]}, "a", Limits(), "frame")
