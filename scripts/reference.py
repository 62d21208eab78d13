"""The reference page: every public name with the first line of its docstring, read from the source without running it.

mkdocs calls `on_files` before it builds the site.
"""

import ast
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from textwrap import shorten

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "seqloom"
HEAD = "# Reference\n\nThe public names of each room. Everything not named here may change without notice.\n"


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the page to those found on disk."""
    files.append(File.generated(config, "reference.md", content=page(PACKAGE)))
    return files


def page(package: Path) -> str:
    """The page as markdown: one section per module of the package that shows public names."""
    modules = [*package.glob("*.py"), *package.glob("*/__init__.py")]
    return "\n".join([HEAD, *(part for path in sorted(modules) for part in section(path, package))])


def section(path: Path, package: Path) -> Iterator[str]:
    """Heading, summary and table of one module; nothing for a module without public names."""
    names = {name: text for name, text in named(path, package) if not name.startswith("_")}
    if names:
        place = path.relative_to(package.parent).with_suffix("")
        yield f"## `{'.'.join(place.parts).removesuffix('.__init__')}`\n"
        yield f"{summary(ast.parse(path.read_text(encoding='utf-8')))}\n"
        yield "| name | is |\n|---|---|"
        yield from (f"| `{name}` | {text} |" for name, text in names.items())
        yield ""


def named(path: Path, package: Path) -> Iterator[tuple[str, str]]:
    """Name and summary of what a module defines, or of what a door re-exports, in the order of the source."""
    body = ast.parse(path.read_text(encoding="utf-8")).body
    for node, after in zip_longest(body, body[1:]):
        match node:
            case ast.ImportFrom(module=str(module), names=[ast.alias(name=name, asname=shown)]) if shown == name:
                place = package.parent.joinpath(*module.split("."))
                origin = place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
                yield name, dict(named(origin, package)).get(name, "") if origin.is_file() else ""
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name):
                yield name, summary(node)
            case (
                ast.Assign(targets=[ast.Name(id=name)], value=value)
                | ast.AnnAssign(target=ast.Name(id=name), value=value)
            ):
                yield name, summary(ast.Module([after] if after else [], [])) or code(value)


def code(value: ast.expr | None) -> str:
    """The beginning of an expression, as code."""
    return f"`{shorten(ast.unparse(value), 80)}`".replace("|", "\\|") if value else ""


def summary(node: ast.Module | ast.ClassDef | ast.FunctionDef) -> str:
    """The first paragraph of the docstring, on one line."""
    return " ".join((ast.get_docstring(node) or "").partition("\n\n")[0].split()).replace("|", "\\|")
