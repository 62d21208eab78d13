"""The recipes' command."""

import sys

import pytest

from seqloom.cli import recipe


@pytest.fixture
def kitchen(tmp_path, monkeypatch):
    """A folder of one recipe that says what it was given."""
    (tmp_path / "echo.py").write_text(
        '"""Say what was given.\n\nMore."""\n\nimport sys\n\nprint(__name__, sys.argv[1:])\n'
    )
    (tmp_path / "__init__.py").touch()
    monkeypatch.setattr(recipe, "FOLDER", tmp_path)
    return tmp_path


@pytest.mark.usefixtures("kitchen")
def test_recipes_are_listed_with_their_first_line(command):
    """Name and one sentence, a line each."""
    assert command("recipe", "list").out == "echo        Say what was given.\n"


@pytest.mark.usefixtures("kitchen")
def test_a_recipe_gets_its_own_arguments(command):
    """Everything after the name is the recipe's, flags and all."""
    assert command("recipe", "run", "echo", "folder", "--help").out == "__main__ ['folder', '--help']\n"


def test_help_before_a_name_is_that_of_the_command(command):
    """It says how a recipe is called."""
    assert command("recipe", "run", "--help").out.startswith("Usage: seqloom recipe run [OPTIONS] NAME")


@pytest.mark.usefixtures("kitchen")
def test_arguments_are_put_back_after_a_run(command):
    """The process is left as it was."""
    before = list(sys.argv)
    command("recipe", "run", "echo", "folder")
    assert sys.argv == before


def test_a_recipe_is_copied_here(kitchen, command, tmp_path_factory, monkeypatch):
    """The copy is the file, to be changed."""
    here = tmp_path_factory.mktemp("here")
    monkeypatch.chdir(here)
    assert command("recipe", "copy", "echo").out == "echo.py\n"
    assert (here / "echo.py").read_text() == (kitchen / "echo.py").read_text()


def test_a_copy_overwrites_nothing(kitchen, command, tmp_path_factory):
    """What stands there is kept, and another name asked for."""
    target = tmp_path_factory.mktemp("here") / "mine.py"
    target.write_text("mine")
    found = command("recipe", "copy", "echo", "-o", target)
    assert (found.code, target.read_text()) == (2, "mine")
    assert "expected a new file, came one that exists; name another with -o" in found.err


def test_a_copy_to_nowhere_fails(kitchen, command):
    """A folder that is not there is named."""
    found = command("recipe", "copy", "echo", "-o", kitchen / "nowhere" / "echo.py")
    assert (found.code, "expected a file that can be written, came No such file" in found.err) == (1, True)


@pytest.mark.parametrize("name", list(recipe.available()))
def test_every_recipe_says_what_it_does(name):
    """The first line of its docstring is a sentence or a title."""
    assert len(recipe.available()[name]) > len(name)
