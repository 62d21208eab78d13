"""torch without the shapes of what its operations give, until somebody traces a program.

They are Python functions, one for each of a thousand operations, and making them takes a fifth of the time that torch's
import takes. torch's compiler needs them, and whatever else traces programs; numbers are computed without.
"""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from importlib.abc import MetaPathFinder
from types import ModuleType
from typing import Any

SHAPES = "torch._meta_registrations"
TRACING = frozenset({"torch._dynamo", "torch._inductor", "torch._decomp", "torch._prims", "torch._refs"})
"""What expects that they are loaded."""


class _Place(ModuleType):
    """Stands where the shapes will be; whoever wants one of them while torch is imported has all of them."""

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the module has by this name
        """See `ModuleType`: asked for what is not there, which is everything but what every module has."""
        if name.startswith("__"):
            raise AttributeError(name)
        if sys.modules.get(SHAPES) is self:
            del sys.modules[SHAPES]
        return getattr(import_module(SHAPES), name)


class _Tracing(MetaPathFinder):
    """Finds no module, but has the shapes loaded before the first one that expects them."""

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> None:  # noqa: ARG002 - the protocol's signature
        """See `importlib`: asked for every module that is not loaded yet."""
        if name in TRACING:
            sys.meta_path.remove(self)
            import_module(SHAPES)


@contextmanager
def late_shapes() -> Iterator[None]:
    """Import torch inside without the shapes; they are loaded once something is that traces programs."""
    if "torch" in sys.modules:
        yield
        return
    place = sys.modules[SHAPES] = _Place(SHAPES)
    try:
        yield
    finally:
        if sys.modules.get(SHAPES) is place:
            del sys.modules[SHAPES]
        torch = sys.modules.get("torch")
        if torch is not None and vars(torch).get("_meta_registrations") is place:
            del vars(torch)["_meta_registrations"]
            sys.meta_path.insert(0, _Tracing())
