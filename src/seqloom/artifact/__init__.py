"""The trained model as a file: what is in it, how it is saved, why a forged one does no harm."""

from seqloom.artifact.atomic import replaced_file as replaced_file
from seqloom.artifact.bundle import Bundle as Bundle
from seqloom.artifact.bundle import load as load
from seqloom.artifact.bundle import save as save
from seqloom.artifact.champion import Champion as Champion
from seqloom.artifact.champion import champion_of as champion_of
from seqloom.artifact.container import Container as Container
from seqloom.artifact.container import read_container as read_container
from seqloom.artifact.container import write_container as write_container
from seqloom.artifact.golden import Golden as Golden
from seqloom.artifact.golden import excerpt as excerpt
from seqloom.artifact.migrations import FORMAT_VERSION as FORMAT_VERSION
from seqloom.artifact.place import destination as destination
from seqloom.artifact.place import existing as existing

__all__ = [
    "FORMAT_VERSION",
    "Bundle",
    "Champion",
    "Container",
    "Golden",
    "champion_of",
    "destination",
    "excerpt",
    "existing",
    "load",
    "read_container",
    "replaced_file",
    "save",
    "write_container",
]
