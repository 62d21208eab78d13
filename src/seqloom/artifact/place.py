"""Where an artifact stands, or shall stand."""

import errno
import os
import time
from pathlib import Path

from seqloom.artifact.champion import champion_of
from seqloom.artifact.members import ENDING, LARGEST
from seqloom.errors import MissingFileError, SettingsError

_ZIP_MARK = b"PK\x03\x04"
_PAUSES = (0, 0.002, 0.1)  # seconds; a folder that is replaced is away for a moment where the system cannot swap two


def destination(path: Path | str, *, as_directory: bool = False) -> tuple[Path, bool]:
    """The place a save will take, and whether it is a folder.

    Args:
        path: where the user wants the artifact.
        as_directory: write a folder whatever the path looks like.

    Raises:
        SettingsError: something that is not an artifact stands there; it would be lost.
    """
    place = Path(path)
    is_folder = as_directory or place.is_dir() or str(path).endswith(("/", os.sep))
    if not is_folder and not place.suffix:
        place = place.with_name(place.name + ENDING)
    foreign = _foreign(place, is_folder=is_folder)
    if foreign:
        fix = "choose another path, or remove what stands there"
        raise SettingsError(str(place), expected="a free place or an older artifact", came=foreign, fix=fix)
    return place, is_folder


def existing(path: Path | str) -> Path:
    """The place of an artifact that is there, the ending `.loom` added where it was left out.

    A registry stands for its champion.

    Raises:
        MissingFileError: there is none.
        RegistryError: a registry without a champion.
        ArtifactError: a damaged registry.
    """
    champion = champion_of(path)
    place = Path(path) if champion is None else champion.path
    for pause in _PAUSES:
        time.sleep(pause)
        for candidate in (place, place.with_name(f"{place.name}{ENDING}")):
            if candidate.exists():
                return candidate
    fix = "check the path, or save an artifact there first"
    error = MissingFileError(str(place), expected="an artifact", came="nothing at this path", fix=fix)
    error.errno = errno.ENOENT
    raise error


def _foreign(place: Path, *, is_folder: bool) -> str:
    """What stands at the place and is not an artifact, in words; empty where the place may be taken."""
    if not place.exists():
        return ""
    if is_folder != place.is_dir():
        return "a folder" if place.is_dir() else "a file where a folder is asked for"
    if is_folder:
        others = sorted(entry.name for entry in place.iterdir() if entry.name not in LARGEST)
        return f"a folder with other things in it: '{others[0]}'" if others else ""
    with place.open("rb") as file:
        head = file.read(len(_ZIP_MARK))
    return "" if head in (b"", _ZIP_MARK) else "a file that is not an artifact"
