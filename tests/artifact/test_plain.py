import numpy as np
import pytest

from seqloom.artifact.plain import plain


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (np.float32(0.5), 0.5),
        (np.int64(3), 3),
        (np.bool_(1), True),
        (float("nan"), None),
        (np.float64("-inf"), None),
        ((1, (2,)), [1, [2]]),
        ({"a": {1: np.float64("nan")}}, {"a": {"1": None}}),
        ("text", "text"),
        (None, None),
    ],
)
def test_values_become_what_json_holds(value: object, expected: object) -> None:
    """NumPy's numbers, tuples and undefined numbers have one form each in JSON."""
    assert plain(value) == expected
    assert type(plain(value)) is type(expected)
