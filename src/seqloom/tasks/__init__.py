"""Tasks: everything about a kind of answer in one file."""

from seqloom.tasks.table import TASKS as TASKS
from seqloom.tasks.task import Answered as Answered
from seqloom.tasks.task import Task as Task

__all__ = ["TASKS", "Answered", "Task"]
