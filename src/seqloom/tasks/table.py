"""The closed list of tasks."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from seqloom.tasks.anomaly import ANOMALY
from seqloom.tasks.classify import CLASSIFY
from seqloom.tasks.events import EVENTS
from seqloom.tasks.forecast import FORECAST
from seqloom.tasks.frames import IMAGES, MUSIC
from seqloom.tasks.label import LABEL
from seqloom.tasks.language import LANGUAGE
from seqloom.tasks.regress import REGRESS
from seqloom.tasks.tag import TAG
from seqloom.tasks.task import Task
from seqloom.tasks.transcribe import TRANSCRIBE
from seqloom.tasks.translate import TRANSLATE

ALL: tuple[Task[Any, Any], ...] = (
    *(FORECAST, CLASSIFY, LABEL, REGRESS, TAG, EVENTS, ANOMALY),
    *(LANGUAGE, TRANSCRIBE, TRANSLATE, MUSIC, IMAGES),
)
"""All tasks, in the order they are asked whether a schema poses them."""
TASKS: Mapping[str, Task[Any, Any]] = MappingProxyType({task.name: task for task in ALL})
