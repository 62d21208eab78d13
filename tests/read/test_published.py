import pytest

from seqloom.errors import MissingFileError
from seqloom.read import published


def test_files_are_found_by_their_names(tmp_path):
    """In the order they were asked for."""
    for name in ("b.txt", "a.txt"):
        (tmp_path / name).write_text("x")
    assert published(tmp_path, ("b.txt", "a.txt"), source="a set") == (tmp_path / "b.txt", tmp_path / "a.txt")


def test_a_missing_file_is_named_with_its_source(tmp_path):
    """One line says what is looked for, and which files belong together."""
    (tmp_path / "a.txt").write_text("x")
    with pytest.raises(MissingFileError) as caught:
        published(tmp_path, ("a.txt", "b.txt"), source="the Letters of 1850 (example.org/letters)")
    line = str(caught.value)
    assert line.startswith(f"{tmp_path / 'b.txt'}: expected a file of the Letters of 1850 (example.org/letters)")
    assert line.endswith("name the folder that holds a.txt, b.txt with --data")
