"""Saving that is disturbed: a full disk, a broken one, a kill, a reader at the same time."""

import errno
import os
import resource
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from seqloom.artifact import atomic, read_container, write_container
from seqloom.artifact.container import Container
from seqloom.errors import StorageError

OLD = ({"task": "old"}, {"history.jsonl": b"old", "report.html": b"only the old one has a report"})
NEW = ({"task": "new"}, {"history.jsonl": b"new" * 1000, "weights.safetensors": b"\x02" + bytes(7) + b"{}"})


@pytest.fixture(params=[False, True], ids=["file", "folder"])
def as_directory(request) -> bool:
    """Whether the artifact is a folder: every law here holds for both forms."""
    return request.param


@pytest.fixture(params=[True, False], ids=["swap", "no-swap"])
def can_swap(request, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether the system can swap two folders in one step."""
    if not request.param:
        monkeypatch.setattr(atomic, "_exchange", lambda *_: False)
    return request.param


def pair(container: Container) -> tuple[object, object]:
    """What was written, as it was given."""
    return container.manifest, container.members


def failing(code: int, after: int):
    """A stand-in for a system call that fails with this error from its n-th call on."""
    calls = [0]

    def call(*_: object, **__: object) -> None:
        calls[0] += 1
        if calls[0] > after:
            raise OSError(code, os.strerror(code))

    return call


@pytest.mark.parametrize("after", range(3))
@pytest.mark.parametrize(("code", "words"), [(errno.ENOSPC, "No space left.*free space"), (errno.EIO, "output error")])
def test_a_disk_that_refuses_to_sync_leaves_the_old_artifact(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, as_directory, after: int, code: int, words: str
) -> None:
    """Whichever fsync fails, StorageError says why, a whole artifact stands there, and no temporary is left."""
    path = write_container(tmp_path / "model.loom", *OLD, as_directory=as_directory)
    monkeypatch.setattr(os, "fsync", failing(code, after))

    if not as_directory and after > 1:
        write_container(path, *NEW, as_directory=as_directory)  # a file needs two: itself and its folder
    else:
        with pytest.raises(StorageError, match=words):
            write_container(path, *NEW, as_directory=as_directory)

    synced = 1 if not as_directory else 4
    assert pair(read_container(path)) == (NEW if after >= synced else OLD)
    assert list(tmp_path.iterdir()) == [path]


def test_a_disk_that_is_full_leaves_the_old_artifact(tmp_path: Path, as_directory) -> None:
    """A write the system cuts short raises StorageError and changes nothing."""
    path = write_container(tmp_path / "model.loom", *OLD, as_directory=as_directory)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, hard))  # bytes a file may have: the kernel refuses the rest
    try:
        with pytest.raises(StorageError, match="File too large"):
            write_container(path, *NEW, as_directory=as_directory)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert pair(read_container(path)) == OLD
    assert list(tmp_path.iterdir()) == [path]


def test_a_rename_that_fails_leaves_the_old_artifact(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, as_directory
) -> None:
    """When the last step fails the old artifact stands where it stood."""
    path = write_container(tmp_path / "model.loom", *OLD, as_directory=as_directory)
    monkeypatch.setattr(atomic, "_exchange", lambda *_: False)
    monkeypatch.setattr(Path, "replace", failing(errno.EIO, 0))
    rename = Path.rename
    monkeypatch.setattr(Path, "rename", lambda one, other: _refuse_to_place(rename, one, other, path))

    with pytest.raises(StorageError, match="output error"):
        write_container(path, *NEW, as_directory=as_directory)

    assert pair(read_container(path)) == OLD
    assert list(tmp_path.iterdir()) == [path]


def _refuse_to_place(rename, one: Path, other: Path, path: Path) -> Path:
    """Rename, except the new folder into its place."""
    if other == path and (one / "weights.safetensors").exists():
        raise OSError(errno.EIO, os.strerror(errno.EIO))
    return rename(one, other)


def test_a_folder_is_replaced_where_the_system_cannot_swap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a swap in one step the old folder steps aside and is removed."""
    path = write_container(tmp_path / "model", *OLD, as_directory=True)
    monkeypatch.setattr(atomic, "_exchange", lambda *_: False)

    write_container(path, *NEW, as_directory=True)

    assert pair(read_container(path)) == NEW
    assert list(tmp_path.iterdir()) == [path]


def test_a_reader_finds_the_old_or_the_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, as_directory, can_swap
) -> None:
    """While one thread saves over an artifact again and again, another reads a whole one every time."""
    path = write_container(tmp_path / "model.loom", *OLD, as_directory=as_directory)
    monkeypatch.setattr(os, "fsync", lambda _: None)  # the order of steps is tested here, not the disk
    done = threading.Event()

    def save_again_and_again() -> None:
        for turn in range(300):
            write_container(path, *(NEW if turn % 2 == 0 else OLD), as_directory=as_directory)
        done.set()

    writer = threading.Thread(target=save_again_and_again)
    writer.start()
    seen = []
    while not done.is_set():
        seen.append(pair(read_container(path)))
    writer.join()

    assert OLD in seen
    assert NEW in seen
    assert all(one in (OLD, NEW) for one in seen)


KILL_SAVES = """
import itertools, os, signal, sys, time
from seqloom.artifact import read_container, write_container
path, as_directory, whole = sys.argv[1], sys.argv[2] == "True", 0
for attempt in range(25):
    child = os.fork()
    if not child:
        for turn in itertools.count(1):
            write_container(path, {"turn": turn}, {"history.jsonl": b"%d" % turn * 1000}, as_directory=as_directory)
    time.sleep(0.004 * (attempt + 1))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    container = read_container(path)
    whole += container.members["history.jsonl"] == b"%d" % container.manifest["turn"] * 1000
print(whole)
"""


def test_a_killed_save_leaves_a_whole_artifact(tmp_path: Path, as_directory) -> None:
    """Processes killed at any moment of a save leave an artifact that is whole."""
    path = write_container(
        tmp_path / "model.loom", {"turn": 0}, {"history.jsonl": b"0" * 1000}, as_directory=as_directory
    )
    command = [sys.executable, "-c", KILL_SAVES, str(path), str(as_directory)]

    done = subprocess.run(command, capture_output=True, text=True, check=True)

    assert done.stdout == "25\n"
