"""Simple methods a recurrent model has to beat to earn its keep."""

from seqloom.evaluate.alternatives.alternative import Alternative as Alternative
from seqloom.evaluate.alternatives.alternative import Hints as Hints
from seqloom.evaluate.alternatives.alternative import Skipped as Skipped
from seqloom.evaluate.alternatives.table import ALTERNATIVES as ALTERNATIVES
from seqloom.evaluate.alternatives.table import Alternatives as Alternatives
from seqloom.evaluate.alternatives.table import fit_alternatives as fit_alternatives
from seqloom.evaluate.alternatives.table import untrained_alternatives as untrained_alternatives

__all__ = [
    "ALTERNATIVES",
    "Alternative",
    "Alternatives",
    "Hints",
    "Skipped",
    "fit_alternatives",
    "untrained_alternatives",
]
