"""What the columns of a data set are and what part each plays."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from seqloom.sequence.ending import Ending

Kind = Literal["number", "category", "text", "sound"]
Role = Literal["target", "past", "known", "static", "mark"]
Layout = Literal["long", "wide", "nested", "text"]


class Column(BaseModel):
    """One column of a data set.

    Args:
        name: the column's name in the source.
        kind: `number` (float), `category` (one of a closed list of labels), `text` (read as a sequence of tokens) or
            `sound` (samples, read as a sequence of frames).
        role: `target` is to be predicted; `past` is known up to the present; `known` is known ahead (a calendar, a
            plan); `static` is one value per sequence; `mark` tells afterwards what was so: it is judged by, and no
            input.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    kind: Kind
    role: Role

    @property
    def coded(self) -> bool:
        """Whether its values are codes of labels: those of categories, or the different texts."""
        return self.kind in ("category", "text")


class Schema(BaseModel):
    """The columns of a data set, its layout and its clock.

    Args:
        layout: `long` (one row per step), `wide` (one row per sequence, one column per step), `nested` (one row per
            sequence, cells hold lists) or `text` (one row per line of running text, one sequence per file).
        columns: every column used, in the order of the source.
        time: name of the time column, if there is one.
        group: name of the column that tells sequences apart, if there is one.
        ignored: columns of the source that are not used.
        interval: seconds between steps, when the time stamps are regular.
        rate: steps per second of a column of sound.
        per_step_target: whether targets have a value per step (forecasts) or one per sequence (classes).
        ties: whether rows of a sequence may share a time stamp, as events do.
        ending: how the target is made from where sequences end; None: it is a column of the source.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    layout: Layout = "long"
    columns: tuple[Column, ...]
    time: str | None = None
    group: str | None = None
    ignored: tuple[str, ...] = ()
    interval: float | None = None
    rate: int | None = None
    per_step_target: bool = True
    ties: bool = False
    ending: Ending | None = None

    def names(self, *roles: Role) -> tuple[str, ...]:
        """Names of the columns that play one of `roles`, in order; of all columns where none is given."""
        return tuple(column.name for column in self.columns if not roles or column.role in roles)

    def column(self, name: str) -> Column:
        """The column called `name`.

        Raises:
            KeyError: there is none.
        """
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    @property
    def targets(self) -> tuple[str, ...]:
        """Names of the target columns."""
        return self.names("target")

    @property
    def step_columns(self) -> tuple[str, ...]:
        """Names of the columns that have a value per step."""
        return tuple(
            column.name
            for column in self.columns
            if column.role in ("past", "known", "mark") or (column.role == "target" and self.per_step_target)
        )

    @property
    def static_columns(self) -> tuple[str, ...]:
        """Names of the columns that have one value per sequence."""
        return tuple(column.name for column in self.columns if column.name not in self.step_columns)
