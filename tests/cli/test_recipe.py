"""The recipes at the command line."""

import sys

import pytest

from seqloom.cli import recipe
from seqloom.cli.main import run


def test_every_recipe_is_listed_with_its_first_line(capsys):
    """The list is made of the files themselves."""
    assert run(["recipe", "list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == sorted(recipe.available())
    assert all(len(line.split()) > 3 for line in lines)


def test_a_recipe_is_copied_to_be_changed(tmp_path, capsys):
    """The copy is the file, and its place is printed."""
    target = tmp_path / "mine.py"
    assert run(["recipe", "copy", "demo", "-o", str(target)]) == 0
    assert target.read_text() == (recipe.FOLDER / "demo.py").read_text()
    assert capsys.readouterr().out.strip() == str(target)


def test_a_copy_never_overwrites(tmp_path, capsys):
    """What stands there may be somebody's work."""
    target = tmp_path / "mine.py"
    target.write_text("precious")
    assert run(["recipe", "copy", "demo", "-o", str(target)]) == 2
    assert target.read_text() == "precious"
    assert "expected a new file, came one that exists" in capsys.readouterr().err


@pytest.mark.parametrize("verb", ["run", "copy"])
def test_an_unknown_recipe_is_refused_with_the_list(verb, capsys):
    """The message names those there are."""
    assert run(["recipe", verb, "paint"]) == 2
    assert "demo" in capsys.readouterr().err


def test_words_after_the_name_are_the_recipes_own(tmp_path, capsys, monkeypatch):
    """The recipe sees them as its arguments, and the process gets its own back."""
    (tmp_path / "echo.py").write_text('"""Say the arguments."""\nimport sys\nprint(sys.argv[1:])\n')
    monkeypatch.setattr(recipe, "FOLDER", tmp_path)
    before = sys.argv
    assert run(["recipe", "run", "echo", "--epochs", "3"]) == 0
    assert capsys.readouterr().out == "['--epochs', '3']\n"
    assert sys.argv is before
