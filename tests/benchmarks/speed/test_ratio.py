import pytest

from benchmarks.speed.ratio import against, mean, ratio
from benchmarks.speed.record import Figure


def test_the_ratio_is_that_of_the_medians():
    """Medians 2 and 6 of all calls give 3; its quartiles come from the rounds, 2 and 4 there."""
    ours = Figure.of("us", [[1.0, 2.0, 3.0], [2.0, 2.0, 2.0]])
    theirs = Figure.of("them", [[4.0, 4.0, 4.0], [8.0, 8.0, 8.0]])
    found = ratio(ours, theirs)
    assert (found.value, found.low, found.high) == pytest.approx((3.0, 2.5, 3.5))


def test_who_took_part_in_fewer_rounds_is_compared_with_those_near():
    """Two rounds of four stand beside our first and our third."""
    found = ratio(Figure.of("us", [[1.0], [9.0], [2.0], [9.0]]), Figure.of("them", [[10.0], [20.0]]))
    assert (found.low, found.high) == (10.0, 10.0)


def test_the_fastest_of_others_counts(record):
    """Of padded and packed the better one; who was not measured is not asked."""
    (measured,) = record((64, {"seqloom": 1.0, "a": 5.0, "b": 3.0, "c": "missing"})).measurements
    assert against(measured, ("a", "b", "c")).value == 3.0
    assert against(measured, ("c",)) is None


def test_means_are_geometric(record):
    """Twice and eight times as fast is four times in the mean."""
    cases = record((32, {"seqloom": 1.0, "a": 2.0}), (64, {"seqloom": 1.0, "a": 8.0})).measurements
    assert mean([against(case, ("a",)) for case in cases]) == pytest.approx(4.0)
