"""The reference page names what is public and says what it is."""

import reference


def write(folder, files):
    """The package made of these files."""
    package = folder / "seqloom"
    for name, text in files.items():
        (package / name).parent.mkdir(parents=True, exist_ok=True)
        (package / name).write_text(text)
    return package


def test_a_door_shows_what_it_re_exports(tmp_path):
    """A name that comes through a door carries the summary written where it is defined."""
    door = '"""A room."""\n\nfrom seqloom.room.thing import Thing as Thing\n\n__all__ = ["Thing"]\n'
    thing = 'class Thing:\n    """What it is,\n    in a | sentence.\n\n    And more.\n    """\n\n\nclass Other: ...\n'
    text = reference.page(write(tmp_path, {"room/__init__.py": door, "room/thing.py": thing}))
    assert text.splitlines()[4:] == [
        "## `seqloom.room`",
        "",
        "A room.",
        "",
        "| name | is |",
        "|---|---|",
        "| `Thing` | What it is, in a \\| sentence. |",
    ]


def test_a_module_shows_its_public_names(tmp_path):
    """A module on the lowest floor is listed with its own public classes, functions and aliases."""
    module = '"""Doc."""\n\nName = int | str\n\n\ndef act():\n    """Acts."""\n\n\ndef _hidden():\n    """Hidden."""\n'
    text = reference.page(write(tmp_path, {"errors.py": module}))
    assert "| `act` | Acts. |" in text
    assert "| `Name` | `int \\| str` |" in text
    assert "hidden" not in text


def test_a_constant_shows_its_words_or_its_value(tmp_path):
    """A constant is described by the string below it, and by its value where there is none."""
    text = reference.page(write(tmp_path, {"errors.py": 'LIMIT: int = 4\n"""How many."""\n\nNAMES = ("a", "b")\n'}))
    assert "| `LIMIT` | How many. |" in text
    assert "| `NAMES` | `('a', 'b')` |" in text


def test_a_module_without_public_names_is_left_out(tmp_path):
    """A module that shows nothing gets no section."""
    assert reference.page(write(tmp_path, {"__init__.py": '"""Doc."""\n'})) == reference.HEAD


def test_the_package_itself_can_be_listed():
    """Every public name of the package has a summary."""
    rows = [line for line in reference.page(reference.PACKAGE).splitlines() if line.startswith("| `")]
    assert rows
    assert [row for row in rows if row.endswith("|  |")] == []
