"""Walks over sequences, symbol by symbol, as compiled code."""

from collections.abc import Callable
from typing import Any, TypeVar

import numba

Function = TypeVar("Function", bound=Callable[..., Any])


def compiled(function: Function) -> Function:
    """Compile a function for the types it is called with; what was compiled is kept for other processes.

    Example:
        >>> @compiled
        ... def twice(number: int) -> int:
        ...     return 2 * number
        >>> twice(21)
        42
    """
    made: Any = numba.njit(cache=True, nogil=True)
    found: Function = made(function)
    return found
