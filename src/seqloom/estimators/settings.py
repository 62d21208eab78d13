"""All choices of one fit: those of every room it walks through, and the task."""

import difflib
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from seqloom.errors import MissingFileError, SettingsError
from seqloom.estimators.complaint import complaint
from seqloom.evaluate import JudgeSettings
from seqloom.model import NETWORK, ModelSettings
from seqloom.prepare import PrepareSettings, SplitSettings
from seqloom.read import ReadSettings
from seqloom.tasks import TASKS
from seqloom.train import TrainSettings

ROOMS: dict[str, type[BaseModel]] = {
    "read": ReadSettings,
    "prepare": PrepareSettings,
    "split": SplitSettings,
    "model": ModelSettings,
    "train": TrainSettings,
    "judge": JudgeSettings,
}
READING = ("ignore", "steps_left", "delimiter", "labels", "file_names", "part", "memory", "sort", "on_error")
"""The settings of `read` that still can be chosen where a schema says what the columns are."""
TARGET = "target"
"""What the reader calls labels and values that are handed over beside arrays."""


class FitSettings(BaseModel):
    """Everything that can be chosen about a fit, room by room.

    Every field of every room has a name of its own, so that all of them can be given flat: as keys of one mapping, as
    keys of a YAML file, as flags of the command line.

    Example:
        >>> settings = FitSettings.flat({"horizon": 24, "epochs": 5})
        >>> settings.model.horizon, settings.train.epochs
        (24, 5)
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    task: str | None = Field(None, description=f"Task: {', '.join(TASKS)}.")
    read: ReadSettings = ReadSettings()
    prepare: PrepareSettings = PrepareSettings()
    split: SplitSettings = SplitSettings()
    model: ModelSettings = ModelSettings()
    train: TrainSettings = TrainSettings()
    judge: JudgeSettings = JudgeSettings()

    @classmethod
    def flat(cls, values: Mapping[str, Any], *, source: str = "settings", flags: Collection[str] = ()) -> Self:
        """Settings from one flat mapping of names to values.

        Args:
            values: settings by name.
            source: where they were written, for messages.
            flags: the names that were given on the command line instead.

        Raises:
            SettingsError: a name that no room has, or a value its room refuses.
        """

        def where(name: str) -> str:
            return f"--{name.replace('_', '-')}" if name in flags else f"{source}, {name}"

        rooms: dict[str, dict[str, Any]] = {room: {} for room in ROOMS}
        for name, value in values.items():
            if name != "task":
                rooms[_room_of(name, source)][name] = value
        task = values.get("task")
        if task is not None and task not in TASKS:
            raise SettingsError(where("task"), expected=" or ".join(TASKS), came=repr(task), fix="choose one of them")
        if task is None and values.get("label_separator") is not None:
            task = "label"
        return cls(task=task, **{room: _build(model, rooms[room], where) for room, model in ROOMS.items()})

    @property
    def simple(self) -> bool:
        """Whether a simple method answers, so that there is no network to be built and trained."""
        return self.model.method != NETWORK

    @property
    def reading(self) -> ReadSettings:
        """How to read for the task; what says the part is a label."""
        return self._reading(self.read)

    @property
    def reading_beside_targets(self) -> ReadSettings:
        """The same for arrays with their targets beside them, which the reader gives a name of its own."""
        named = self.read.model_copy(update={"target": (*self.read.target, TARGET)})
        return self._reading(named).model_copy(update={"target": self.read.target})

    def _reading(self, read: ReadSettings) -> ReadSettings:
        parts = () if self.split.split_column is None else (self.split.split_column,)
        if parts and parts[0] not in read.named:
            read = read.model_copy(update={"categories": (*read.categories, *parts)})
        return read if self.task is None else read.model_copy(update=TASKS[self.task].reading(read))

    def flattened(self) -> dict[str, Any]:
        """All settings in one flat mapping that `flat` understands; what is left open is left out."""
        values: dict[str, Any] = {} if self.task is None else {"task": self.task}
        for room in ROOMS:
            values |= getattr(self, room).model_dump(mode="json", exclude_none=True)
        return {name: value for name, value in values.items() if value not in ([], ())}


def read_yaml(path: Path) -> dict[str, Any]:
    """The flat mapping a YAML file holds.

    Raises:
        MissingFileError: the file cannot be read.
        SettingsError: it holds something else.
    """
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise MissingFileError(str(path), expected="a YAML file", came="nothing", fix="check the path") from error
    except OSError as error:
        came = error.strerror or "an error"
        raise MissingFileError(str(path), expected="a readable YAML file", came=came, fix="check the path") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        came = " ".join(str(error).split())
        raise SettingsError(str(path), expected="YAML", came=came, fix="correct the file") from error
    if not isinstance(content, dict):
        came = {type(None): "nothing", str: "text", list: "a list"}.get(type(content), type(content).__name__)
        fix = "write NAME: VALUE lines"
        raise SettingsError(str(path), expected="a mapping of names to values", came=came, fix=fix)
    return {str(name).replace("-", "_"): value for name, value in content.items()}


def as_yaml(values: Mapping[str, Any]) -> str:
    """Settings as the text of a file `read_yaml` reads.

    Example:
        >>> print(as_yaml({"cell": "gru", "horizon": 24}), end="")
        cell: gru
        horizon: 24
    """
    text: str = yaml.safe_dump(dict(values), allow_unicode=True, sort_keys=False, default_flow_style=False)
    return text


def _room_of(name: str, source: str) -> str:
    for room, model in ROOMS.items():
        if name in model.model_fields:
            return room
    every = ["task", *(field for model in ROOMS.values() for field in model.model_fields)]
    near = difflib.get_close_matches(name, every, n=1)
    raise SettingsError(
        source,
        expected="a known setting",
        came=repr(name),
        fix=f"did you mean {near[0]!r}?" if near else "see seqloom fit --help",
    )


def _build(model: type[BaseModel], values: dict[str, Any], where: Callable[[str], str]) -> BaseModel:
    try:
        return model(**values)
    except ValidationError as error:
        raise complaint(error, model, where) from error
