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

SHAPES = "torch._meta_registrations"
TRACING = frozenset({"torch._dynamo", "torch._inductor", "torch._decomp", "torch._prims", "torch._refs"})
"""What expects that they are loaded."""


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
    place = sys.modules[SHAPES] = ModuleType(SHAPES)
    try:
        yield
    finally:
        sys.modules.pop(SHAPES)
        torch = sys.modules.get("torch")
        if torch is not None and vars(torch).pop("_meta_registrations", None) is place:
            sys.meta_path.insert(0, _Tracing())
