"""Where a served model comes from."""

import shutil
from dataclasses import replace

import pytest

from seqloom.artifact import load, save
from seqloom.errors import MissingFileError
from seqloom.registry import Registry
from seqloom.serve.source import Source


@pytest.mark.parametrize("as_directory", [False, True])
def test_what_is_saved_in_the_same_place_is_noticed(bundle, tmp_path, as_directory):
    """A file or a folder, once for each time it is saved."""
    path = save(bundle, tmp_path / "model", as_directory=as_directory)
    source = Source(tmp_path / "model")
    assert source.load().digest == load(path).digest
    assert not source.changed()
    save(bundle, tmp_path / "model", as_directory=as_directory)
    assert source.changed()
    source.load()
    assert not source.changed()


def test_a_model_that_is_gone_is_no_other_one(bundle, tmp_path):
    """There is nothing to load; it is noticed when something stands there again."""
    path = save(bundle, tmp_path / "model.loom")
    source = Source(path)
    source.load()
    shutil.move(path, tmp_path / "away.loom")
    assert not source.changed()
    with pytest.raises(MissingFileError):
        source.load()
    save(bundle, path)
    assert source.changed()


def test_a_registry_is_followed_to_its_champion(bundle, tmp_path):
    """A promotion is noticed, and a rollback; a registry that cannot be read is no other model."""
    registry = Registry.make(tmp_path / "models")
    for number in (1, 2):
        registry.add(save(replace(bundle, fingerprint={"turn": number}), tmp_path / f"{number}.loom"))
    registry.promote(1, expected=None, why="")
    source = Source(tmp_path / "models")
    assert source.load().digest == registry.version(1).digest
    assert not source.changed()
    registry.promote(2, expected=1, why="")
    assert source.changed()
    assert source.load().digest == registry.version(2).digest
    registry.rollback(why="")
    assert source.changed()
    (tmp_path / "models" / "registry.json").write_text("{")
    assert not source.changed()
