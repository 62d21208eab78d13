"""Searching settings: trials, a fair final, and what mattered."""

from seqloom.tune.budget import Budget as Budget
from seqloom.tune.final import Final as Final
from seqloom.tune.job import Job as Job
from seqloom.tune.job import Work as Work
from seqloom.tune.job import job_of as job_of
from seqloom.tune.pruning import Pruning as Pruning
from seqloom.tune.record import Tried as Tried
from seqloom.tune.sentence import sentence_of as sentence_of
from seqloom.tune.space import Choice as Choice
from seqloom.tune.space import Real as Real
from seqloom.tune.space import Searched as Searched
from seqloom.tune.space import Space as Space
from seqloom.tune.space import Whole as Whole
from seqloom.tune.space_file import read_space as read_space
from seqloom.tune.storage import ENDING as ENDING
from seqloom.tune.study import Place as Place
from seqloom.tune.study import Study as Study
from seqloom.tune.study import begin as begin
from seqloom.tune.tuned import Standing as Standing
from seqloom.tune.tuned import Tuned as Tuned
from seqloom.tune.tuned import conclude as conclude
from seqloom.tune.tuned import search as search
from seqloom.tune.tuned import tune as tune
from seqloom.tune.usual import usual_space as usual_space

__all__ = [
    "ENDING",
    "Budget",
    "Choice",
    "Final",
    "Job",
    "Place",
    "Pruning",
    "Real",
    "Searched",
    "Space",
    "Standing",
    "Study",
    "Tried",
    "Tuned",
    "Whole",
    "Work",
    "begin",
    "conclude",
    "job_of",
    "read_space",
    "search",
    "sentence_of",
    "tune",
    "usual_space",
]
