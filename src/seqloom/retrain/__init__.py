"""The way back: new data, a challenger, its tests beside the champion, a promotion or the reasons against it."""

from seqloom.retrain.came_true import errors_beside as errors_beside
from seqloom.retrain.cycle import Outcome as Outcome
from seqloom.retrain.cycle import Request as Request
from seqloom.retrain.cycle import retrain as retrain
from seqloom.retrain.outcome import json_of as json_of
from seqloom.retrain.outcome import notes_of as notes_of
from seqloom.retrain.outcome import report_of as report_of
from seqloom.retrain.outcome import sentence_of as sentence_of
from seqloom.retrain.paired import Paired as Paired
from seqloom.retrain.paired import pair as pair
from seqloom.retrain.policy import Check as Check
from seqloom.retrain.policy import Policy as Policy
from seqloom.retrain.policy import decide as decide
from seqloom.retrain.recorded import Recorded as Recorded
from seqloom.retrain.recorded import recorded as recorded
from seqloom.retrain.shadowed import shadowed as shadowed

__all__ = [
    "Check",
    "Outcome",
    "Paired",
    "Policy",
    "Recorded",
    "Request",
    "decide",
    "errors_beside",
    "json_of",
    "notes_of",
    "pair",
    "recorded",
    "report_of",
    "retrain",
    "sentence_of",
    "shadowed",
]
