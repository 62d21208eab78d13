"""Where methods are fitted: a room that brings libraries, entered only when something is fitted.

What answers by numbers that are known already, such as a server, needs none of them, and starts sooner.
"""

from importlib import import_module
from types import ModuleType

ROOM = "seqloom.alternatives.fitting"


def fitters() -> ModuleType:
    """The room `seqloom.alternatives.fitting`, which loads scikit-learn, scipy and statsmodels the first time."""
    return import_module(ROOM)
