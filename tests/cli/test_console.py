"""What commands say, and where."""

import json
import math

import pytest

from seqloom.cli.console import counted, print_json, say, say_table, shown, stdout


def test_talk_goes_to_stderr(capsys):
    """Stdout is left to data."""
    say("reading")
    assert capsys.readouterr() == ("", "reading\n")


def test_an_object_is_one_line_of_json(capsys):
    """What is printed reads back equal."""
    print_json({"mse": 0.5, "names": ("a", "b")})
    out = capsys.readouterr().out
    assert (out.count("\n"), json.loads(out)) == (1, {"mse": 0.5, "names": ["a", "b"]})


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_a_number_json_cannot_hold_becomes_null(capsys, number):
    """Readers of strict JSON are not surprised."""
    print_json({"metrics": [{"r2": number}]})
    assert json.loads(capsys.readouterr().out) == {"metrics": [{"r2": None}]}


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, "-"), (True, "yes"), (False, "no"), (0.123456, "0.1235"), (1234567, "1234567"), ("a", "a")],
)
def test_a_cell_is_short(value, text):
    """Numbers have four digits that count, truth is said in words, what is missing is a hyphen."""
    assert shown(value) == text


def test_a_table_is_talk(capsys):
    """Records become lines under a heading of their names, on stderr; brackets are no markup."""
    say_table([{"column": "load [kW]", "missing": 0}, {"column": "day", "missing": 12}])
    out, err = capsys.readouterr()
    assert out == ""
    assert [line.split() for line in err.splitlines()] == [["column", "missing"], ["load", "[kW]", "0"], ["day", "12"]]


@pytest.mark.parametrize(("number", "words"), [(0, "0 examples"), (1, "1 example"), (2, "2 examples")])
def test_one_thing_is_not_several(number, words):
    """The plural begins at two, and at nothing."""
    assert counted(number) == words


def test_what_is_no_terminal_is_a_hundred_letters_wide(capsys):
    """Tables in files and pipes do not depend on a terminal."""
    stdout().print("x" * 150)
    assert [len(line) for line in capsys.readouterr().out.splitlines()] == [100, 50]
