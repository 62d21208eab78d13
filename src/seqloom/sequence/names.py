"""Several column names in one setting."""

from typing import Annotated

from pydantic import BeforeValidator


def split_names(value: object) -> object:
    """`"a,b"` as `("a", "b")`; everything else as it came.

    Example:
        >>> split_names("load, price"), split_names(("load",))
        (('load', 'price'), ('load',))
    """
    return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value


Names = Annotated[tuple[str, ...], BeforeValidator(split_names)]
"""Column names: a tuple, or one text with commas between them."""
