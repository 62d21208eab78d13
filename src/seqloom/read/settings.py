"""How a source is to be read."""

import os
import re
from collections.abc import Iterator
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from seqloom.errors import SettingsError
from seqloom.sequence import Ending, FailsWithin, Layout, Names, RemainingLife

_DELIMITERS = {"tab": "\t", "\\t": "\t", "space": " "}
_UNITS = {"": 1, "K": 1024, "M": 1024**2, "G": 1024**3, "T": 1024**4}


NoteStep = Literal["quarter", "eighth", "sixteenth", "thirty-second"]
EVERY = ("*",)
"""In the place of the names of the targets: all columns of a frame."""
STEPS_OF_A_WHOLE: dict[NoteStep, int] = {"quarter": 4, "eighth": 8, "sixteenth": 16, "thirty-second": 32}
"""Steps of a whole note, by their length."""
CAP = 125
"""Remaining life at most, where it is asked for without a number: what most publish on jet engines."""


class ReadSettings(BaseModel):
    """What the reader is told about a source; whatever is left out is inferred.

    Example:
        >>> ReadSettings(target="load,price").target
        ('load', 'price')
        >>> ReadSettings(memory="2GB").memory_bytes
        2147483648
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    target: Names = Field(
        (),
        description="columns to be predicted; * for all, where there are frames; the file of a file's translations",
    )
    time: str | None = Field(None, description="column of the time stamps (inferred from its values)")
    group: str | None = Field(None, description="column that tells sequences apart")
    known: Names = Field((), description="columns known ahead: a calendar, a plan, a weather forecast")
    static: Names = Field((), description="columns with one value per sequence")
    remaining_life: int | None = Field(
        None,
        ge=1,
        description=f"target: the steps until each sequence ends, at most this many; {CAP} where no number is given",
        json_schema_extra={"alone": CAP},
    )
    fails_within: int | None = Field(
        None, ge=1, description="target: whether a sequence ends within this many steps, yes or no"
    )
    steps_left: str | None = Field(
        None,
        description="column of the steps that were left after each sequence's last row, where some were cut before"
        " their end",
    )
    categories: Names = Field((), description="number columns to be read as labels")
    text: Names = Field((), description="columns to be read as texts, sequences of tokens (inferred)")
    marks: str | None = Field(
        None,
        description="column with 1 at every step that was an anomaly, else 0: judged by, never an input; of the"
        " validation part it tells what is not usual",
    )
    ignore: Names = Field((), description="columns not to be used")
    layout: Layout | None = Field(
        None,
        description="long: a row per step; wide: a row per sequence, a column per step; nested: cells hold lists;"
        " text: running text, no table",
    )
    per_step_target: bool | None = Field(
        None, description="whether the target has a value per step (inferred: not where it is constant per sequence)"
    )
    delimiter: str | None = Field(None, description="character between the fields of a text table (sniffed)")
    labels: str | None = Field(
        None, description="file of the labels of IDX images, or of a folder of recordings (found by its name)"
    )
    file_names: str | None = Field(
        None, description="what the names of recordings say, such as {digit}_{speaker}_{take}"
    )
    rate: int | None = Field(
        None, ge=100, le=1_000_000, description="samples per second that recordings are brought to (that of the first)"
    )
    pixels: bool = Field(default=False, description="read an image pixel by pixel instead of row by row")
    note_step: NoteStep = Field("sixteenth", description="length of a step of music: what MIDI and ABC are cut into")
    part: str | None = Field(None, description="the one part to read, of a file or folder of music that has parts")
    memory: str | int | None = Field(
        None, description="bytes a source may take in memory, such as 2GB; a larger one is read from disk (a third)"
    )
    sort: bool = Field(
        default=False, description="put rows whose time stamps go back in order, instead of refusing them"
    )
    ties: bool = Field(default=False, description="let rows of a sequence share a time stamp, as events do")
    on_error: Literal["stop", "skip"] = Field("stop", description="what to do at a bad row: stop, or skip and report")

    @field_validator("delimiter")
    @classmethod
    def _one_character(cls, value: str | None) -> str | None:
        found = _DELIMITERS.get(value or "", value)
        if found is not None and len(found) != 1:
            fix = "name one, or tab, or space"
            raise SettingsError("delimiter", expected="one character", came=repr(value), fix=fix)
        return found

    @field_validator("remaining_life", mode="before")
    @classmethod
    def _without_a_number(cls, value: object) -> object:
        return (CAP if value else None) if isinstance(value, bool) else value

    @model_validator(mode="after")
    def _one_target(self) -> "ReadSettings":
        made = [name for name in ("remaining_life", "fails_within") if getattr(self, name) is not None]
        others = made[1:] or ["target"] * bool(self.target)
        if made and others:
            fix = "choose one of them: it is a target of its own"
            raise SettingsError(made[0], expected="no other target", came=others[0], fix=fix)
        if made and self.per_step_target is False:
            came = "per_step_target false"
            raise SettingsError(made[0], expected="a value per step", came=came, fix="leave that out")
        return self

    @model_validator(mode="after")
    def _one_role_each(self) -> "ReadSettings":
        taken: dict[str, str] = {}
        for name, role in self._assignments():
            if taken.setdefault(name, role) != role:
                raise SettingsError(
                    f"column '{name}'", expected="one role", came=f"{taken[name]} and {role}", fix="name it once"
                )
        _ = self.memory_bytes
        return self

    def _assignments(self) -> Iterator[tuple[str, str]]:
        named = () if self.target == EVERY else self.target
        lists = {"target": named, "known": self.known, "static": self.static, "ignore": self.ignore}
        for role, names in lists.items():
            yield from ((name, role) for name in names)
        alone = {"time": self.time, "group": self.group, "marks": self.marks, "steps_left": self.steps_left}
        yield from ((name, role) for role, name in alone.items() if name is not None)

    @property
    def named(self) -> tuple[str, ...]:
        """Every column these settings name, once."""
        return tuple(dict.fromkeys([*(name for name, _ in self._assignments()), *self.categories, *self.text]))

    @property
    def ending(self) -> Ending | None:
        """The target that is to be made from where sequences end, if one is."""
        if self.remaining_life is not None:
            return RemainingLife(cap=self.remaining_life, left=self.steps_left)
        return None if self.fails_within is None else FailsWithin(within=self.fails_within, left=self.steps_left)

    @property
    def memory_bytes(self) -> int:
        """Bytes a source may take in memory; by default a third of what the machine has.

        The machine's whole memory counts, not what happens to be free: the same file is then always read the same way.
        """
        if self.memory is None:
            return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 3
        found = re.fullmatch(r"(\d+(?:\.\d+)?) ?([KMGT]?)i?B?", str(self.memory).strip(), re.IGNORECASE)
        if found is None or not float(found[1]):
            raise SettingsError("memory", expected="a size such as 2GB", came=repr(self.memory), fix="correct it")
        return int(float(found[1]) * _UNITS[found[2].upper()])
