"""Forged artifacts: each is refused for its own reason, in no time, and nothing of it runs."""

import importlib.util
import os
import sys
import time
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from seqloom.artifact import read_container, write_container
from seqloom.errors import ArtifactError

_specification = importlib.util.spec_from_file_location("forge", Path(__file__).with_name("forge.py"))
forge = importlib.util.module_from_spec(_specification)
_specification.loader.exec_module(forge)

HARMLESS = {"open", "os.scandir", "os.listdir", "sys._getframe", "object.__getattr__", "code.__new__", "marshal.loads"}
_watched: list[tuple[str, str]] = []
_is_watching = False


def _hook(event: str, arguments: tuple[object, ...]) -> None:
    if _is_watching:
        _watched.append((event, str(arguments[0]) if arguments else ""))


sys.addaudithook(_hook)


@contextmanager
def watching() -> Iterator[list[tuple[str, str]]]:
    """Everything the interpreter reports while the block runs: files opened, code run, modules imported."""
    global _is_watching  # noqa: PLW0603 - an audit hook cannot be taken away again, only told to stay quiet
    _watched.clear()
    _is_watching = True
    try:
        yield _watched
    finally:
        _is_watching = False


@pytest.fixture(params=forge.ATTACKS)
def attack(request, tmp_path: Path) -> tuple[Path, str]:
    """One forged file, and the reason it must be refused for."""
    forged = forge.ATTACKS[request.param]
    path = tmp_path / "forged.loom"
    path.write_bytes(forged.make())
    return path, forged.reason


def _opens_elsewhere(events: list[tuple[str, str]], path: Path) -> list[tuple[str, str]]:
    return [(event, what) for event, what in events if event not in HARMLESS or (event == "open" and what != str(path))]


def test_the_artifact_the_attacks_start_from_is_good(tmp_path: Path) -> None:
    """What every attack changes in one place is read without complaint."""
    path = tmp_path / "good.loom"
    path.write_bytes(forge.GOOD)

    assert read_container(path).members == forge.MEMBERS


def test_every_attack_is_refused_with_its_reason(attack) -> None:
    """A forged file raises ArtifactError with the reason the table names."""
    path, reason = attack

    with pytest.raises(ArtifactError, match=reason):
        read_container(path)


def test_no_attack_runs_anything_or_opens_anything_else(attack) -> None:
    """While a forged file is refused the interpreter imports, executes and opens nothing but that file."""
    path, _ = attack
    with pytest.raises(ArtifactError):
        read_container(path)  # once unwatched: codecs are imported on first use

    with watching() as events, pytest.raises(ArtifactError):
        read_container(path)

    assert _opens_elsewhere(events, path) == []
    assert not Path(forge.CANARY).exists()


def test_the_watch_sees_what_runs(tmp_path: Path) -> None:
    """Opening another file and executing code are noticed, so that their absence means something."""
    (tmp_path / "outside.txt").touch()

    with watching() as events:
        (tmp_path / "outside.txt").read_bytes()
        exec("pass")  # noqa: S102 - what no artifact may bring about

    assert {event for event, _ in _opens_elsewhere(events, tmp_path)} >= {"open", "exec", "compile"}


def test_every_attack_is_refused_within_a_second(attack) -> None:
    """A forged file takes less than a second of processor time."""
    path, _ = attack
    start = time.process_time()

    with pytest.raises(ArtifactError):
        read_container(path)

    assert time.process_time() - start < 1


def test_every_attack_is_refused_within_twice_its_size(attack) -> None:
    """A forged file makes the reader allocate at most twice its size and 4 MiB to look at headers."""
    path, _ = attack
    tracemalloc.start()
    try:
        with pytest.raises(ArtifactError):
            read_container(path)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert peak < 2 * path.stat().st_size + 2**22


@pytest.mark.parametrize("path", sorted(forge.FOLDER.glob("*.loom")), ids=lambda path: path.stem)
def test_the_files_of_the_folder_are_those_of_the_table(path: Path) -> None:
    """A kept attack file is what its row of the table makes today."""
    assert path.read_bytes() == forge.ATTACKS[path.stem].make()


def test_the_folder_lacks_no_small_attack() -> None:
    """Every attack of at most 64 KiB is kept as a file."""
    small = {name for name, attack in forge.ATTACKS.items() if len(attack.make()) <= forge.SMALL}

    assert {path.stem for path in forge.FOLDER.glob("*.loom")} == small


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A good artifact as a folder, beside a file it must not reach."""
    (tmp_path / "outside.txt").write_text("secret")
    return write_container(tmp_path / "artifact", {"task": "x"}, forge.MEMBERS, as_directory=True)


def _link(folder: Path) -> None:
    (folder / "history.jsonl").unlink()
    (folder / "history.jsonl").symlink_to(folder.parent / "outside.txt")


def _link_to_the_member_itself(folder: Path) -> None:
    (folder / "history.jsonl").rename(folder.parent / "moved")
    (folder / "history.jsonl").symlink_to(folder.parent / "moved")


def _pipe(folder: Path) -> None:
    (folder / "history.jsonl").unlink()
    os.mkfifo(folder / "history.jsonl")


def _inner_folder(folder: Path) -> None:
    (folder / "report.html").mkdir()


def _unknown(folder: Path) -> None:
    (folder / "__init__.py").write_text("raise SystemExit")


def _missing(folder: Path) -> None:
    (folder / "history.jsonl").unlink()


def _no_manifest(folder: Path) -> None:
    (folder / "manifest.json").unlink()


def _crowded(folder: Path) -> None:
    for number in range(100):
        (folder / f"{number}.txt").touch()


def _changed(folder: Path) -> None:
    (folder / "history.jsonl").write_bytes(b'{"epoch":7}\n')


def _grown(folder: Path) -> None:
    with (folder / "weights.safetensors").open("r+b") as file:
        file.truncate(2**40)  # a sparse file: a terabyte that takes no space


def _edited(folder: Path) -> None:
    manifest = folder / "manifest.json"
    manifest.write_bytes(manifest.read_bytes().replace(b'"x"', b'"y"'))


@pytest.mark.parametrize(
    ("harm", "reason"),
    [
        (_link, "'history.jsonl': expected a regular file, came a symbolic link"),
        (_link_to_the_member_itself, "'history.jsonl': expected a regular file, came a symbolic link"),
        (_pipe, "'history.jsonl': expected a regular file, came a folder, pipe or device"),
        (_inner_folder, "'report.html': expected a regular file, came a folder, pipe or device"),
        (_unknown, "the unknown member '__init__.py'"),
        (_missing, "a missing member"),
        (_no_manifest, "a manifest.json, came none"),
        (_crowded, "at most 64 members, came a folder with more"),
        (_changed, "history.jsonl: expected the hash"),
        (_grown, "weights.safetensors: expected a size of 152 bytes, came 1099511627776"),
        (_edited, "digest: expected the hash"),
    ],
)
def test_every_harm_to_a_folder_is_refused_with_its_reason(folder: Path, harm, reason: str) -> None:
    """A tampered folder raises ArtifactError with its reason and is not left through a link."""
    harm(folder)

    with pytest.raises(ArtifactError, match=reason):
        read_container(folder)
