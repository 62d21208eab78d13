import math

from seqloom.live.reading import moment


def test_a_moment_is_a_whole_number():
    """Or none."""
    assert (moment(math.nan), moment(5.9), moment(-0.5)) == (None, 5, -1)
