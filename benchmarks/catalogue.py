"""All tasks, found in the files of `benchmarks/tasks`."""

import importlib
import pkgutil

from benchmarks import tasks
from benchmarks.task import Task


def families() -> dict[str, tuple[Task, ...]]:
    """The tasks of each file, by the name of the file."""
    names = sorted(module.name for module in pkgutil.iter_modules(tasks.__path__))
    return {name: tuple(importlib.import_module(f"{tasks.__name__}.{name}").TASKS) for name in names}


def named(names: list[str]) -> list[Task]:
    """The tasks with these names; the name of a file stands for all tasks in it, unless one of them has that very name.

    No name stands for all there are.

    Raises:
        LookupError: there is no such task.
    """
    found = families()
    every = {task.name: (task,) for group in found.values() for task in group}
    if not names:
        return [task for group in found.values() for task in group]
    places = found | every
    for name in names:
        if name not in places:
            raise LookupError(f"expected one of {', '.join(places)}, came {name!r}")
    chosen = {task.name: task for name in names for task in places[name]}
    return list(chosen.values())
