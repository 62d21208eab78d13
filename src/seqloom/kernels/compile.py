"""How the engine's functions are compiled, and when code that was compiled before is still good."""

import contextlib
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numba
from numba.core.caching import FunctionCache, IndexDataCacheFile
from numba.core.runtime.nrt import rtsys
from numba.extending import register_jitable

COMPILED: Any = {"nogil": True, "error_model": "numpy", "no_cfunc_wrapper": True}
"""Options of functions that are called from outside: the wrapper for C and checks of divisors are only work."""

INLINED: Any = {"forceinline": True, "error_model": "numpy", "no_cpython_wrapper": True, "no_cfunc_wrapper": True}
"""Options of functions that only compiled code calls."""

FOLDER = Path(__file__).parent


def digest(folder: Path = FOLDER) -> str:
    """A digest of all sources of the engine."""
    whole = hashlib.sha256()
    for path in sorted(folder.rglob("*.py")):
        whole.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return whole.hexdigest()


DIGEST = digest()


class _Kept(FunctionCache):
    """What numba compiled before, as long as no source of the engine has changed.

    Numba looks at the file of a function alone, but ours are made of functions of many files: what is kept carries the
    digest of all of them in its name. What cannot be read any more is compiled again.
    """

    def __init__(self, function: Callable[..., Any]) -> None:
        super().__init__(function)
        implementation = self._impl
        self._cache_file = IndexDataCacheFile(
            cache_path=self._cache_path,
            filename_base=f"{implementation.filename_base}-{DIGEST[:16]}",
            source_stamp=DIGEST,
        )

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        """Code compiled for these types; None: there is none, or it cannot be read.

        Before it reads, numba loads all that it could compile with, SciPy too, which takes four times as long as
        reading. Compiled code needs only what keeps arrays alive; numba loads the rest where it does compile.
        """
        try:
            rtsys.initialize(target_context)
            with self._guard_against_spurious_io_errors():
                return self._load_overload(sig, target_context)
        except (AttributeError, ImportError):
            self.flush()
            return None


def compiled(function: Callable[..., Any]) -> Any:
    """Compile a function for the types it is called with, without the interpreter's lock.

    What was compiled is kept beside the package or in the user's cache; where neither can be written, it is compiled
    in every process.
    """
    dispatcher: Any = numba.njit(**COMPILED)(function)
    with contextlib.suppress(RuntimeError):  # numba finds no place that can be written
        dispatcher._cache = _Kept(function)  # noqa: SLF001 - there is no public way
    return dispatcher


def entry(dispatcher: Any, *given: Any) -> Callable[..., Any]:
    """What a compiled function does for arguments of the types of these, callable without asking for types.

    Finding out the type of a named tuple takes longer than a step of a small network. Arguments of other types are
    refused or, worse, misread: only for callers that know what they pass.
    """
    types = tuple(dispatcher.typeof_pyval(value) for value in given)
    dispatcher.compile(types)
    code: Callable[..., Any] = dispatcher.overloads[types].entry_point
    return code


def inlined(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile a function into the compiled ones that call it; called by others, it is run as it stands."""
    code: Callable[..., Any] = register_jitable(**INLINED)(function)
    return code
