"""Small prepared data, and fitted methods as models."""

from tests.evaluate.conftest import make_pipeline as make_pipeline
from tests.evaluate.conftest import make_sequences as make_sequences
from tests.evaluate.conftest import make_windows as make_windows
