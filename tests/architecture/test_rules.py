"""The house rules find what breaks them, and leave alone what does not."""

from pathlib import PurePosixPath

import pytest

import rules

MODULE = "src/seqloom/room/thing.py"
DOOR = "src/seqloom/room/__init__.py"
TEST = "tests/room/test_thing.py"

LONG_BODY = "\n".join(f"    x{line} = {line}" for line in range(41))
SHORT_BODY = "\n".join(f"    x{line} = {line}" for line in range(40))
EIGHT = ", ".join(f"x{place}" for place in range(8))
SEVEN = ", ".join(f"x{place}" for place in range(7))

BROKEN = {
    "long file": (rules.long_file, MODULE, "x = 1\n" * 401, "at most 400 lines, came 401"),
    "long recipe": (rules.long_file, "src/seqloom/recipes/demo.py", "x = 1\n" * 151, "at most 150 lines, came 151"),
    "long function": (rules.long_function, MODULE, f"def f():\n{LONG_BODY}\n", "at most 40 lines in 'f', came 41"),
    "long method": (
        rules.long_function,
        MODULE,
        "class A:\n    def f(self):\n" + LONG_BODY.replace("    ", " " * 8),
        "in 'f', came 41",
    ),
    "eight arguments": (
        rules.crowded_constructor,
        MODULE,
        f"class A:\n    def __init__(self, *, {EIGHT}): ...\n",
        "at most 7 arguments, came 8",
    ),
    "code in a door": (rules.crooked_door, DOOR, '"""Doc."""\nx = 1\n', "in a door"),
    "star in a door": (rules.crooked_door, DOOR, "from seqloom.a import *\n", "in a door"),
    "unlisted name": (rules.crooked_door, DOOR, "from a import B as B\n__all__ = []\n", "'B' in `__all__`"),
    "listed stranger": (rules.crooked_door, DOOR, '__all__ = ["B"]\n', "'B' in the imports"),
    "renamed name": (rules.crooked_door, DOOR, "from a import B as C\n", "in a door"),
    "hidden import": (rules.hidden_import, MODULE, "def f():\n    import json\n", "no import inside 'f'"),
    "import deep inside": (rules.hidden_import, MODULE, "def f():\n    def g():\n        import json\n", "inside 'g'"),
    "bare noqa": (rules.bare_excuse, MODULE, "x = 1  # noqa: E501, E731\n", "a reason in words"),
    "blanket noqa": (rules.bare_excuse, MODULE, "x = 1  # noqa\n", "a reason in words"),
    "bare type ignore": (rules.bare_excuse, MODULE, "x = 1  # type: ignore[assignment]\n", "a reason in words"),
    "long comment": (rules.long_comment, MODULE, "# a\n# b\n# c\n# d\n", "at most 3 lines of comment"),
    "vague name": (rules.vague_name, "src/seqloom/room/utils.py", "", "came 'utils'"),
    "no sentence": (rules.mute_test, TEST, "def test_it(): ...\n", "one sentence in the docstring of 'test_it'"),
    "no full stop": (rules.mute_test, TEST, 'def test_it():\n    """It does"""\n', "one sentence"),
    "two sentences": (rules.mute_test, TEST, 'def test_it():\n    """It does. It is."""\n', "one sentence"),
}

KEPT = {
    "file of 400 lines": (rules.long_file, MODULE, "x = 1\n" * 400),
    "function of 40 lines": (
        rules.long_function,
        MODULE,
        f'def f():\n    """One.\n\n    Two.\n    """\n{SHORT_BODY}\n',
    ),
    "function of a docstring": (rules.long_function, MODULE, 'def f():\n    """One."""\n'),
    "seven arguments": (rules.crowded_constructor, MODULE, f"class A:\n    def __init__(self, {SEVEN}): ...\n"),
    "straight door": (rules.crooked_door, DOOR, '"""Doc."""\nfrom a import B as B\n__all__ = ["B"]\n'),
    "empty door": (rules.crooked_door, DOOR, '"""Doc."""\n__all__: list[str] = []\n'),
    "lazy door": (rules.crooked_door, rules.LAZY_DOOR, "def __getattr__(name): ...\n"),
    "module that is no door": (rules.crooked_door, MODULE, "x = 1\n"),
    "import at the top": (rules.hidden_import, MODULE, "import json\n"),
    "import for types": (rules.hidden_import, MODULE, "if TYPE_CHECKING:\n    import json\n"),
    "noqa with a reason": (rules.bare_excuse, MODULE, "x = 1  # noqa: E501 - a table reads better wide\n"),
    "type ignore with a reason": (rules.bare_excuse, MODULE, "x = 1  # type: ignore[misc]  # untyped upstream\n"),
    "excuse in a string": (rules.bare_excuse, MODULE, 'x = "# noqa"\n'),
    "three lines of comment": (rules.long_comment, MODULE, "# a\n# b\n# c\nx = 1\n# d\n"),
    "comments beside code": (rules.long_comment, MODULE, "x = 1  # a\n" * 5),
    "sentence over two lines": (rules.mute_test, TEST, 'def test_it():\n    """It does\n    this and that.\n    """\n'),
    "abbreviation": (rules.mute_test, TEST, 'def test_it():\n    """It reads e.g. Arrow."""\n'),
    "helper of a test": (rules.mute_test, TEST, "def make(): ...\n"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_breach_is_found_and_named(name):
    """Each rule reports the one thing wrong with the file and says what was expected."""
    rule, path, text, message = BROKEN[name]
    (breach,) = rule(rules.Source(PurePosixPath(path), text))
    assert message in str(breach)


@pytest.mark.parametrize("name", KEPT)
def test_what_keeps_the_rule_is_left_alone(name):
    """A file at the very limit of a rule, or outside its reach, is not reported."""
    rule, path, text = KEPT[name]
    assert list(rule(rules.Source(PurePosixPath(path), text))) == []


def test_every_rule_has_a_broken_and_a_kept_example():
    """No rule goes untested in either direction but the name rule, which the module's own name keeps."""
    assert {case[0] for case in BROKEN.values()} == set(rules.RULES)
    assert {case[0] for case in KEPT.values()} == set(rules.RULES) - {rules.vague_name}


def test_a_module_without_tests_is_named():
    """A module whose twin under tests is missing is reported with the path its tests should have."""
    (breach,) = rules.missing_twins([PurePosixPath("src/seqloom/errors.py"), PurePosixPath(DOOR)])
    assert str(breach) == "src/seqloom/errors.py:1: expected its tests in tests/test_errors.py, found no such file"


def test_a_module_with_tests_is_not_named():
    """A module in a room finds its twin in the folder of the same name, with or without a leading underscore."""
    paths = (MODULE, TEST, "src/seqloom/room/_part.py", "tests/room/test_part.py")
    assert list(rules.missing_twins(map(PurePosixPath, paths))) == []


def test_a_breach_says_where():
    """The printed line starts with file and line, so that an editor can jump there."""
    (breach,) = rules.hidden_import(rules.Source(PurePosixPath(MODULE), "x = 1\ndef f():\n    import json\n"))
    assert str(breach).startswith(f"{MODULE}:3: ")


def test_the_files_of_the_repository_are_found(tmp_path):
    """Python files of the named folders are read, and nothing beside them."""
    for place in ("src/seqloom/a.py", "tests/test_a.py", "docs/b.py", "src/seqloom/notes.txt"):
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_text("x = 1\n")
    found = [str(source.path) for source in rules.sources(tmp_path)]
    assert found == ["src/seqloom/a.py", "tests/test_a.py"]
