"""Every code block of the README and the documentation runs and prints what the page shows.

A page is run from top to bottom in a folder of its own: `python` blocks share one namespace, `bash` blocks run as
scripts, `console` blocks show each command after `$ ` with its output below. A `text` block that follows is the output
expected. `...` in an expected output stands for anything, and runs of blanks count as one. Commands that need no shell
run in this process: another one would load all libraries again.
"""

import contextlib
import doctest
import io
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from textwrap import dedent

import pytest

from seqloom.cli.main import run

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
SHOWN_ONLY = {"text", "json", "sql", "yaml"}
FENCE = re.compile(
    r"^(?P<indent> *)```(?P<language>[^\n`]*)\n(?P<text>.*?)^(?P=indent)```[ ]*$", re.MULTILINE | re.DOTALL
)
OF_THE_SHELL = re.compile(r"[|&;<>$`*?~()]|\b[A-Z_]+=")
"""What only a shell understands, unless it is quoted."""

QUOTED = re.compile(r"'[^']*'|\"[^\"$`]*\"")

LIKE = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


@dataclass(frozen=True)
class Block:
    """One fenced block: its language, its text, the line it starts on, and the output that is shown for it, if any."""

    language: str
    text: str
    line: int
    output: str | None = None


def blocks(page: str) -> Iterator[Block]:
    """The fenced blocks of a page; a `text` block with only blanks before it is the output of the one above."""
    fences = list(FENCE.finditer(page))
    for fence, after in zip_longest(fences, fences[1:]):
        follows = after is not None and after["language"] == "text" and not page[fence.end() : after.start()].strip()
        output = dedent(after["text"]) if follows else None
        yield Block(fence["language"], dedent(fence["text"]), page.count("\n", 0, fence.start()) + 1, output)


def run_page(page: str, folder: Path) -> None:
    """Run all blocks of a page in this folder; AssertionError names the line of the first one that breaks."""
    names: dict[str, object] = {"__name__": "__main__"}
    for block in blocks(page):
        where = f"the block on line {block.line}"
        if block.language == "python":
            compare(run_python(block, names, folder), block.output, where)
        elif block.language == "bash":
            compare(run_shell(block.text, folder, where), block.output, where)
        elif block.language == "console":
            for command, output in transcript(block.text):
                compare(run_shell(command, folder, where), output, where)
        else:
            assert block.language in SHOWN_ONLY, (
                f"{where}: expected a language that can be run, came '{block.language}'"
            )


def run_python(block: Block, names: dict[str, object], folder: Path) -> str:
    """What the block prints."""
    printed = io.StringIO()
    code = compile("\n" * block.line + block.text, "<page>", "exec")  # tracebacks count lines as the page does
    with contextlib.chdir(folder), contextlib.redirect_stdout(printed):
        exec(code, names)  # noqa: S102 - running the page's own examples is the point
    return printed.getvalue()


def run_shell(script: str, folder: Path, where: str) -> str:
    """What the commands print; those of the repository's own scripts, which set up everything, need only exist."""
    lines = [shlex.split(line, comments=True) for line in script.replace("\\\n", " ").splitlines()]
    commands = [line for line in lines if line]
    first = {line[0] for line in commands}
    if first and all((ROOT / name).is_file() and os.access(ROOT / name, os.X_OK) for name in first):
        return ""
    assert first == {"seqloom"}, f"{where}: expected commands that start with seqloom, came {sorted(first)}"
    shown = {"COLUMNS": "100", "NO_COLOR": "1"}
    if OF_THE_SHELL.search(QUOTED.sub("", script)):
        return run_in_shell(script, folder, where, shown)
    with contextlib.chdir(folder), pytest.MonkeyPatch.context() as patch:
        for name, value in shown.items():
            patch.setenv(name, value)
        return "".join(run_here(words, where) for _, *words in commands)


def run_here(words: list[str], where: str) -> str:
    """What one command prints, run in this process, where everything is loaded already."""
    printed, said = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(said):
        code = run(words)
    assert code == 0, f"{where}: exit code {code}\n{printed.getvalue()}{said.getvalue()}"
    return printed.getvalue()


def run_in_shell(script: str, folder: Path, where: str, shown: dict[str, str]) -> str:
    """What commands with pipes, files or variables print."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        cwd=folder,
        env=os.environ | shown | {"PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{where}: exit code {done.returncode}\n{done.stdout}{done.stderr}"
    return done.stdout


def transcript(text: str) -> Iterator[tuple[str, str]]:
    """Command and output of each entry of a console block."""
    for entry in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, output = entry.replace("\\\n", " ").partition("\n")
        yield command, output


def compare(came: str, expected: str | None, where: str) -> None:
    """Fail where a page shows an output and another one came."""
    alike = expected is None or doctest.OutputChecker().check_output(expected, came, LIKE)
    assert alike, f"{where}: expected output\n{expected}\ncame\n{came}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_code_block_runs(page, tmp_path):
    """All blocks of the page run in order and print what the page shows."""
    run_page(page.read_text(encoding="utf-8"), tmp_path)


BROKEN = {
    "raises": ("```python\n1 / 0\n```", ZeroDivisionError, "division by zero"),
    "prints another value": ("```python\nprint(1)\n```\n\n```text\n2\n```", AssertionError, "line 1: expected output"),
    "prints nothing": ("```python\n1\n```\n```text\n1\n```", AssertionError, "expected output"),
    "unknown language": (
        "a\n\n```rust\nfn\n```",
        AssertionError,
        "line 3: expected a language that can be run, came 'rust'",
    ),
    "no language": ("```\nx\n```", AssertionError, "came ''"),
    "fails in a shell": ("```bash\nseqloom --no-such | cat\n```", AssertionError, "exit code 2"),
    "unknown option": ("```bash\nseqloom --no-such-option\n```", AssertionError, "exit code 2"),
    "second command fails": ("```bash\nseqloom --version\nseqloom --no-such\n```", AssertionError, "exit code 2"),
    "stranger": ("```bash\nrm -rf x\n```", AssertionError, "came \\['rm'\\]"),
    "missing script": ("```bash\nscripts/none\n```", AssertionError, "came \\['scripts/none'\\]"),
    "transcript differs": ("```console\n$ seqloom --version\nseqloom 0.0.0\n```", AssertionError, "expected output"),
    "indented": ("- item\n\n    ```python\n    1 / 0\n    ```\n", ZeroDivisionError, "division by zero"),
}

KEPT = {
    "value": "```python\nprint(1)\n```\n\n```text\n1\n```",
    "shared names": "```python\nx = 2\n```\nThen\n```python\nprint(x)\n```\n```text\n2\n```",
    "anything": "```python\nprint('took 3 s')\n```\n```text\ntook ... s\n```",
    "text far away": "```python\nprint(1)\n```\nOf another kind:\n```text\n2\n```",
    "command": "```bash\nseqloom --version  # which one\n```\n```text\nseqloom, version ...\n```",
    "continued command": "```console\n$ seqloom \\\n    --version\nseqloom, version ...\n```",
    "pipe": "```bash\nseqloom --version | cut -c 1-7\n```\n```text\nseqloom\n```",
    "script of the repository": "```bash\nscripts/test\n```",
    "shown only": '```json\n{"a": 1}\n```\n```yaml\na: 1\n```',
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_block_fails(name, tmp_path):
    """A page whose example does not hold is reported, with the line where it starts."""
    page, error, message = BROKEN[name]
    with pytest.raises(error, match=message):
        run_page(page, tmp_path)


@pytest.mark.parametrize("name", KEPT)
def test_a_sound_block_passes(name, tmp_path):
    """A page whose examples hold is left alone."""
    run_page(KEPT[name], tmp_path)


def test_a_page_runs_in_its_own_folder(tmp_path):
    """Files an example writes are found by the next one, and the checkout stays clean."""
    run_page("```python\nopen('a.csv', 'w').close()\n```\n```python\nopen('a.csv').close()\n```", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]
