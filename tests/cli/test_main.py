"""The command."""

import importlib

import click
import pytest

from seqloom.cli import main as command_line
from seqloom.cli.main import COMMANDS, main, run
from seqloom.errors import DataError, TrainingError


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_where_its_name_says(name):
    """`seqloom NAME` is the object `command` of the file NAME, and has the help line the door shows."""
    command = importlib.import_module(f"seqloom.cli.{name}").command
    assert isinstance(command, click.Command)
    assert run([name, "--help"]) == 0


def test_an_unknown_command_is_one_line_and_exit_code_two(capsys):
    """The line names what came."""
    assert run(["paint"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def failing(monkeypatch, error):
    """A command that fails with this error."""

    @click.command()
    def command():
        """Fail."""
        raise error

    monkeypatch.setattr(command_line.LazyGroup, "get_command", lambda *_: command)


@pytest.mark.parametrize(("kind", "code"), [(DataError, 2), (TrainingError, 1)])
def test_an_error_is_one_line_and_its_exit_code(capsys, monkeypatch, kind, code):
    """No traceback for what was foreseen."""
    failing(monkeypatch, kind("a.csv", expected="a number", came="'x'", fix="correct it"))
    assert run(["fit"]) == code
    assert capsys.readouterr().err == "seqloom: a.csv: expected a number, came 'x'; correct it\n"


def test_what_was_not_foreseen_is_one_line_too(capsys, monkeypatch):
    """It says how to learn more."""
    failing(monkeypatch, ZeroDivisionError("division"))
    assert run(["fit"]) == 1
    assert "--debug" in capsys.readouterr().err


def test_debug_shows_the_traceback(monkeypatch):
    """The error itself is raised."""
    failing(monkeypatch, ZeroDivisionError("division"))
    with pytest.raises(ZeroDivisionError):
        run(["fit"], debug=True)


def test_ctrl_c_has_an_exit_code_of_its_own(monkeypatch):
    """As shells expect it."""
    failing(monkeypatch, KeyboardInterrupt())
    assert run(["fit"]) == 130


def test_main_exits_with_the_code_of_the_command():
    """The process tells the shell."""
    with pytest.raises(SystemExit) as leaving:
        main(["--version"])
    assert leaving.value.code == 0
