import os

import pytest

from seqloom.errors import DataError, MissingFileError
from seqloom.read import ReadSettings
from seqloom.read.files import open_file
from seqloom.read.table import Table
from seqloom.sequence import SequenceDataset

INFERRED = ReadSettings()


@pytest.mark.parametrize("name", ["a.csv", "a.TSV", "a.txt", "a.csv.gz"])
def test_text_tables_are_known_by_their_ending(write, name):
    """Endings of text tables, in any case, open as tables."""
    assert isinstance(open_file(write(name, "a,b\n1,2\n"), INFERRED), Table)


def test_archives_are_known_by_their_ending(write):
    """A `.ts` file opens as sequences."""
    assert isinstance(open_file(write("a.ts", "@data\n1,2\n"), INFERRED), SequenceDataset)


@pytest.mark.parametrize("name", ["a-idx3-ubyte", "a.idx3-ubyte", "a.idx", "a-idx3-ubyte.gz"])
def test_image_files_are_known_by_their_name(write, name):
    """Names of image files lead to the reader of images, which then judges the contents."""
    with pytest.raises(DataError, match="expected an IDX file"):
        open_file(write(name, "nonsense"), INFERRED)


def test_a_missing_file_is_named(tmp_path):
    """A path that leads nowhere is refused, the missing folder named."""
    with pytest.raises(MissingFileError, match=r"a\.csv: expected a file, came nothing; check the path"):
        open_file(tmp_path / "a.csv", INFERRED)
    with pytest.raises(FileNotFoundError, match=r"came the folder .*no does not exist"):
        open_file(tmp_path / "no" / "a.csv", INFERRED)


def test_a_directory_is_refused(write):
    """A directory is refused with a file in it that can be read as a suggestion."""
    write("a.html", "<p>")
    path = write("b.csv", "a\n1\n")
    with pytest.raises(DataError, match=r"expected a file, came a directory; name a file in it, such as .*b\.csv"):
        open_file(path.parent, INFERRED)


def test_an_empty_file_is_refused(write):
    """A file of no bytes is refused whatever its ending."""
    with pytest.raises(DataError, match=r"a\.parquet: expected data, came an empty file"):
        open_file(write("a.parquet", ""), INFERRED)


@pytest.mark.parametrize(
    ("name", "fix"), [("a.xlsx", "convert or rename"), ("a.png", "convert or rename"), ("a", "convert")]
)
def test_an_unknown_ending_is_refused(write, name, fix):
    """A file of another kind is refused with the endings that are known."""
    with pytest.raises(DataError, match=rf"expected one of the endings \.csv, .* came '.*'; .*{fix}"):
        open_file(write(name, "x"), INFERRED)


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to the superuser")
def test_a_file_that_may_not_be_read_is_refused(write):
    """A file without permission is refused."""
    path = write("a.csv", "a\n1\n")
    path.chmod(0)
    with pytest.raises(MissingFileError, match="came no permission"):
        open_file(path, INFERRED)
