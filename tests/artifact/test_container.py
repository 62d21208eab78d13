import json
import os
import subprocess
import sys
import tracemalloc
import zipfile
from pathlib import Path

import numpy as np
import pytest

from seqloom.artifact import Container, read_container, write_container
from seqloom.artifact.tensors import encode
from seqloom.errors import ArtifactError, MissingFileError, StorageError

GOLDEN = Path(__file__).parent / "golden" / "version-1.loom"
MANIFEST = {"task": "forecast", "metrics": {"mse": 0.125, "größe": None}, "labels": ["a", 'quote " and \\ slash', "{["]}


def members() -> dict[str, bytes]:
    """Members of every kind, with arrays of every sort of shape."""
    arrays = {
        "matrix": np.arange(6, dtype=np.float32).reshape(2, 3),
        "counts": np.array([1, 2, 3]),
        "scalar": np.array(3.5),
        "nothing": np.empty((0, 4)),
    }
    return {"weights.safetensors": encode(arrays, "test"), "history.jsonl": b'{"epoch":1}\n', "settings.yaml": b""}


@pytest.fixture(params=["file", "folder"])
def saved(request, tmp_path: Path) -> Path:
    """An artifact on disk, in each of its two forms."""
    return write_container(tmp_path / "model.loom", MANIFEST, members(), as_directory=request.param == "folder")


def test_what_was_written_is_read(saved: Path) -> None:
    """Manifest and members come back as they were given."""
    container = read_container(saved)

    assert (container.manifest, container.members) == (MANIFEST, members())


def test_both_forms_hold_the_same_bytes(tmp_path: Path) -> None:
    """A folder's files are the members of the single file."""
    file = write_container(tmp_path / "a.loom", MANIFEST, members())
    folder = write_container(tmp_path / "b", MANIFEST, members(), as_directory=True)

    with zipfile.ZipFile(file) as archive:
        unpacked = {name: archive.read(name) for name in archive.namelist()}

    assert unpacked == {path.name: path.read_bytes() for path in folder.iterdir()}


def test_other_zip_tools_find_nothing_wrong(tmp_path: Path) -> None:
    """The single file is a sound zip with every member stored uncompressed."""
    with zipfile.ZipFile(write_container(tmp_path / "a.loom", MANIFEST, members())) as archive:
        assert archive.testzip() is None
        assert {info.compress_type for info in archive.infolist()} == {zipfile.ZIP_STORED}


def test_the_order_of_fields_and_members_does_not_matter(tmp_path: Path) -> None:
    """The same contents in another order give the same bytes."""
    one = write_container(tmp_path / "one.loom", MANIFEST, members())
    other = write_container(
        tmp_path / "other.loom", dict(reversed(MANIFEST.items())), dict(reversed(members().items()))
    )

    assert one.read_bytes() == other.read_bytes()


def test_another_process_writes_the_same_bytes(tmp_path: Path) -> None:
    """Bytes depend on no hash seed, clock or process."""
    script = (
        "import json, pathlib, sys\n"
        "from seqloom.artifact import write_container\n"
        "write_container(sys.argv[1], json.loads(sys.argv[2]), {'history.jsonl': b'x', 'report.html': b'y'})\n"
    )
    here = write_container(tmp_path / "a.loom", MANIFEST, {"report.html": b"y", "history.jsonl": b"x"})

    subprocess.run([sys.executable, "-c", script, tmp_path / "b.loom", json.dumps(MANIFEST)], check=True)

    assert (tmp_path / "b.loom").read_bytes() == here.read_bytes()


def test_the_golden_bytes_are_written_today(tmp_path: Path) -> None:
    """What version 1 wrote on the day it was fixed is what is written now, byte for byte."""
    assert write_container(tmp_path / "a.loom", MANIFEST, members()).read_bytes() == GOLDEN.read_bytes()


def test_the_golden_bytes_are_read_today() -> None:
    """A file of version 1 is read with its digest."""
    digest = "b21a7ce36e8282655354e95ba422ed8add8181fb4c88880c370a12dbf62e7593"

    assert read_container(GOLDEN) == Container(MANIFEST, members(), digest)


def test_the_digest_tells_artifacts_apart(tmp_path: Path) -> None:
    """One changed bit of one member gives another digest."""
    one = write_container(tmp_path / "one.loom", MANIFEST, {"history.jsonl": b"0"})
    other = write_container(tmp_path / "other.loom", MANIFEST, {"history.jsonl": b"1"})

    assert read_container(one).digest != read_container(other).digest


@pytest.mark.parametrize("name", ["manifest.json", "model.pkl", "../weights.safetensors", ""])
def test_a_name_outside_the_list_is_not_written(tmp_path: Path, name: str) -> None:
    """A member the format does not know is refused before anything is written."""
    with pytest.raises(ArtifactError, match=r"expected members among weights\.safetensors"):
        write_container(tmp_path / "a.loom", MANIFEST, {name: b""})

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("field", ["format", "format_version", "members", "digest"])
def test_a_field_of_the_container_cannot_be_given(tmp_path: Path, field: str) -> None:
    """A manifest that would hide one of the container's own fields is refused."""
    with pytest.raises(ArtifactError, match=f"came '{field}'"):
        write_container(tmp_path / "a.loom", {field: 1}, {})


def test_a_member_too_large_is_not_written(tmp_path: Path) -> None:
    """A member beyond its limit is refused: no artifact is saved that could not be loaded."""
    with pytest.raises(ArtifactError, match=r"settings.yaml: expected at most 1048576 bytes, came 1048577"):
        write_container(tmp_path / "a.loom", MANIFEST, {"settings.yaml": bytes(2**20 + 1)})


@pytest.mark.parametrize("value", [float("nan"), float("inf"), object(), {1: {2, 3}}])
def test_a_manifest_json_cannot_hold_is_not_written(tmp_path: Path, value: object) -> None:
    """NaN, infinity and objects are refused at saving, not turned into something else."""
    with pytest.raises(ArtifactError, match="expected values JSON can hold"):
        write_container(tmp_path / "a.loom", {"x": value}, {})


def test_a_manifest_that_could_not_be_read_is_not_written(tmp_path: Path) -> None:
    """A manifest nested too deep is refused at saving."""
    deep: list[object] = []
    for _ in range(40):
        deep = [deep]

    with pytest.raises(ArtifactError, match="nested too deep"):
        write_container(tmp_path / "a.loom", {"x": deep}, {})


def test_nothing_at_the_path_is_a_missing_file(tmp_path: Path) -> None:
    """A path with nothing at it raises MissingFileError, not ArtifactError."""
    with pytest.raises(MissingFileError, match="expected an artifact, came nothing at this path"):
        read_container(tmp_path / "nothing")


def test_a_file_that_may_not_be_read_is_a_storage_error(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's refusal to read becomes StorageError."""

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("seqloom.artifact.container.read_archive", refuse)
    monkeypatch.setattr("seqloom.artifact.container.open_folder", refuse)

    with pytest.raises(StorageError, match="expected a readable artifact, came Permission denied"):
        read_container(saved)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    """Something that is neither file nor folder is refused without being read."""
    os.mkfifo(tmp_path / "pipe.loom")

    with pytest.raises(StorageError, match="expected a readable artifact, came Not a directory"):
        read_container(tmp_path / "pipe.loom")


@pytest.mark.parametrize("as_directory", [False, True], ids=["file", "folder"])
def test_reading_holds_the_artifact_once(tmp_path: Path, *, as_directory: bool) -> None:
    """Reading allocates the bytes of the members and little more."""
    size = 8 * 2**20
    path = write_container(tmp_path / "a", MANIFEST, {"report.html": bytes(size)}, as_directory=as_directory)
    tracemalloc.start()
    try:
        read_container(path)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert peak < 1.1 * size
