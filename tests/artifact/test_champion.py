"""A folder that stands for the champion of its versions."""

import json

import pytest

from seqloom.artifact import champion_of, load, read_container, save, write_container
from seqloom.artifact.champion import promised_digest
from seqloom.errors import ArtifactError, RegistryError

FIELDS = {"format": "seqloom-registry", "format_version": 1}


@pytest.fixture
def folder(tmp_path):
    """A registry as the format describes it, of one artifact."""
    path = write_container(tmp_path / "a.loom", {"task": "forecast"}, {"history.jsonl": b"{}"})
    digest = read_container(path).digest
    place = tmp_path / "models"
    (place / "artifacts").mkdir(parents=True)
    path.rename(place / "artifacts" / f"{digest}.loom")
    (place / "registry.json").write_text(json.dumps(FIELDS | {"champion": {"version": 7, "digest": digest}}))
    return place


def test_a_folder_stands_for_its_champion(folder):
    """Wherever an artifact is read."""
    champion = champion_of(folder)
    assert (champion.version, champion.path.stem) == (7, champion.digest)
    assert read_container(folder) == read_container(champion.path)


def test_a_model_is_loaded_from_a_registry(folder, forecast):
    """With the digest that its streams are known by."""
    path = save(forecast, folder / "new.loom")
    digest = load(path).digest
    path.rename(folder / "artifacts" / f"{digest}.loom")
    (folder / "registry.json").write_text(json.dumps(FIELDS | {"champion": {"version": 8, "digest": digest}}))
    assert load(folder).digest == digest


def test_other_places_are_no_registry(tmp_path, folder):
    """An artifact, a folder, nothing."""
    for place in (champion_of(folder).path, tmp_path, tmp_path / "nowhere"):
        assert champion_of(place) is None


@pytest.mark.parametrize(
    "champion", ["7", 7, {"version": 7}, {"version": "7", "digest": "0" * 64}, {"version": 7, "digest": "../" * 22}]
)
def test_a_champion_that_is_none_is_refused(folder, champion):
    """Nothing outside of the folder is opened."""
    (folder / "registry.json").write_text(json.dumps(FIELDS | {"champion": champion}))
    with pytest.raises(ArtifactError, match=r"registry\.json, champion: expected version and digest, came"):
        champion_of(folder)


def test_a_registry_without_a_champion_says_how_to_get_one(folder):
    """As an error of the registry, not of the artifact."""
    (folder / "registry.json").write_text(json.dumps(FIELDS))
    with pytest.raises(RegistryError, match=f"seqloom registry promote {folder} VERSION"):
        load(folder)


def test_a_file_that_is_too_large_is_not_read(folder, monkeypatch):
    """Its size is bounded before it is parsed."""
    monkeypatch.setattr("seqloom.artifact.champion.LARGEST", 50)
    with pytest.raises(ArtifactError, match="expected at most 50 bytes, came more"):
        champion_of(folder)


@pytest.mark.parametrize("place", ["artifacts/a.loom", "a.loom", "other/DIGEST.loom", "artifacts/DIGEST.bin"])
def test_other_names_promise_nothing(folder, place):
    """Only that of an artifact in a registry, which is its digest."""
    digest = champion_of(folder).digest
    assert promised_digest(champion_of(folder).path) == digest
    assert promised_digest(folder / place.replace("DIGEST", digest)) is None
    (folder / "registry.json").unlink()
    assert promised_digest(folder / "artifacts" / f"{digest}.loom") is None
