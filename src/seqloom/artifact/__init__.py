"""The trained model as a file: what is in it, how it is saved, why a forged one does no harm."""

from seqloom.artifact.container import Container as Container
from seqloom.artifact.container import read_container as read_container
from seqloom.artifact.container import write_container as write_container

__all__ = ["Container", "read_container", "write_container"]
