from seqloom.sequence import EventShape


def test_columns_stand_in_their_order():
    """Type, mark and logarithm of the gap, numbers, categories."""
    shape = EventShape(types=4, gap=True, numbers=("x", "y"), categories=("team",), labels=(2,))
    assert (shape.first_number, shape.first_category, shape.width) == (3, 5, 6)
    assert shape.names == ("gap:zero", "gap", "x", "y", "team")


def test_without_a_clock_attributes_follow_the_type():
    """There is no gap to leave room for."""
    assert EventShape(types=4, numbers=("x",)).first_number == 1
