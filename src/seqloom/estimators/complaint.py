"""What pydantic finds wrong with a setting, in the words of our errors."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from seqloom.errors import SettingsError

_NOUNS: Mapping[str, str] = MappingProxyType(
    {
        "greater_than_equal": "a number of at least {ge:g}",
        "greater_than": "a number above {gt:g}",
        "less_than": "a number below {lt:g}",
        "int_parsing": "a whole number",
        "int_type": "a whole number",
        "int_from_float": "a whole number",
        "float_parsing": "a number",
        "float_type": "a number",
        "finite_number": "a finite number",
        "bool_parsing": "true or false",
        "bool_type": "true or false",
        "literal_error": "{expected}",
    }
)
"""What would have been right, by the type pydantic gives an error."""


def complaint(error: ValidationError, model: type[BaseModel], where: Callable[[str], str]) -> SettingsError:
    """The first thing that is wrong, as one sentence.

    Args:
        error: what pydantic found.
        model: the settings that were to be built.
        where: the name of a setting as its user wrote it: a flag, a key of a file.
    """
    found = error.errors()
    name = str(found[0]["loc"][0]) if found[0]["loc"] else ""
    inner = found[0].get("ctx", {}).get("error")
    if isinstance(inner, SettingsError):
        named = name or inner.where
        place = where(named) if named in model.model_fields else inner.where
        return SettingsError(place, expected=inner.expected, came=inner.came, fix=inner.fix)
    expected = _expected([details for details in found if details["loc"][:1] == (name,)])
    field = model.model_fields.get(name)
    default = "" if field is None or field.default in (None, ()) else f" for {field.default}"
    return SettingsError(
        where(name or "settings"),
        expected=expected,
        came=repr(found[0].get("input")),
        fix=f"correct it or leave it out{default}",
    )


def _expected(found: Sequence[ErrorDetails]) -> str:
    """What would have been right; of a number that may be whole or not, just a number."""
    words = list(dict.fromkeys(_noun(details) for details in found))
    if "a number" in words and "a whole number" in words:
        words.remove("a whole number")
    return " or ".join(words) or "another value"


def _noun(details: ErrorDetails) -> str:
    noun = _NOUNS.get(details["type"])
    return details["msg"].lower() if noun is None else noun.format_map(details.get("ctx", {}))
