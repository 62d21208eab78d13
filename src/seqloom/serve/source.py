"""Where a served model comes from: looked at from time to time, since another one may be saved there."""

from pathlib import Path

from seqloom.artifact import Bundle, existing, load
from seqloom.errors import SeqloomError

Mark = tuple[str, int, int, int]
MANIFEST = "manifest.json"


class Source:
    """The place of an artifact.

    Args:
        path: a file or folder; a registry stands for its champion.
    """

    def __init__(self, path: Path | str) -> None:
        self.path = str(path)
        self._mark: Mark | None = None

    def load(self) -> Bundle:
        """The model that stands there now.

        Raises:
            MissingFileError: there is none.
            ArtifactError: it is refused.
            StorageError: the disk refused to read.
        """
        self._mark = self._now()
        return load(self.path)

    def changed(self) -> bool:
        """Whether something else may stand there than what was loaded last, or refused; costs a look at the folder."""
        return self._now() not in (self._mark, None)

    def _now(self) -> Mark | None:
        try:
            place = existing(self.path)
            found = (place / MANIFEST if place.is_dir() else place).stat()
        except (OSError, SeqloomError):  # nothing there, or a registry that cannot be read
            return None
        return str(place), found.st_ino, found.st_size, found.st_mtime_ns
