"""A registry: versions that stay, one champion, and a way back."""

import hashlib
import shutil
import time

import pytest

from seqloom.artifact import champion_of, read_container
from seqloom.errors import ArtifactError, ConflictError, MissingFileError, RegistryError, SettingsError
from seqloom.registry import Registry


def test_versions_are_numbered_and_know_what_they_are(registry):
    """Number, parent, data, settings, metrics, who and why it was kept."""
    versions = registry.versions()
    assert [one.version for one in versions] == [1, 2, 3]
    assert [one.parent for one in versions] == [None, 1, 2]
    third = registry.version(3)
    assert (third.note, third.by, third.task, third.settings) == ("turn 3", "ann", "forecast", {"horizon": 2})
    assert third.fingerprint == {"source": "a.csv", "turn": 3}
    assert third.metrics == {"test": {"mse": 1 / 3}}
    assert read_container(registry.artifact(third)).digest == third.digest


def test_the_same_artifact_is_the_same_version(registry, make):
    """Adding is repeated without harm, as after a kill; a folder and a file of the same artifact are the same."""
    again = registry.add(make("again.loom", turn=2, mse=1 / 2))
    folder = registry.add(make("folder", turn=2, mse=1 / 2, as_directory=True))
    assert again == folder == registry.version(2)
    assert len(registry.versions()) == 3


def test_an_artifact_that_is_a_folder_is_kept_as_a_file(registry, make):
    """With the digest it had."""
    path = make("folder", turn=9, as_directory=True)
    version = registry.add(path)
    assert version.digest == read_container(path).digest == read_container(registry.artifact(version)).digest
    assert registry.artifact(version).is_file()


def test_a_champion_of_another_registry_can_be_added(registry, tmp_path):
    """A registry stands for its champion, also here."""
    other = Registry.make(tmp_path / "other")
    assert other.add(registry.folder).digest == registry.champion().digest


def test_promotion_is_compare_and_set(registry):
    """Who knows the champion changes it; who does not is told, and nothing changes."""
    registry.promote(2, expected=1, why="better", by="ann")
    assert registry.champion().version == 2
    with pytest.raises(ConflictError, match="expected version 1, came version 2; see why"):
        registry.promote(3, expected=1, why="better still")
    with pytest.raises(ConflictError, match="expected no champion, came version 2"):
        registry.promote(3, expected=None, why="the first")
    assert registry.champion().version == 2
    assert [(one.kind, one.before, one.after, one.why) for one in registry.promotions()] == [
        ("promote", None, 1, "the first"),
        ("promote", 1, 2, "better"),
    ]


def test_rollback_leads_back_step_by_step(registry):
    """To the champion before, then to the one before that; a promotion afterwards begins a new way."""
    registry.promote(2, expected=1, why="")
    registry.promote(3, expected=2, why="")
    assert registry.rollback(why="worse").after == 2
    assert registry.rollback(why="worse").after == 1
    with pytest.raises(RegistryError, match="expected a champion before this one, came none"):
        registry.rollback(why="worse")
    registry.promote(3, expected=1, why="")
    assert registry.rollback(expected=3, why="worse").after == 1
    with pytest.raises(ConflictError, match="expected version 3, came version 1"):
        registry.rollback(expected=3, why="again")


def test_rollback_takes_less_than_a_second(registry):
    """With a hundred promotions behind it."""
    for turn in range(100):
        registry.promote(2 + turn % 2, expected=registry.champion().version, why="to and fro")
    begin = time.perf_counter()
    registry.rollback(why="worse")
    assert time.perf_counter() - begin < 1


@pytest.mark.parametrize("number", [None, float("inf")])
def test_a_metric_that_is_not_finite_is_never_promoted(registry, make, number, monkeypatch):
    """An artifact writes it as null; a record that somebody wrote by other means is not trusted either."""
    version = registry.add(make("nan.loom", turn=7, mse=None))
    if number is not None:
        worse = version.model_copy(update={"metrics": {"test": {"mse": number}}})
        monkeypatch.setattr(registry, "version", lambda _: worse)
    with pytest.raises(RegistryError, match=r"expected metrics that are finite numbers, came test\.mse without"):
        registry.promote(version.version, expected=1, why="")
    assert registry.champion().version == 1


@pytest.mark.parametrize(("number", "words"), [(4, "one of its versions: 1 to 3, came 4"), (1, "came the champion")])
def test_what_cannot_be_promoted_is_told(registry, number, words):
    """A number that is not there, and the champion itself."""
    with pytest.raises(RegistryError, match=words):
        registry.promote(number, expected=1, why="")


def test_a_parent_has_to_be_there(registry, make):
    """Nothing is added."""
    with pytest.raises(RegistryError, match="came 8; see seqloom registry list"):
        registry.add(make(turn=8), parent=8)
    assert len(registry.versions()) == 3


def test_an_artifact_that_was_changed_is_neither_promoted_nor_loaded(registry, make):
    """By another artifact in its place, or by a byte of it; the message names the file."""
    place = registry.artifact(registry.version(2))
    place.write_bytes(make("other.loom", turn=50).read_bytes())
    with pytest.raises(ArtifactError, match=rf"{place.name}: expected the artifact {place.stem}"):
        registry.promote(2, expected=1, why="")
    champion = registry.champion().path
    champion.write_bytes(make("other.loom", turn=51).read_bytes())
    with pytest.raises(ArtifactError, match=rf"{champion.name}: expected the artifact {champion.stem}"):
        read_container(registry.folder)
    champion.unlink()
    with pytest.raises(MissingFileError, match=champion.name):
        read_container(registry.folder)


def test_a_registry_without_a_champion_says_so(tmp_path, make):
    """How one is made is told."""
    made = Registry.make(tmp_path / "models")
    made.add(make())
    for ask in (made.champion, lambda: read_container(made.folder)):
        with pytest.raises(RegistryError, match="expected a champion, came a registry without one; add a model and pr"):
            ask()


def test_what_is_no_registry_is_told(tmp_path):
    """A path without anything, and a folder of something else."""
    (tmp_path / "folder").mkdir()
    with pytest.raises(MissingFileError, match="expected a registry, came nothing at this path"):
        Registry(tmp_path / "nowhere")
    with pytest.raises(MissingFileError, match="expected a registry, came a folder that is none"):
        Registry(tmp_path / "folder")
    assert champion_of(tmp_path / "folder") is None


def test_a_registry_is_made_in_a_free_place_only(registry, tmp_path):
    """Another one, or a folder of other things, stays what it is."""
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "notes.txt").write_text("mine")
    with pytest.raises(SettingsError, match="came a registry; choose another folder"):
        Registry.make(registry.folder)
    with pytest.raises(SettingsError, match="came a place where something else is"):
        Registry.make(tmp_path / "other")


def test_the_hold_out_is_kept_as_it_was(tmp_path):
    """A copy, under its hash; a changed one is refused, and so is none."""
    data = tmp_path / "of (March)" / "hold out;x.csv.gz"
    data.parent.mkdir()
    data.write_bytes(b"a,b\n1,2\n")
    made = Registry.make(tmp_path / "models", holdout=data)
    data.unlink()
    kept, digest = made.holdout(), hashlib.sha256(b"a,b\n1,2\n").hexdigest()
    assert kept == tmp_path / "models" / "holdouts" / f"{digest}.csv.gz"
    assert kept.read_bytes() == b"a,b\n1,2\n"
    kept.write_bytes(b"a,b\n1,3\n")
    with pytest.raises(
        ArtifactError, match=rf"{digest}\.csv\.gz: expected the hold-out of hash {digest}, came [0-9a-f]"
    ):
        made.holdout()
    kept.unlink()
    with pytest.raises(ArtifactError, match="came nothing"):
        made.holdout()


def test_a_hold_out_is_frozen_once(registry, tmp_path):
    """Also where there are versions already; the same one again changes nothing, another one is refused."""
    data, other = tmp_path / "holdout.csv", tmp_path / "other.csv"
    data.write_text("a\n1\n")
    other.write_text("a\n2\n")
    assert registry.holdout() is None
    kept = registry.hold_out(data, by="ann")
    before = (registry.folder / "registry.json").read_bytes()
    assert registry.hold_out(data, by="bob") == kept == registry.holdout()
    with pytest.raises(RegistryError, match="hold-out: expected none yet, came another one"):
        registry.hold_out(other)
    assert (registry.folder / "registry.json").read_bytes() == before
    assert registry.promote(2, expected=1, why="better").after == 2
    assert registry.holdout() == kept


def test_a_hold_out_that_changes_while_it_is_copied_is_refused(registry, tmp_path, monkeypatch):
    """Nothing names what nobody looked at."""
    data = tmp_path / "holdout.csv"
    data.write_text("a\n1\n")
    copy = shutil.copyfileobj

    def growing(source, target):
        data.write_text("a\n1\n2\n")
        copy(source, target)

    monkeypatch.setattr(shutil, "copyfileobj", growing)
    with pytest.raises(RegistryError, match="expected a file at rest, came one that changes"):
        registry.hold_out(data)
    assert registry.holdout() is None
    assert not any((registry.folder / "holdouts").iterdir())


@pytest.mark.parametrize(("place", "came"), [("nowhere.csv", "nothing at this path"), ("", "a folder")])
def test_a_hold_out_that_is_not_there_makes_no_registry(tmp_path, place, came):
    """Nothing is left."""
    with pytest.raises(MissingFileError, match=f"expected a file to hold out, came {came}"):
        Registry.make(tmp_path / "models", holdout=tmp_path / place)
    assert not (tmp_path / "models" / "registry.json").exists()


def test_asking_for_the_champion_every_second_costs_nothing(registry):
    """Less than a hundredth of that second, with a long history."""
    for turn in range(100):
        registry.promote(2 + turn % 2, expected=registry.champion().version, why="to and fro " * 10)
    begin = time.process_time()
    for _ in range(20):
        registry.champion()
    assert (time.process_time() - begin) / 20 < 0.01
