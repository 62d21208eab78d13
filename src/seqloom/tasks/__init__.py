"""Tasks: everything about a kind of answer in one file."""

from seqloom.tasks.explained import Explained as Explained
from seqloom.tasks.explained import Telling as Telling
from seqloom.tasks.rivals import NETS as NETS
from seqloom.tasks.rivals import SHUFFLED as SHUFFLED
from seqloom.tasks.rivals import Net as Net
from seqloom.tasks.rivals import rivals_of as rivals_of
from seqloom.tasks.table import TASKS as TASKS
from seqloom.tasks.task import Answered as Answered
from seqloom.tasks.task import Task as Task

__all__ = ["NETS", "SHUFFLED", "TASKS", "Answered", "Explained", "Net", "Task", "Telling", "rivals_of"]
