import numpy as np
import pytest

from seqloom.report.table import Column, Table, aligned, metric_name, scores_table, written


def marked(best: str, *cells: float | None) -> set[int]:
    table = Table(columns=(Column(name="m", best=best),), rows=tuple((cell,) for cell in cells))
    return set(table.best_rows(0))


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (0.0123456, "0.01235"),
        (-1.5, "-1.500"),
        (999.96, "1,000"),
        (1234567.8, "1,234,568"),
        (1e9, "1.000e9"),
        (0.0, "0"),
        (float("nan"), "-"),
        (float("inf"), "inf"),
        (12345, "12,345"),
        (False, "no"),
        ("12345", "12345"),
    ],
)
def test_numbers_are_written_with_four_significant_digits(cell, text):
    """Floats are rounded, whole numbers and words stay whole."""
    assert written(cell) == text


def test_decimal_points_stand_below_each_other():
    """With its invisible ending every number of a column has as many letters behind the point."""
    endings = [(text + tail).partition(".")[2] for text, tail in aligned([0.5, 12.25, 300, None])]
    assert {len(ending) for ending in endings} == {4}


def test_the_lowest_error_is_the_best():
    """Where low is good the smallest number is marked."""
    assert marked("low", 2.0, 1.0, 3.0) == {1}


def test_the_highest_share_is_the_best():
    """Where high is good the largest number is marked."""
    assert marked("high", 2.0, 1.0, 3.0) == {2}


def test_numbers_that_print_alike_are_equally_good():
    """A difference that nobody sees is no difference."""
    assert marked("low", 1.00001, 1.00002, 3.0) == {0, 1}


def test_one_alone_is_not_the_best():
    """A column with a single number has nothing to compare."""
    assert marked("low", 1.0, None) == set()


def test_scores_keep_the_order_and_mark_the_model():
    """Rows follow the given order; a metric one row lacks stays empty there."""
    table = scores_table({"naive": {"mae": 2.0}, "model": {"mae": 1.0, "coverage_90": 0.9}}, model="model")
    assert table.rows == (("naive", 2.0, None), ("model", 1.0, 0.9))
    assert table.highlight == 1
    assert table.best_rows(1) == {1}


def test_coverage_has_no_best():
    """More coverage than promised is no virtue."""
    assert scores_table({"a": {"coverage_90": 0.8}, "b": {"coverage_90": 0.99}}, model="a").best_rows(1) == set()


def test_unknown_metrics_are_named_as_they_are():
    """A metric without a name of its own is shown in plain words."""
    assert metric_name("edit_distance") == "edit distance"


def test_numbers_of_numpy_stay_whole():
    """An int64 is printed without a decimal point."""
    table = Table(columns=(Column(name="n"),), rows=((np.int64(1234),),))
    assert written(table.rows[0][0]) == "1,234"


def test_names_are_written_with_spaces():
    """As on the terminal."""
    table = scores_table({"model": {"mse": 1.0}, "seasonal_naive": {"mse": 2.0}}, model="model")
    assert [row[0] for row in table.rows] == ["model", "seasonal naive"]
