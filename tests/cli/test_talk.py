"""What commands say, and where."""

import json
import math

import pytest

from seqloom.cli.talk import counted, print_json, say


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


@pytest.mark.parametrize(("number", "words"), [(0, "0 examples"), (1, "1 example"), (2, "2 examples")])
def test_one_thing_is_not_several(number, words):
    """The plural begins at two, and at nothing."""
    assert counted(number) == words
