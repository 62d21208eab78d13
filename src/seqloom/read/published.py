"""The files of a public data set, which is not part of the package."""

from collections.abc import Sequence
from pathlib import Path

from seqloom.errors import MissingFileError


def published(folder: Path | str, names: Sequence[str], *, source: str) -> tuple[Path, ...]:
    """Where the files of a public data set lie.

    Args:
        folder: where they are looked for.
        names: their names, relative to the folder.
        source: what the data set is and where it comes from, as a noun phrase.

    Returns:
        One path for each name.

    Raises:
        MissingFileError: a file is not there; the message says where to get it.
    """
    paths = tuple(Path(folder) / name for name in names)
    for path in paths:
        if not path.is_file():
            others = ", ".join(names)
            raise MissingFileError(
                str(path),
                expected=f"a file of {source}",
                came="none",
                fix=f"name the folder that holds {others} with --data",
            )
    return paths
