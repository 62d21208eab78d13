import gzip
import struct

import numpy as np
import pytest

from seqloom.errors import DataError
from seqloom.read import ReadSettings, read
from seqloom.read.idx import read_idx, read_idx_array

IMAGES = np.arange(24, dtype=np.uint8).reshape(2, 4, 3)
INFERRED = ReadSettings()


def idx(values, code=0x08):
    """The bytes of an array in IDX form."""
    head = struct.pack(">HBB", 0, code, values.ndim) + struct.pack(f">{values.ndim}I", *values.shape)
    return head + values.astype(values.dtype.newbyteorder(">")).tobytes()


def test_images_are_sequences_of_rows(write):
    """A step is a row of an image, a feature a column; bytes stay bytes."""
    found = read_idx(write("a-images-idx3-ubyte", idx(IMAGES)), INFERRED)
    assert found.lengths.tolist() == [4, 4]
    assert found.steps["x1"].tolist() == IMAGES[:, :, 1].reshape(-1).tolist()
    assert found.steps["x1"].dtype == np.uint8


@pytest.mark.parametrize("labels", ["a-labels-idx1-ubyte", "a-labels-idx1-ubyte.gz"])
def test_labels_are_found_by_their_name(write, labels):
    """The labels are in the file beside the images that is called like it, packed or not."""
    path = write("a-images-idx3-ubyte.gz", gzip.compress(idx(IMAGES)))
    data = idx(np.array([7, 3], dtype=np.uint8))
    write(labels, gzip.compress(data) if labels.endswith("gz") else data)
    found = read(path)
    assert found.categories["label"] == ("3", "7")
    assert found.statics["label"].tolist() == [1, 0]
    assert found.schema.targets == ("label",)


def test_labels_may_be_named(write):
    """A file of labels of any name may be given."""
    path, labels = write("images.idx", idx(IMAGES)), write("l.idx", idx(np.array([1, 0], dtype=np.uint8)))
    assert read(path, settings=ReadSettings(labels=str(labels))).statics["label"].tolist() == [1, 0]


def test_images_without_labels_have_no_label(write):
    """Images alone can be read, to be predicted for."""
    assert read_idx(write("a-images-idx3-ubyte", idx(IMAGES)), INFERRED).statics == {}


@pytest.mark.parametrize(("code", "kind"), [(0x0B, "int16"), (0x0D, "float32"), (0x0E, "float64")])
def test_other_types_are_read(write, code, kind):
    """Values of other types come in the machine's byte order."""
    values = np.array([[1, -2], [3, 4]], dtype=kind)
    found = read_idx_array(write("a.idx", idx(values, code)))
    assert found.dtype == np.dtype(kind)
    np.testing.assert_array_equal(found, values)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"PNG!", "expected an IDX file, came the bytes 504e4721"),
        (idx(IMAGES)[:-1], r"expected 24 bytes of values, came 23 bytes for the shape \(2, 4, 3\)"),
        (idx(IMAGES)[:10], "expected 3 axes, came the end of the file"),
        (idx(IMAGES[0]), r"expected images \(3 axes\), came 2 axes"),
        (struct.pack(">HBBIII", 0, 8, 3, 2**31, 2**31, 2**31), "bytes of values, came 0 bytes"),
    ],
)
def test_files_that_do_not_hold_images_are_refused(write, data, message):
    """Another file, a damaged one, and one without images are refused."""
    with pytest.raises(DataError, match=message):
        read_idx(write("a.idx", data), INFERRED)


def test_there_is_a_label_for_each_image(write):
    """Labels that are too many or too few are refused."""
    path = write("a-images-idx3-ubyte", idx(IMAGES))
    write("a-labels-idx1-ubyte", idx(np.zeros(3, dtype=np.uint8)))
    with pytest.raises(DataError, match=r"expected 2 labels, one per image of a-images-idx3-ubyte, came shape \(3,\)"):
        read_idx(path, INFERRED)


def test_labels_that_are_not_there_are_refused(write):
    """A file of labels that does not exist is named."""
    with pytest.raises(DataError, match=r"nowhere\.idx: expected the file of the labels, came nothing"):
        read_idx(write("a.idx", idx(IMAGES)), ReadSettings(labels="nowhere.idx"))


@pytest.mark.shared
def test_digits_are_read(shared_data):
    """The test digits are 10 000 images of 28 rows and columns in ten classes."""
    found = read(shared_data / "mnist/t10k-images-idx3-ubyte.gz")
    assert (len(found), set(found.lengths.tolist()), len(found.steps)) == (10_000, {28}, 28)
    assert found.categories["label"] == tuple("0123456789")
    assert np.bincount(found.statics["label"])[0] == 980
