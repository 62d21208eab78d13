"""Walks over sequences, symbol by symbol, as compiled code."""

from collections.abc import Callable
from typing import Any, TypeVar

import numba

Function = TypeVar("Function", bound=Callable[..., Any])


def compiled(function: Function) -> Function:
    """Compile a function for the types it is called with; what was compiled is kept for other processes.

    The function has to stand in a file: what is compiled lies beside it.
    """
    made: Any = numba.njit(cache=True, nogil=True)
    found: Function = made(function)
    return found
