"""What changes in a registry: its champion, and how it came to be the champion."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, Self, TypeVar

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SerializerFunctionWrapHandler,
    ValidationError,
    model_serializer,
    model_validator,
)

from seqloom.artifact import replaced_file
from seqloom.artifact.champion import ADVICE, FORMAT, FORMAT_VERSION, REGISTRY, check_format, read_object
from seqloom.artifact.refusal import refusal, shown
from seqloom.artifact.strict_json import JSON, write

DIGEST = r"^[0-9a-f]{64}$"
HOLDOUT = r"^(holdout|holdouts/[0-9a-f]{64})(\.[A-Za-z0-9]{1,12}){0,3}$"
HOLDOUTS = "holdouts"
"""The folder of the file every challenger is tested on, since version 2."""


class Plain(BaseModel):
    """A frozen record that knows all of its fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


Record = TypeVar("Record", bound=Plain)


class Pointer(Plain):
    """The champion: its number and the digest of its artifact."""

    version: int = Field(ge=1)
    digest: str = Field(pattern=DIGEST)


class Promotion(Plain):
    """One change of the champion.

    Args:
        kind: `promote`, or `rollback` to the one before.
        before: the version that was champion; None: there was none.
        after: the version that is champion since.
        at: when, ISO 8601 in UTC.
        by: who did it.
        why: for what reason.
    """

    kind: Literal["promote", "rollback"]
    before: int | None
    after: int
    at: str
    by: str
    why: str


class Holdout(Plain):
    """The file every challenger is tested on.

    Args:
        file: where it is in the folder of the registry; since version 2 its name is the hash.
        sha256: of its bytes.
        at: when it was frozen, ISO 8601 in UTC; None: version 1, which does not say.
        by: who did it; None: as above.
    """

    file: str = Field(pattern=HOLDOUT)
    sha256: str = Field(pattern=DIGEST)
    at: str | None = None
    by: str | None = None

    @classmethod
    def of(cls, sha256: str, endings: str, by: str) -> "Holdout":
        """One that is frozen now.

        Args:
            sha256: of the file.
            endings: of its name.
            by: who freezes it.
        """
        return cls(file=f"{HOLDOUTS}/{sha256}{endings}", sha256=sha256, at=now(), by=by)

    @model_validator(mode="after")
    def _named(self) -> Self:
        """The file is called like its hash, and then it is known when it was frozen, and by whom."""
        named = self.file.startswith(f"{HOLDOUTS}/")
        if named and not self.file.startswith(f"{HOLDOUTS}/{self.sha256}"):
            raise ValueError("a file that is not called like its hash")
        if (self.at is not None, self.by is not None) != (named, named):
            raise ValueError("a time and a name for a file of version 2 alone")
        return self

    @model_serializer(mode="wrap")
    def _told(self, plain: SerializerFunctionWrapHandler) -> dict[str, JSON]:
        """What a version does not know is not written."""
        return {name: value for name, value in plain(self).items() if value is not None}


class State(Plain):
    """The one file of a registry that changes, always as a whole.

    Args:
        format: `seqloom-registry`.
        format_version: the lowest version that has what is in it, so that older programs read it as long as they can.
        champion: the champion; None: no version was promoted yet.
        promotions: every change of the champion, the first one first; they are only added to.
        holdout: what every challenger is tested on, frozen once; None: nothing was named yet.
    """

    format: str = FORMAT
    format_version: int = 1
    champion: Pointer | None = None
    promotions: tuple[Promotion, ...] = ()
    holdout: Holdout | None = None

    @model_validator(mode="after")
    def _agree(self) -> Self:
        """The champion is where the last promotion led, and each began where the one before it led."""
        led: int | None = None
        for promotion in self.promotions:
            if promotion.before != led:
                raise ValueError(f"a promotion of version {promotion.after} over {promotion.before}, not over {led}")
            led = promotion.after
        if (self.champion and self.champion.version) != led:
            raise ValueError("a champion that was not promoted last")
        if self.holdout is not None and (self.holdout.at is not None) != (self.format_version > 1):
            raise ValueError(f"a hold-out of another version than {self.format_version}")
        return self

    def earlier(self) -> list[int]:
        """The champions before the present one that a rollback leads to, the latest last."""
        standing: list[int] = []
        for promotion in self.promotions:
            if promotion.kind == "rollback":
                standing.pop()
            else:
                standing.append(promotion.after)
        return standing[:-1]

    def frozen(self, holdout: Holdout) -> "State":
        """The state with a hold-out."""
        return self.model_copy(update={"holdout": holdout, "format_version": FORMAT_VERSION})

    def moved(self, pointer: Pointer, kind: Literal["promote", "rollback"], by: str, why: str) -> "State":
        """The state with another champion."""
        before = None if self.champion is None else self.champion.version
        step = Promotion(kind=kind, before=before, after=pointer.version, at=now(), by=by, why=why)
        return self.model_copy(update={"champion": pointer, "promotions": (*self.promotions, step)})


def now() -> str:
    """This moment, ISO 8601 in UTC."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def read_state(folder: Path) -> State:
    """The state of a registry.

    Raises:
        MissingFileError: the folder is no registry.
        ArtifactError: the file is damaged; the message names it and the field.
        StorageError: the disk refused to read.
    """
    file = folder / REGISTRY
    fields = read_object(file)
    check_format(fields, file)
    return checked(State, fields, file)


def write_state(folder: Path, state: State) -> None:
    """Put a state in the place of the one before, in one step and on the disk.

    Raises:
        StorageError: the disk refused; the state is as it was.
    """
    file = folder / REGISTRY
    raw = write(state.model_dump(mode="json"), str(file))
    with replaced_file(file) as stream:
        stream.write(raw)


def checked(kind: type[Record], fields: object, file: Path) -> Record:
    """A record of these fields.

    Raises:
        ArtifactError: they are not those of such a record; the message names file and field.
    """
    try:
        return kind.model_validate(fields)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(map(str, first["loc"])) or "the whole"
        raise refusal(
            f"{file}, {place}", expected=kind.__name__.lower(), came=shown(first["msg"]), fix=ADVICE
        ) from None
