import pytest

from seqloom.artifact.migrations import FORMAT, FORMAT_VERSION, MIGRATIONS, migrate
from seqloom.errors import ArtifactError


def test_every_version_up_to_the_newest_can_be_read() -> None:
    """The table has a row for each format version ever released."""
    assert sorted(MIGRATIONS) == list(range(1, FORMAT_VERSION + 1))


def test_a_manifest_of_the_newest_version_stays_as_it_is() -> None:
    """Version 1 needs no change."""
    manifest = {"format": FORMAT, "format_version": 1, "task": "forecast"}

    assert migrate(manifest, "test") == manifest


def test_a_future_version_is_refused_with_advice() -> None:
    """A manifest of a version to come names the version and says how to read it."""
    with pytest.raises(ArtifactError, match=r"came the future version 2; upgrade seqloom \(pip install --upgrade"):
        migrate({"format": FORMAT, "format_version": 2}, "test")


@pytest.mark.parametrize("version", [0, -1, 1.0, "1", True, None])
def test_a_version_that_is_no_version_is_refused(version: object) -> None:
    """Only whole numbers from 1 on count as versions."""
    with pytest.raises(ArtifactError, match="format_version: expected a whole number from 1 on"):
        migrate({"format": FORMAT, "format_version": version}, "test")


def test_another_format_is_refused_before_its_version_is_looked_at() -> None:
    """A manifest of something else is refused as such."""
    with pytest.raises(ArtifactError, match="format: expected 'seqloom artifact', came None"):
        migrate({"format_version": 9}, "test")
