"""The door of the command line: exit codes, one line for each error, no noise."""

import subprocess
import sys
import warnings

import click
import pytest

from seqloom.cli import main
from seqloom.errors import ArtifactError, DataError, MissingFileError, StorageError

WORDS = {"where": "here", "expected": "a number", "came": "none", "fix": "correct it"}


def parts(error):
    """The error of this kind."""
    words = dict(WORDS)
    return error(words.pop("where"), **words)


@pytest.fixture
def failing(monkeypatch):
    """Lets every command end with an error."""

    def fail(error):
        def go(**_):
            raise error

        monkeypatch.setattr(main.seqloom, "main", go)

    return fail


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (parts(DataError), 2),
        (parts(ArtifactError), 2),
        (parts(StorageError), 1),
        (ZeroDivisionError("division by zero"), 1),
        (click.UsageError("Missing argument"), 2),
        (click.ClickException("a click"), 1),
        (KeyboardInterrupt(), 130),
        (click.Abort(), 130),
        (click.exceptions.Exit(0), 0),
    ],
)
def test_every_end_has_its_exit_code(failing, error, code, capsys):
    """2 is the input's fault, 1 is ours or the machine's, 130 is Ctrl-C."""
    failing(error)
    assert main.run([]) == code
    assert capsys.readouterr().err.count("\n") == (code != 0)


def test_an_error_is_one_line(failing, capsys):
    """Line breaks in what came are taken out, so that logs stay readable."""
    failing(DataError("here", expected="a number", came="'a\nb'", fix="correct it"))
    main.run([])
    assert capsys.readouterr().err == "seqloom: here: expected a number, came 'a b'; correct it\n"


def test_an_unexpected_error_names_itself_and_the_way_to_more(failing, capsys):
    """No traceback, but its kind and how to see it."""
    failing(ZeroDivisionError("division by zero"))
    main.run([])
    expected = "seqloom: unexpected ZeroDivisionError: division by zero; run again with --debug for details\n"
    assert capsys.readouterr().err == expected


@pytest.mark.parametrize("error", [parts(DataError), ZeroDivisionError("division by zero")])
def test_debugging_shows_the_traceback(failing, error):
    """With --debug errors are raised as they are."""
    failing(error)
    with pytest.raises(type(error)):
        main.run([], debug=True)


def test_wrong_usage_is_one_line_even_when_debugging(failing, capsys):
    """A typing error in a flag needs no traceback."""
    failing(click.UsageError("No such option"))
    assert main.run([], debug=True) == 2
    assert capsys.readouterr().err == "seqloom: No such option; see seqloom --help\n"


def test_warnings_of_libraries_are_not_shown(monkeypatch, capsys):
    """What a library warns of below a command does not reach its user."""
    monkeypatch.setattr(sys, "warnoptions", [])
    monkeypatch.setattr(
        main.seqloom, "main", lambda **_: warnings.warn("a change is coming", FutureWarning, stacklevel=1)
    )
    main.run([])
    assert capsys.readouterr().err == ""


def test_warnings_are_shown_to_who_asks(monkeypatch):
    """Python's own option -W keeps its say."""
    monkeypatch.setattr(sys, "warnoptions", ["error"])
    monkeypatch.setattr(
        main.seqloom, "main", lambda **_: warnings.warn("a change is coming", FutureWarning, stacklevel=1)
    )
    with pytest.raises(FutureWarning, match="a change is coming"):
        main.run([], debug=True)


@pytest.mark.parametrize("name", list(main.COMMANDS))
def test_the_door_tells_of_every_command_what_the_command_tells_itself(name):
    """Help lines at the door are the first words of each command's own help."""
    context = click.Context(main.seqloom)
    shown = main.seqloom.get_command(context, name).get_short_help_str(limit=200)
    assert shown.split()[0] == main.COMMANDS[name].split()[0]


def test_help_lists_the_commands(command):
    """Every command is on the first page."""
    assert all(name in command("--help").out for name in main.COMMANDS)


def test_the_version_is_the_packages(command):
    """`--version` names program and version."""
    assert command("--version").out.startswith("seqloom, version 0.")


@pytest.mark.parametrize("place", [0, 1, 3])
def test_debug_may_stand_anywhere(place):
    """`--debug` is a word of the program, not of a command: the error goes on, and Python prints where it came from."""
    line = ["evaluate", "absent.loom", "absent.csv"]
    with pytest.raises(MissingFileError, match=r"absent\.loom"):
        main.main([*line[:place], "--debug", *line[place:]])


def test_the_module_is_the_command_line():
    """`python -m seqloom` exits with the command's own code."""
    line = [sys.executable, "-m", "seqloom", "evaluate", "absent.loom", "absent.csv"]
    done = subprocess.run(line, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.count("\n"), "Traceback" in done.stderr) == (2, 1, False)
