"""Versions of a model, one of them the champion: added, promoted, rolled back, never changed."""

from seqloom.registry.lock import locked as locked
from seqloom.registry.registry import Registry as Registry
from seqloom.registry.state import Promotion as Promotion
from seqloom.registry.version import Version as Version

__all__ = [
    "Promotion",
    "Registry",
    "Version",
    "locked",
]
