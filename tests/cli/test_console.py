"""Tables of commands, and how wide they are."""

import pytest

from seqloom.cli.console import say_table, shown, stdout


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


def test_what_is_no_terminal_is_a_hundred_letters_wide(capsys):
    """Tables in files and pipes do not depend on a terminal."""
    stdout().print("x" * 150)
    assert [len(line) for line in capsys.readouterr().out.splitlines()] == [100, 50]
