"""A folder that keeps several versions of a model, and the one of them it stands for: its champion."""

import errno
from pathlib import Path
from typing import NamedTuple

from seqloom.artifact import strict_json
from seqloom.artifact.members import ENDING, MEBIBYTE
from seqloom.artifact.refusal import refusal, shown
from seqloom.artifact.strict_json import JSON
from seqloom.errors import MissingFileError, RegistryError, StorageError

REGISTRY = "registry.json"
"""The file that makes a folder a registry, and says which version is the champion."""
ARTIFACTS = "artifacts"
"""The folder of its artifacts, each named by its digest."""
LARGEST = 16 * MEBIBYTE
"""Bytes a file of a registry may have."""
FORMAT, FORMAT_VERSION = "seqloom-registry", 2
"""The latest version that is known; all before it are, too."""
ADVICE = "bring this file back from a copy of the registry"
_DIGITS = 64


class Champion(NamedTuple):
    """The version a registry stands for.

    Args:
        version: its number, from 1 on.
        path: its artifact.
        digest: of the artifact.
    """

    version: int
    path: Path
    digest: str


def champion_of(folder: Path | str) -> Champion | None:
    """The champion of a registry; None: there is no registry at this path.

    Reads one small file, so that it can be asked every second.

    Raises:
        RegistryError: no version was promoted yet.
        ArtifactError: the registry is damaged; the message names the file.
        StorageError: the disk refused to read.
    """
    file = Path(folder) / REGISTRY
    if not file.is_file():
        return None
    named = read_object(file)
    check_format(named, file)
    match named.get("champion"):
        case None:
            fix = f"add a model and promote it: seqloom registry promote {folder} VERSION"
            raise RegistryError(str(folder), expected="a champion", came="a registry without one", fix=fix)
        case {"version": int(version), "digest": str(digest)} if version > 0 and is_digest(digest):
            return Champion(version, Path(folder) / ARTIFACTS / f"{digest}{ENDING}", digest)
        case other:
            raise refusal(f"{file}, champion", expected="version and digest", came=shown(other), fix=ADVICE)


def promised_digest(place: Path) -> str | None:
    """The digest that the name of an artifact in a registry promises; None: it stands elsewhere."""
    named = place.stem if place.suffix == ENDING and place.parent.name == ARTIFACTS else ""
    return named if is_digest(named) and (place.parent.parent / REGISTRY).is_file() else None


def read_object(file: Path) -> dict[str, JSON]:
    """The JSON object in a file of a registry.

    Raises:
        MissingFileError: the file is not there.
        ArtifactError: it holds something else, or too much.
        StorageError: the disk refused to read.
    """
    where = str(file)
    try:
        with file.open("rb") as stream:
            raw = stream.read(LARGEST + 1)
    except FileNotFoundError as error:
        missing = MissingFileError(where, expected="a file of the registry", came="nothing at this path", fix=ADVICE)
        missing.errno = errno.ENOENT
        raise missing from error
    except OSError as error:
        fix = "check its permissions"
        raise StorageError(where, expected="a readable file", came=error.strerror or str(error), fix=fix) from error
    if len(raw) > LARGEST:
        raise refusal(where, expected=f"at most {LARGEST} bytes", came="more", fix=ADVICE)
    found = strict_json.parse(raw, where)
    if not isinstance(found, dict):
        raise refusal(where, expected="a JSON object", came=shown(found), fix=ADVICE)
    return found


def check_format(named: dict[str, JSON], file: Path) -> None:
    """Refuse what is no registry, or one of a later version.

    Raises:
        ArtifactError: it is.
    """
    came = (named.get("format"), named.get("format_version"))
    if came[0] != FORMAT or type(came[1]) is not int or not 1 <= came[1] <= FORMAT_VERSION:
        expected = f"the format {FORMAT!r}, version 1 to {FORMAT_VERSION}"
        fix = "update seqloom, or " + ADVICE
        raise refusal(str(file), expected=expected, came=f"{shown(came[0])}, {shown(came[1])}", fix=fix)


def is_digest(text: str) -> bool:
    """Whether a text is a sha256 in hexadecimal, and so a name that leads nowhere else."""
    return len(text) == _DIGITS and set(text) <= set("0123456789abcdef")
