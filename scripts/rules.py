"""The house rules that no other tool checks: lengths, doors, edges, excuses, twins.

    python scripts/rules.py     prints one line for each breach; exits with 1 if there is one

Docstrings, bare excepts, asserts in the package, open points without an issue and the order of `__all__` are ruff's;
floors are import-linter's. Each rule below is a function from one source file to its breaches.
"""

import ast
import io
import re
import sys
import tokenize
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

FOLDERS = ("src", "tests", "scripts", "benchmarks")
FILE_LINES = 400
RECIPE_LINES = 150
FUNCTION_LINES = 40
CONSTRUCTOR_ARGUMENTS = 7
COMMENT_LINES = 3
VAGUE_NAMES = {"common", "helper", "helpers", "misc", "util", "utils"}

LAZY_DOOR = "src/seqloom/__init__.py"
"""The one door that is more than re-exports: it loads each name when it is first asked for, so that torch waits."""

EDGES: dict[str, str] = {
    "src/seqloom/store/address.py": "psycopg is installed only where sessions are kept on a PostgreSQL server",
    "src/seqloom/monitor/change.py": "river is an extra, and takes a second to load",
    "src/seqloom/monitor/student.py": "scipy.special takes a third of a second to load; a server is ready without it",
    "src/seqloom/tune/package.py": "Optuna is an extra, and takes a second to load",
    "src/seqloom/nn/scan.py": "Triton comes with torch's CUDA builds only, and takes long to load",
}
"""Files whose functions may import an optional package, and why."""

WITHOUT_TWIN = {
    "src/seqloom/shapes.py": "holds annotations only",
    "src/seqloom/version.py": "holds one constant",
}
"""Modules without a test file of their own, and why."""

EXCUSE = re.compile(r"#\s*(?:noqa\b(?::[\sA-Z0-9,]+)?|type:\s*ignore\b(?:\[[^\]]*\])?)")
"""`noqa` with its codes, or `type: ignore` with its codes."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """One Python file of the repository.

    Args:
        path: its place, relative to the repository.
        text: what it holds.
    """

    path: PurePosixPath
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The parsed text."""
        return ast.parse(self.text, filename=str(self.path))

    @cached_property
    def comments(self) -> list[tokenize.TokenInfo]:
        """The comments, in order."""
        tokens = tokenize.generate_tokens(io.StringIO(self.text).readline)
        return [token for token in tokens if token.type == tokenize.COMMENT]

    @property
    def functions(self) -> Iterator[Function]:
        """Functions and methods at any depth."""
        return (node for node in ast.walk(self.tree) if isinstance(node, Function))

    def within(self, folder: str) -> bool:
        """Whether the file lies in this folder, at any depth."""
        return self.path.is_relative_to(folder)


@dataclass(frozen=True)
class Breach:
    """One place that breaks one rule.

    Args:
        path: the file.
        line: the line, counted from 1.
        message: what was expected and what came.
    """

    path: PurePosixPath
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


Rule = Callable[[Source], Iterator[Breach]]


def long_file(source: Source) -> Iterator[Breach]:
    """A file holds at most 400 lines, a recipe at most 150."""
    most = RECIPE_LINES if source.within("src/seqloom/recipes") else FILE_LINES
    lines = len(source.text.splitlines())
    if lines > most:
        yield Breach(source.path, most + 1, f"expected at most {most} lines, came {lines}; split it by concept")


def long_function(source: Source) -> Iterator[Breach]:
    """A function's body holds at most 40 lines, its docstring not counted."""
    for function in source.functions:
        body = function.body[1:] if ast.get_docstring(function) is not None else function.body
        lines = (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0
        if lines > FUNCTION_LINES:
            message = f"expected at most {FUNCTION_LINES} lines in '{function.name}', came {lines}; name its parts"
            yield Breach(source.path, function.lineno, message)


def crowded_constructor(source: Source) -> Iterator[Breach]:
    """A written-out constructor takes at most 7 arguments beside `settings`, which holds the others."""
    for function in source.functions:
        given = function.args
        names = [one.arg for one in (*given.posonlyargs, *given.args, *given.kwonlyargs)]
        count = len([name for name in names if name != "settings"]) - 1
        if function.name == "__init__" and count > CONSTRUCTOR_ARGUMENTS:
            message = f"expected at most {CONSTRUCTOR_ARGUMENTS} arguments, came {count}; take a settings object"
            yield Breach(source.path, function.lineno, message)


def crooked_door(source: Source) -> Iterator[Breach]:
    """A room's `__init__.py` holds a docstring, `from x import Y as Y`, and `__all__` naming each `Y`; nothing else."""
    if source.path.name != "__init__.py" or not source.within("src") or str(source.path) == LAZY_DOOR:
        return
    shown: set[str] = set()
    listed: set[str] = set()
    for node in source.tree.body[1:] if ast.get_docstring(source.tree) else source.tree.body:
        match node:
            case ast.ImportFrom(names=names) if all(alias.asname == alias.name for alias in names):
                shown |= {alias.name for alias in names}
            case ast.Assign(value=ast.List() as value) | ast.AnnAssign(value=ast.List() as value):
                listed |= set(ast.literal_eval(value))
            case _:
                yield Breach(source.path, node.lineno, "expected only `from x import Y as Y` and `__all__` in a door")
    for name in sorted(shown ^ listed):
        place = "`__all__`" if name in shown else "the imports"
        yield Breach(source.path, 1, f"expected '{name}' in {place} too")


def hidden_import(source: Source) -> Iterator[Breach]:
    """An import stands at the top of its file, except in the files `EDGES` names."""
    if not source.within("src") or str(source.path) in EDGES:
        return
    imports = ast.Import | ast.ImportFrom
    found = ((node.lineno, f.name) for f in source.functions for node in ast.walk(f) if isinstance(node, imports))
    for line, function in dict(found).items():
        message = f"expected no import inside '{function}'; move it up, or give its reason in EDGES"
        yield Breach(source.path, line, message)


def bare_excuse(source: Source) -> Iterator[Breach]:
    """A `noqa` and a `type: ignore` carry their reason in words on the same line."""
    for comment in source.comments:
        words, marks = EXCUSE.subn("", comment.string)
        if marks and not re.search(r"[a-z]{2,}", words):
            yield Breach(source.path, comment.start[0], f"expected a reason in words after '{comment.string}'")


def long_comment(source: Source) -> Iterator[Breach]:
    """A comment on lines of its own fills at most 3."""
    own = [comment.start[0] for comment in source.comments if comment.line.lstrip().startswith("#")]
    for first, last in zip(own, own[COMMENT_LINES:], strict=False):
        if last - first == COMMENT_LINES:
            yield Breach(source.path, last, f"expected at most {COMMENT_LINES} lines of comment, came more")


def vague_name(source: Source) -> Iterator[Breach]:
    """A module is named after its concept."""
    if source.path.stem in VAGUE_NAMES:
        yield Breach(source.path, 1, f"expected a name that says what is inside, came '{source.path.stem}'")


def mute_test(source: Source) -> Iterator[Breach]:
    """A test states the behaviour it holds in a docstring of one sentence."""
    if not source.within("tests"):
        return
    for function in source.functions:
        sentence = " ".join((ast.get_docstring(function) or "").split())
        one = sentence.endswith(".") and not re.search(r"\w\w\. [A-Z]", sentence)
        if function.name.startswith("test_") and not one:
            yield Breach(source.path, function.lineno, f"expected one sentence in the docstring of '{function.name}'")


RULES: tuple[Rule, ...] = (
    long_file,
    long_function,
    crowded_constructor,
    crooked_door,
    hidden_import,
    bare_excuse,
    long_comment,
    vague_name,
    mute_test,
)


def missing_twins(paths: Iterable[PurePosixPath]) -> Iterator[Breach]:
    """Every module has a test file at the same place under `tests`: `read/csv.py` and `read/test_csv.py`."""
    there = set(paths)
    for path in sorted(there):
        if not path.is_relative_to("src/seqloom") or path.name.startswith("__") or str(path) in WITHOUT_TWIN:
            continue
        twin = PurePosixPath("tests", *path.parts[2:-1], f"test_{path.stem.lstrip('_')}.py")
        if twin not in there:
            yield Breach(path, 1, f"expected its tests in {twin}, found no such file")


def sources(repository: Path) -> Iterator[Source]:
    """The Python files of the repository, in order."""
    for folder in FOLDERS:
        for path in sorted((repository / folder).rglob("*.py")):
            yield Source(PurePosixPath(path.relative_to(repository).as_posix()), path.read_text(encoding="utf-8"))


def breaches(files: Iterable[Source]) -> Iterator[Breach]:
    """What the files break, file by file, then the twins that are missing."""
    held = list(files)
    for source in held:
        for rule in RULES:
            yield from rule(source)
    yield from missing_twins(source.path for source in held)


def main() -> int:
    """Print the breaches of the repository this file stands in; 1 if there are any."""
    found = list(breaches(sources(Path(__file__).resolve().parents[1])))
    for breach in found:
        print(breach)
    print(f"{len(found)} breaches of the house rules" if found else "House rules kept")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
