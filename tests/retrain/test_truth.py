"""What came true of a recorded prediction."""

import pytest

from seqloom.retrain.truth import key_of, truth_of
from seqloom.store import Record


@pytest.mark.parametrize(
    ("truth", "targets", "found"),
    [
        (b'{"y": 2.5, "z": 1}', ("y",), {"y": 2.5}),
        (b"2.5", ("y",), {"y": 2.5}),
        (b'"high"', ("y",), {"y": "high"}),
        (b"2.5", ("y", "z"), {}),
        (b"2.5", (), {}),
        (b"null", ("y",), {}),
        (b'{"y": null}', ("y",), {}),
        (b"{", ("y",), {}),
        (None, ("y",), {}),
    ],
)
def test_a_truth_is_a_value_or_values_by_name(truth, targets, found):
    """What cannot be read is not known."""
    assert truth_of(Record("a", 0, 0, "d", 0, None, b"{}", b"{}", truth), targets) == found


def test_a_reading_is_known_by_stream_epoch_and_number():
    """In this order, which is that of a stream's readings."""
    assert key_of(Record("a", 1, 2, "d", 0, None, b"{}", b"{}")) == ("a", 1, 2)
