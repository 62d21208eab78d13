"""What the commands say."""

import json

import numpy as np
import pytest

from seqloom.cli.console import counted, print_json, say, say_table, shown, stdout


def test_talk_goes_to_stderr(capsys):
    """Stdout stays free for data."""
    say("hello")
    say_table([{"column": "load", "min": 1.23456}])
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.split() == ["hello", "column", "min", "load", "1.235"]


def test_numbers_that_are_not_finite_become_null(capsys):
    """JSON has no word for them."""
    print_json({"rmse": float("nan"), "r2": [float("-inf"), 0.5]})
    assert json.loads(capsys.readouterr().out) == {"rmse": None, "r2": [None, 0.5]}


@pytest.mark.parametrize(("number", "text"), [(0, "0 examples"), (1, "1 example"), (2, "2 examples")])
def test_things_are_counted_as_people_do(number, text):
    """One has no plural."""
    assert counted(number) == text


@pytest.mark.parametrize(
    ("cell", "text"), [(None, "-"), (True, "yes"), (False, "no"), (3, "3"), (1.23456, "1.235"), ("a", "a")]
)
def test_a_cell_is_shown_with_four_digits(cell, text):
    """What is missing is a hyphen."""
    assert shown(cell) == text


def test_output_to_a_file_is_a_hundred_letters_wide(capsys):
    """A pipe has no width of its own."""
    stdout().print("x" * 250)
    assert [len(line) for line in capsys.readouterr().out.splitlines()] == [100, 100, 50]


def test_numpy_scalars_are_plain_numbers(capsys):
    """A float64 is a float."""
    print_json({"mae": np.float64(0.5)})
    assert capsys.readouterr().out == '{"mae": 0.5}\n'
