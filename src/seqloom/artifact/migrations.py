"""Manifests of every format version, lifted to the newest."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from seqloom.artifact.refusal import refusal, shown
from seqloom.artifact.strict_json import JSON

FORMAT = "seqloom artifact"
FORMAT_VERSION = 1
"""The version of the format that is written."""

Migration = Callable[[dict[str, JSON]], dict[str, JSON]]


def _as_it_is(manifest: dict[str, JSON]) -> dict[str, JSON]:
    return manifest


MIGRATIONS: Mapping[int, Migration] = MappingProxyType({1: _as_it_is})
"""For each format version ever released, how its manifest becomes one of the newest."""


def migrate(manifest: dict[str, JSON], where: str) -> dict[str, JSON]:
    """The manifest in the newest format.

    Args:
        manifest: a manifest of any version.
        where: artifact and member, for messages.

    Raises:
        ArtifactError: the manifest is of no format known here.
    """
    if manifest.get("format") != FORMAT:
        raise refusal(f"{where}, format", expected=f"'{FORMAT}'", came=shown(manifest.get("format")))
    version = manifest.get("format_version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise refusal(f"{where}, format_version", expected="a whole number from 1 on", came=shown(version))
    if version not in MIGRATIONS:
        fix = "upgrade seqloom (pip install --upgrade seqloom), or save the artifact again with this version"
        expected = f"a format version up to {FORMAT_VERSION}"
        raise refusal(f"{where}, format_version", expected=expected, came=f"the future version {version}", fix=fix)
    return MIGRATIONS[version](manifest)
