"""An artifact as bytes by name: a manifest, and members whose hashes it states.

Nothing here knows what the members mean. What `read_container` returns is complete and is what was written; nothing
was executed, and nothing was read before its size was known.
"""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from seqloom.artifact import strict_json, tensors
from seqloom.artifact.archive import read_archive, write_archive
from seqloom.artifact.atomic import replaced_file, replaced_folder
from seqloom.artifact.champion import promised_digest
from seqloom.artifact.folder import open_folder, write_folder
from seqloom.artifact.members import LARGEST, MANIFEST
from seqloom.artifact.migrations import FORMAT, FORMAT_VERSION, migrate
from seqloom.artifact.place import destination, existing
from seqloom.artifact.refusal import refusal, shown
from seqloom.artifact.span import Span
from seqloom.artifact.strict_json import JSON
from seqloom.errors import StorageError

_DIGITS = 64
_UNSIGNED = b'"digest": ""'
_OWN_FIELDS = ("format", "format_version", "members", "digest")


@dataclass(frozen=True)
class Container:
    """What an artifact holds, verified.

    Args:
        manifest: the manifest, without the fields the container itself keeps.
        members: bytes by name, the manifest not among them.
        digest: sha256 that stands for every byte of the artifact, 64 hexadecimal digits.
    """

    manifest: dict[str, JSON]
    members: dict[str, bytes]
    digest: str


def write_container(
    path: Path | str, manifest: Mapping[str, JSON], members: Mapping[str, bytes], *, as_directory: bool = False
) -> Path:
    """Save an artifact: the same manifest and members give the same bytes, and a reader finds all of it or none.

    Args:
        path: where to. An existing folder or a path with a slash at its end becomes a folder; anything else one file,
            named `.loom` where the path has no ending.
        manifest: what the artifact says of itself; the container adds format, format_version, members and digest.
        members: bytes by name; the names are those of `LARGEST`, the manifest's own excepted.
        as_directory: write a folder whatever the path looks like.

    Returns:
        Where the artifact stands.

    Raises:
        ArtifactError: a name outside the list, a member too large, or a manifest JSON cannot hold.
        SettingsError: at `path` stands something that is not an artifact.
        StorageError: the disk refused; whatever stood at `path` is untouched.
    """
    place, is_folder = destination(path, as_directory=as_directory)
    contents = _contents(str(place), manifest, members)
    if is_folder:
        with replaced_folder(place) as folder:
            write_folder(folder, contents)
    else:
        with replaced_file(place) as file:
            write_archive(file, contents)
    return place


def read_container(path: Path | str) -> Container:
    """Read an artifact and verify every byte of it.

    Args:
        path: a file or folder; the ending `.loom` may be left out. A registry stands for its champion.

    Raises:
        MissingFileError: there is nothing at `path`.
        ArtifactError: what is there is refused; the message names the reason.
        RegistryError: a registry without a champion.
        StorageError: the disk refused to read.
    """
    place = existing(path)
    where, promised = str(place), promised_digest(place)
    try:
        with _opened(place, where) as spans:
            fields, digest = _read_manifest(spans, where)
            declared = _declared(fields, where)
            _check_names_and_sizes(spans, declared, where)
            members = {name: _read_member(spans[name], name, declared[name][0], where) for name in declared}
    except StorageError:
        raise
    except OSError as error:
        came = error.strerror or str(error)
        raise StorageError(where, expected="a readable artifact", came=came, fix="check its permissions") from error
    if promised is not None and digest != promised:
        raise refusal(where, expected=f"the artifact {promised}", came=digest)
    return Container({name: fields[name] for name in fields if name not in _OWN_FIELDS}, members, digest)


def _contents(where: str, manifest: Mapping[str, JSON], members: Mapping[str, bytes]) -> dict[str, bytes]:
    """All members in the order of the list, the finished manifest first."""
    for name in members:
        if name not in LARGEST or name == MANIFEST:
            raise refusal(where, expected=f"members among {_listed()}", came=shown(name), fix="rename it")
    for field in _OWN_FIELDS:
        if field in manifest:
            expected = "a manifest without the container's fields"
            raise refusal(where, expected=expected, came=shown(field), fix="give the field another name")
    own: dict[str, JSON] = {"format": FORMAT, "format_version": FORMAT_VERSION, "digest": ""}
    own["members"] = {name: {"sha256": _sha256(raw), "size": len(raw)} for name, raw in members.items()}
    unsigned = strict_json.write({**manifest, **own}, f"{where}, {MANIFEST}")
    signed = unsigned.replace(_UNSIGNED, b'"digest": "' + _sha256(unsigned).encode() + b'"')
    contents = {name: {**members, MANIFEST: signed}[name] for name in LARGEST if name == MANIFEST or name in members}
    for name, raw in contents.items():
        if len(raw) > LARGEST[name]:
            fix = "save less: a smaller model, fewer categories, fewer golden examples"
            raise refusal(f"{where}, {name}", expected=f"at most {LARGEST[name]} bytes", came=f"{len(raw)}", fix=fix)
    return contents


@contextmanager
def _opened(place: Path, where: str) -> Iterator[dict[str, Span]]:
    with ExitStack() as stack:
        if place.is_file():
            yield read_archive(stack.enter_context(place.open("rb")), where)
        else:
            yield open_folder(place, where, stack)


def _read_manifest(spans: Mapping[str, Span], where: str) -> tuple[dict[str, JSON], str]:
    """The manifest's fields in the newest format, and its digest."""
    if MANIFEST not in spans:
        advice = "give the path of an artifact that seqloom saved"
        raise refusal(where, expected=f"an artifact, which has a {MANIFEST}", came="none", fix=advice)
    where = f"{where}, {MANIFEST}"
    if spans[MANIFEST].size > LARGEST[MANIFEST]:
        raise refusal(where, expected=f"at most {LARGEST[MANIFEST]} bytes", came=f"{spans[MANIFEST].size}")
    raw = spans[MANIFEST].read(where)
    fields = strict_json.parse(raw, where)
    if not isinstance(fields, dict):
        raise refusal(where, expected="a JSON object", came=shown(fields))
    fields = migrate(fields, where)
    return fields, _check_digest(raw, fields.get("digest"), where)


def _check_digest(raw: bytes, digest: JSON, where: str) -> str:
    """The digest is the hash of the manifest's bytes with the digits of the digest taken out."""
    if not isinstance(digest, str) or len(digest) != _DIGITS or raw.count(digest.encode()) != 1:
        raise refusal(f"{where}, digest", expected=f"{_DIGITS} hexadecimal digits", came=shown(digest))
    came = _sha256(raw.replace(digest.encode(), b""))
    if came != digest:
        raise refusal(f"{where}, digest", expected=f"the hash {digest}", came=f"a manifest of hash {came}")
    return digest


def _declared(fields: Mapping[str, JSON], where: str) -> dict[str, tuple[str, int]]:
    """Hash and size of each member, as the manifest states them."""
    where = f"{where}, {MANIFEST}, members"
    members = fields.get("members")
    if not isinstance(members, dict):
        raise refusal(where, expected="an object of members", came=shown(members))
    declared = {}
    for name, stated in members.items():
        match stated:
            case {"sha256": str(sha256), "size": int(size), **rest} if not rest and type(size) is int and size >= 0:
                declared[name] = (sha256, size)
            case _:
                raise refusal(f"{where}, {shown(name)}", expected="sha256 and size alone", came=shown(stated))
    return declared


def _check_names_and_sizes(spans: Mapping[str, Span], declared: Mapping[str, tuple[str, int]], where: str) -> None:
    """Names must be in the list, and declared and stored alike, before a member is read."""
    for name in sorted({*spans, *declared} - {MANIFEST}):
        if name not in LARGEST:
            raise refusal(where, expected=f"members among {_listed()}", came=f"the unknown member {shown(name)}")
        if name not in declared:
            raise refusal(where, expected="members the manifest lists", came=f"{name}, which it does not list")
        if name not in spans:
            raise refusal(where, expected=f"the member {name}", came="an artifact without it: a missing member")
        size = declared[name][1]
        if size > LARGEST[name]:
            expected = f"a declared size of at most {LARGEST[name]} bytes"
            raise refusal(f"{where}, {name}", expected=expected, came=f"{size}: too large")
        if size != spans[name].size:
            raise refusal(f"{where}, {name}", expected=f"a size of {size} bytes", came=f"{spans[name].size}")
    if MANIFEST in declared:
        raise refusal(where, expected="a manifest that does not list itself", came=MANIFEST)


def _read_member(span: Span, name: str, sha256: str, where: str) -> bytes:
    where = f"{where}, {name}"
    raw = span.read(where)
    came = _sha256(raw)
    if came != sha256:
        raise refusal(where, expected=f"the hash {shown(sha256, 70)}", came=f"a member of hash {came}")
    if name.endswith(".safetensors"):
        tensors.check(raw, where)
    return raw


def _sha256(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def _listed() -> str:
    return ", ".join(name for name in LARGEST if name != MANIFEST)
