"""What is usual, and how far a step is from it: as in a reference part, or as in a stream's own past."""

from seqloom.usual.chart import Chart as Chart
from seqloom.usual.chart import smoothed as smoothed
from seqloom.usual.past import VIEWS as VIEWS
from seqloom.usual.past import Past as Past

__all__ = ["VIEWS", "Chart", "Past", "smoothed"]
