import pytest

from seqloom.report.shortened import shortened


def test_a_short_text_stays_as_it_is():
    """To the last letter that fits."""
    assert shortened("x" * 280) == "x" * 280


@pytest.mark.parametrize("most", [5, 16, 17])
def test_a_long_text_keeps_its_beginning_and_its_end(most):
    """It is exactly as long as allowed."""
    text = "".join(chr(97 + place % 26) for place in range(100))
    found = shortened(text, most)
    begin, end = found.split(" … ")
    assert len(found) == most
    assert text.startswith(begin)
    assert text.endswith(end)
