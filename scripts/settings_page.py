"""The settings page: every setting with its values, its default and what it means, read from the settings models.

mkdocs calls `on_files` before it builds the site.
"""

import types
from collections.abc import Iterator, Mapping
from typing import Literal, Union, get_args, get_origin

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from seqloom.cli.options import SECTIONS
from seqloom.estimators import ROOMS

HEAD = """# Settings

Every setting has one name. It is a flag of `seqloom fit` (`--batch-size 64`), a key of the file that `--config` names
(`batch_size: 64`), an entry of `settings` in Python (`settings={"batch_size": 64}`), and a line of the report and of
the artifact. What is left out takes its default; where that is empty, the setting is off or is chosen from the data.
What was chosen, and why, is printed by `seqloom fit` and stands in the report.

Beside these there is the `task`: `forecast`, `classify` or `regress`. It is told by the target where nobody names it.
"""
WORDS: Mapping[object, str] = {bool: "yes, no", int: "whole number", float: "number", str: "text", tuple: "names"}
BOUNDS = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<"}
BEYOND_REACH = 2**31
"""A bound from here on is one of the machine's, and nobody meets it."""


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the page to those found on disk."""
    files.append(File.generated(config, "settings.md", content=page(ROOMS)))
    return files


def page(rooms: Mapping[str, type[BaseModel]]) -> str:
    """The page as markdown: one section per room, one row per setting."""
    return "\n".join([HEAD, *(line for room, model in rooms.items() for line in section(room, model))])


def section(room: str, model: type[BaseModel]) -> Iterator[str]:
    """Heading and table of one room."""
    yield f"## {SECTIONS.get(room, room)}\n"
    yield "| setting | values | default | meaning |\n|---|---|---|---|"
    for name, field in model.model_fields.items():
        cells = (f"`{name}`", values(field), default(field), sentence(field.description or ""))
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
    yield ""


def values(field: FieldInfo) -> str:
    """What may be given: the choices, or the kind of value with its bounds."""
    kinds = [kind for kind in alternatives(field.annotation) if kind is not type(None)]
    if any(get_origin(kind) is Literal for kind in kinds):
        return ", ".join(f"`{choice}`" for kind in kinds for choice in get_args(kind))
    words = "number" if set(kinds) == {int, float} else " or ".join(WORDS[get_origin(kind) or kind] for kind in kinds)
    bounds = [
        f"{sign} {getattr(rule, name):,}"
        for rule in field.metadata
        for name, sign in BOUNDS.items()
        if getattr(rule, name, BEYOND_REACH) < BEYOND_REACH
    ]
    return ", ".join([words, *bounds])


def alternatives(annotation: object) -> tuple[object, ...]:
    """The types a union is made of; any other type by itself."""
    return get_args(annotation) if get_origin(annotation) in (Union, types.UnionType) else (annotation,)


def default(field: FieldInfo) -> str:
    """The default as code; nothing where there is none."""
    if field.default in (None, ()):
        return ""
    return f"`{field.default}`" if not isinstance(field.default, bool) else "yes" if field.default else "no"


def sentence(text: str) -> str:
    """The description with a capital letter and a full stop."""
    return text[:1].upper() + text[1:].rstrip(".") + "."
