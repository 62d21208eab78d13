"""One version of a model: what is known of it without opening its artifact."""

import math
from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import Field

from seqloom.artifact import replaced_file
from seqloom.artifact.champion import ADVICE, read_object
from seqloom.artifact.refusal import refusal
from seqloom.artifact.strict_json import JSON, write
from seqloom.registry.state import DIGEST, Plain, checked

VERSIONS = "versions"
"""The folder of the records, one file for each version."""


class Version(Plain):
    """What is known of a version; it never changes.

    Args:
        version: its number, from 1 on.
        digest: of its artifact.
        parent: the version its training began from; None: from none.
        task: what its model does.
        added: when it was added, ISO 8601 in UTC.
        by: who added it.
        note: what somebody wanted to be known of it.
        fingerprint: what its training data was.
        settings: every setting of its training.
        metrics: metrics by part and name; null: one that was not finite.
    """

    version: int = Field(ge=1)
    digest: str = Field(pattern=DIGEST)
    parent: int | None = Field(None, ge=1)
    task: str
    added: str
    by: str
    note: str = ""
    fingerprint: dict[str, JSON] = Field(default_factory=dict)
    settings: dict[str, JSON] = Field(default_factory=dict)
    metrics: dict[str, JSON] = Field(default_factory=dict)

    @property
    def not_finite(self) -> list[str]:
        """The names of metrics that are not a finite number: `test.mse`."""
        return [name for name, value in numbers_of(self.metrics) if value is None or not math.isfinite(value)]


def numbers_of(metrics: Mapping[str, JSON]) -> Iterator[tuple[str, float | None]]:
    """Metrics in one flat row: `test.mse` and its value.

    Example:
        >>> list(numbers_of({"test": {"mse": 0.5, "r2": None}}))
        [('test.mse', 0.5), ('test.r2', None)]
    """
    for name, value in metrics.items():
        if isinstance(value, Mapping):
            yield from ((f"{name}.{inner}", number) for inner, number in numbers_of(value))
        elif value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
            yield name, None if value is None else float(value)


def place_of(folder: Path, number: int) -> Path:
    """Where the record of a version stands."""
    return folder / VERSIONS / f"{number}.json"


def read_version(folder: Path, number: int) -> Version:
    """The record of a version.

    Raises:
        MissingFileError: there is none.
        ArtifactError: the record is damaged; the message names the file.
    """
    file = place_of(folder, number)
    found = checked(Version, read_object(file), file)
    if found.version != number:
        raise refusal(
            str(file), expected=f"the record of version {number}", came=f"that of {found.version}", fix=ADVICE
        )
    return found


def write_version(folder: Path, version: Version) -> None:
    """Write the record of a new version.

    Raises:
        StorageError: the disk refused; there is no such version then.
    """
    file = place_of(folder, version.version)
    raw = write(version.model_dump(mode="json"), str(file))
    with replaced_file(file) as stream:
        stream.write(raw)


def numbers_in(folder: Path) -> list[int]:
    """The numbers of all versions of a registry, in order; what else lies in the folder is nobody's."""
    names = [file.stem for file in (folder / VERSIONS).glob("*.json")]
    return sorted(int(name) for name in names if name.isdecimal() and name.isascii() and str(int(name)) == name)
