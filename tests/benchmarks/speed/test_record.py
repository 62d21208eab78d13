import pytest

from benchmarks.speed.record import Figure, Record


def test_a_record_is_found_again(record, tmp_path):
    """What was saved is what is loaded, by row and threads."""
    kept = record((64, {"seqloom": 1.0, "torch_nn": "not installed"}), threads=2)
    kept.save(tmp_path)
    assert Record.load("row", 2, tmp_path) == kept
    assert Record.load("row", 1, tmp_path) is None


def test_a_figure_is_the_median_of_all_calls():
    """Quartiles of five calls in two rounds, and the medians of the rounds."""
    figure = Figure.of("us", [[1.0, 2.0, 3.0], [4.0, 5.0]])
    assert (figure.low, figure.value, figure.high) == (2.0, 3.0, 4.0)
    assert (figure.rounds, figure.calls) == ((2.0, 4.5), 5)


def test_a_rate_needs_operations(record):
    """Hundred operations in half a second are two hundred in one; without a count there is no rate."""
    (measured,) = record((64, {"seqloom": 0.5})).measurements
    assert measured.figure("seqloom").rate == pytest.approx(200.0)
    assert Figure.of("us", [[0.5]]).rate is None


def test_who_did_not_take_part_says_so(record):
    """There is a figure without a value."""
    (measured,) = record((64, {"seqloom": 0.5})).measurements
    assert measured.figure("darts") == Figure(who="darts", reason="did not take part")
