"""A folder of versions of a model, and the one of them that is used."""

import getpass
import hashlib
import shutil
from pathlib import Path
from typing import Literal

from seqloom.artifact import Champion, champion_of, read_container, replaced_file
from seqloom.artifact.archive import write_archive
from seqloom.artifact.champion import ARTIFACTS, REGISTRY
from seqloom.artifact.members import ENDING, LARGEST
from seqloom.artifact.place import existing
from seqloom.artifact.refusal import refusal
from seqloom.errors import ConflictError, MissingFileError, RegistryError, SettingsError
from seqloom.registry.lock import locked
from seqloom.registry.state import Holdout, Pointer, Promotion, State, now, read_state, write_state
from seqloom.registry.version import Version, numbers_in, read_version, write_version

LOCK = ".lock"


class Registry:
    """Versions of a model in a folder; `docs/registry-format.md` says how they lie there.

    Versions are added and never changed. The champion is changed by compare-and-set, together with the history of
    promotions, in one step: whoever is killed, and whenever, leaves one champion, the old or the new one. Several
    processes may use one registry.

    Args:
        folder: where it is.

    Raises:
        MissingFileError: there is no registry.
        ArtifactError: it is damaged; the message names the file.
    """

    def __init__(self, folder: Path | str) -> None:
        self.folder = Path(folder)
        if not (self.folder / REGISTRY).is_file():
            came = "a folder that is none" if self.folder.is_dir() else "nothing at this path"
            fix = "check the path, or make one: seqloom registry add FOLDER MODEL"
            raise MissingFileError(str(folder), expected="a registry", came=came, fix=fix)
        read_state(self.folder)

    @classmethod
    def make(cls, folder: Path | str, *, holdout: Path | str | None = None) -> "Registry":
        """A new registry.

        Args:
            folder: where it shall be: a path where nothing is, or an empty folder.
            holdout: see `hold_out`; None: it may be named later.

        Raises:
            SettingsError: something is there already.
            MissingFileError: the hold-out is not there.
            StorageError: the disk refused.
        """
        place = Path(folder)
        if place.exists() and (not place.is_dir() or any(entry.name != LOCK for entry in place.iterdir())):
            came = "a registry" if (place / REGISTRY).is_file() else "a place where something else is"
            raise SettingsError(str(folder), expected="a free place", came=came, fix="choose another folder")
        if holdout is not None:
            _must_be_file(Path(holdout))
        write_state(place, State())
        made = cls(place)
        if holdout is not None:
            made.hold_out(holdout)
        return made

    def champion(self) -> Champion:
        """The version that is used; reads one small file, so that it can be asked every second.

        Raises:
            RegistryError: none was promoted yet.
            ArtifactError: the registry is damaged; the message names the file.
        """
        found = champion_of(self.folder)
        if found is None:
            raise MissingFileError(str(self.folder), expected="a registry", came="none", fix="check the path")
        return found

    def promotions(self) -> tuple[Promotion, ...]:
        """Every change of the champion, the first one first."""
        return read_state(self.folder).promotions

    def versions(self) -> list[Version]:
        """All versions, in order."""
        return [read_version(self.folder, number) for number in numbers_in(self.folder)]

    def version(self, number: int) -> Version:
        """A version by its number.

        Raises:
            RegistryError: there is none of this number.
            ArtifactError: its record is damaged.
        """
        there = numbers_in(self.folder)
        if number not in there:
            few = f"1 to {there[-1]}" if there == list(range(1, len(there) + 1)) else ", ".join(map(str, there))
            expected = f"one of its versions: {few}" if there else "a version"
            came = str(number) if there else "a registry without any"
            raise RegistryError(str(self.folder), expected=expected, came=came, fix="see seqloom registry list")
        return read_version(self.folder, number)

    def artifact(self, version: Version) -> Path:
        """Where the artifact of a version stands."""
        return self.folder / ARTIFACTS / f"{version.digest}{ENDING}"

    def holdout(self) -> Path | None:
        """The file every challenger is tested on; None: none was named yet.

        Raises:
            ArtifactError: it is not what it was.
        """
        kept = read_state(self.folder).holdout
        if kept is None:
            return None
        place = self.folder / kept.file
        came = _sha256(place) if place.is_file() else "nothing"
        if came != kept.sha256:
            raise refusal(str(place), expected=f"the hold-out of hash {kept.sha256}", came=came)
        return place

    def hold_out(self, file: Path | str, *, by: str | None = None) -> Path:
        """Freeze the file that every challenger will be tested on, once and for all.

        A copy of it is kept under its hash before the registry names it, so that a process that is killed meanwhile
        leaves a registry with a hold-out, or without one. The same file again changes nothing.

        Args:
            file: the data, of a kind that `seqloom.read.read` reads.
            by: who does it; None: the user of this process.

        Returns:
            The copy.

        Raises:
            MissingFileError: the file is not there.
            RegistryError: another one was frozen before, or the file changes meanwhile.
            StorageError: the disk refused, or somebody else wrote all the time.
        """
        source = Path(file)
        _must_be_file(source)
        with locked(self.folder / LOCK):
            state, digest = read_state(self.folder), _sha256(source)
            kept = state.holdout
            if kept is None:
                kept = Holdout.of(digest, _endings(source), by or _user())
                _keep(source, self.folder / kept.file, digest)
                write_state(self.folder, state.frozen(kept))
            elif kept.sha256 != digest:
                came = f"another one, {kept.sha256[:12]}, which stays what it is"
                fix = "leave it out, or make a new registry"
                raise RegistryError(f"{self.folder}, hold-out", expected="none yet", came=came, fix=fix)
        return self.folder / kept.file

    def add(self, model: Path | str, *, parent: int | None = None, note: str = "", by: str | None = None) -> Version:
        """Add an artifact as a version; one that is a version already stays that version.

        Args:
            model: the artifact, file or folder; a copy of it is kept.
            parent: the version its training began from; None: from none.
            note: what shall be known of it.
            by: who adds it; None: the user of this process.

        Raises:
            ArtifactError: it is no artifact, or a damaged one.
            RegistryError: there is no version `parent`.
            StorageError: the disk refused, or somebody else wrote all the time.
        """
        container = read_container(model)
        if parent is not None:
            self.version(parent)
        with locked(self.folder / LOCK):
            there = self.versions()
            known = next((own for own in there if own.digest == container.digest), None)
            if known is not None:
                return known
            fields = container.manifest
            version = Version.model_validate(
                {name: fields[name] for name in ("task", "fingerprint", "settings", "metrics")}
                | {"version": there[-1].version + 1 if there else 1, "digest": container.digest, "parent": parent}
                | {"added": now(), "by": by or _user(), "note": note}
            )
            _copy(Path(model), self.artifact(version))
            self._verify(version)
            write_version(self.folder, version)
        return version

    def promote(self, number: int, *, expected: int | None, why: str, by: str | None = None) -> Promotion:
        """Make a version the champion.

        Args:
            number: of the version.
            expected: the champion as the caller knows it; None: there is none yet.
            why: the reason.
            by: who does it; None: the user of this process.

        Raises:
            ConflictError: the champion is another than the expected one.
            RegistryError: no such version, it is the champion already, or a metric of it is not finite.
            ArtifactError: its artifact is damaged.
            StorageError: the disk refused, or somebody else wrote all the time.
        """
        with locked(self.folder / LOCK):
            state = self._expecting(expected)
            version = self.version(number)
            if number == expected:
                came, fix = "the champion itself", "name another version"
                raise RegistryError(f"{self.folder}, version {number}", expected="a challenger", came=came, fix=fix)
            if version.not_finite:
                where, came = f"{self.folder}, version {number}", f"{', '.join(version.not_finite)} without a value"
                fix = "train it anew; a model that could not be measured is not promoted"
                raise RegistryError(where, expected="metrics that are finite numbers", came=came, fix=fix)
            return self._move(state, version, "promote", by, why)

    def rollback(self, *, expected: int | None = None, why: str, by: str | None = None) -> Promotion:
        """Make the champion before the present one the champion again; again and again leads back to the first.

        Args:
            expected: the champion as the caller knows it; None: whichever it is.
            why: the reason.
            by: who does it; None: the user of this process.

        Raises:
            ConflictError: the champion is another than the expected one.
            RegistryError: there was none before.
            ArtifactError: the artifact of the one before is damaged.
            StorageError: the disk refused, or somebody else wrote all the time.
        """
        with locked(self.folder / LOCK):
            state = read_state(self.folder) if expected is None else self._expecting(expected)
            before = state.earlier()
            if not before:
                fix = "promote another version"
                raise RegistryError(str(self.folder), expected="a champion before this one", came="none", fix=fix)
            return self._move(state, self.version(before[-1]), "rollback", by, why)

    def _expecting(self, expected: int | None) -> State:
        state = read_state(self.folder)
        came = None if state.champion is None else state.champion.version
        if came != expected:
            words = ["no champion" if one is None else f"version {one}" for one in (expected, came)]
            fix = "see why in seqloom registry list, and decide anew"
            raise ConflictError(f"{self.folder}, champion", expected=words[0], came=words[1], fix=fix)
        return state

    def _move(
        self, state: State, version: Version, kind: Literal["promote", "rollback"], by: str | None, why: str
    ) -> Promotion:
        self._verify(version)
        moved = state.moved(Pointer(version=version.version, digest=version.digest), kind, by or _user(), why)
        write_state(self.folder, moved)
        return moved.promotions[-1]

    def _verify(self, version: Version) -> None:
        """Every byte of an artifact, before it is relied on; its name is its digest."""
        read_container(self.artifact(version))


def _must_be_file(holdout: Path) -> None:
    if not holdout.is_file():
        came = "a folder" if holdout.is_dir() else "nothing at this path"
        raise MissingFileError(str(holdout), expected="a file to hold out", came=came, fix="check the path")


def _endings(file: Path) -> str:
    """The endings of a file's name that say what is in it: `.csv.gz`."""
    return "".join([suffix for suffix in file.suffixes if suffix[1:].isalnum() and suffix.isascii()][-2:])


def _keep(source: Path, place: Path, digest: str) -> None:
    """A copy of a file, which is what the file was when its hash was taken."""
    with source.open("rb") as stream, replaced_file(place) as target:
        shutil.copyfileobj(stream, target)
    if _sha256(place) != digest:
        place.unlink()
        fix = "wait until it is written"
        raise RegistryError(str(source), expected="a file at rest", came="one that changes", fix=fix)


def _copy(model: Path, place: Path) -> None:
    """The same artifact as one file."""
    source = existing(model)
    with replaced_file(place) as target:
        if source.is_dir():
            names = [name for name in LARGEST if (source / name).is_file()]
            write_archive(target, {name: (source / name).read_bytes() for name in names})
        else:
            with source.open("rb") as stream:
                shutil.copyfileobj(stream, target)


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _user() -> str:
    """Who runs this process, as far as the system says."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"
