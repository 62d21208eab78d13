"""From disk or memory to a data set: tables, arrays, archives of time series, images, music."""

from seqloom.read.annotate import annotated as annotated
from seqloom.read.arrays import from_arrays as from_arrays
from seqloom.read.description import describe as describe
from seqloom.read.description import summarise as summarise
from seqloom.read.fields import read_fields as read_fields
from seqloom.read.interval import describe_interval as describe_interval
from seqloom.read.plain_text import from_texts as from_texts
from seqloom.read.published import published as published
from seqloom.read.reading import Source as Source
from seqloom.read.reading import read as read
from seqloom.read.settings import EVERY as EVERY
from seqloom.read.settings import STEPS_OF_A_WHOLE as STEPS_OF_A_WHOLE
from seqloom.read.settings import ReadSettings as ReadSettings
from seqloom.read.steps import from_steps as from_steps
from seqloom.read.vectors import Vectors as Vectors
from seqloom.read.vectors import read_vectors as read_vectors
from seqloom.read.vectors import width_of as width_of

__all__ = [
    "EVERY",
    "STEPS_OF_A_WHOLE",
    "ReadSettings",
    "Source",
    "Vectors",
    "annotated",
    "describe",
    "describe_interval",
    "from_arrays",
    "from_steps",
    "from_texts",
    "published",
    "read",
    "read_fields",
    "read_vectors",
    "summarise",
    "width_of",
]
