"""Training: from a model and examples to a run."""

from seqloom.train.choose import choose as choose
from seqloom.train.contract import Learner as Learner
from seqloom.train.loop import choose_for as choose_for
from seqloom.train.loop import extent as extent
from seqloom.train.loop import fit as fit
from seqloom.train.progress import Bar as Bar
from seqloom.train.progress import Log as Log
from seqloom.train.progress import Moment as Moment
from seqloom.train.progress import Progress as Progress
from seqloom.train.progress import Quiet as Quiet
from seqloom.train.progress import progress_on as progress_on
from seqloom.train.run import Run as Run
from seqloom.train.settings import ChosenSettings as ChosenSettings
from seqloom.train.settings import TrainSettings as TrainSettings
from seqloom.train.truncate import Known as Known
from seqloom.train.truncate import carried as carried
from seqloom.train.truncate import stretches as stretches

__all__ = [
    "Bar",
    "ChosenSettings",
    "Known",
    "Learner",
    "Log",
    "Moment",
    "Progress",
    "Quiet",
    "Run",
    "TrainSettings",
    "carried",
    "choose",
    "choose_for",
    "extent",
    "fit",
    "progress_on",
    "stretches",
]
