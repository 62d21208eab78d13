"""Simple methods as models: saved, served and watched like networks."""

from seqloom.simple.form import restored as restored
from seqloom.simple.form import written as written
from seqloom.simple.methods import METHODS as METHODS
from seqloom.simple.methods import SIMPLE as SIMPLE
from seqloom.simple.methods import kind_of as kind_of
from seqloom.simple.methods import method_named as method_named
from seqloom.simple.model import SimpleModel as SimpleModel

__all__ = [
    "METHODS",
    "SIMPLE",
    "SimpleModel",
    "kind_of",
    "method_named",
    "restored",
    "written",
]
