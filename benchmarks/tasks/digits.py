"""Handwritten digits read row by row: MNIST."""

from pathlib import Path

from benchmarks.task import Data, Reference, Target, Task
from seqloom.read import ReadSettings, read

TRAIN, TEST = "mnist/train-images-idx3-ubyte.gz", "mnist/t10k-images-idx3-ubyte.gz"
FILES = (TRAIN, TEST, "mnist/train-labels-idx1-ubyte.gz", "mnist/t10k-labels-idx1-ubyte.gz")
PROTOCOL = (
    "An image is a sequence of 28 rows of 28 pixels; 55,000 images to learn from, the last 5,000 of the training set for "
    "validation, 10,000 test images; no augmentation; accuracy"
)
READING = ReadSettings(per_step_target=False, categories=("label",))
COMMON = {"task": "classify", "split": "order", "validation_size": 5000, "scaling": "minmax"}


def _load(folder: Path) -> Data:
    dataset = read(folder / TRAIN, settings=READING)
    return Data(dataset, read(folder / TEST, schema=dataset.schema))
