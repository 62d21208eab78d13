"""Simple methods in an artifact: their room is entered only where one is met.

A server of networks needs none of its methods, and starts sooner.
"""

from collections.abc import Mapping
from importlib import import_module

from seqloom.artifact.strict_json import JSON
from seqloom.model import NETWORK, InputSizes, ModelSettings, SequenceModel
from seqloom.sequence import Array

ROOM = "seqloom.simple"


def written_method(model: SequenceModel, where: str) -> tuple[dict[str, JSON] | None, dict[str, Array] | None]:
    """The words and arrays of a simple method; None of a network.

    Args:
        model: the model.
        where: the artifact, for messages.

    Raises:
        ArtifactError: a number is not finite.
    """
    if model.settings.method == NETWORK:
        return None, None
    words, arrays = import_module(ROOM).written(model, where)
    return words, arrays


def restored_method(
    task: str,
    settings: ModelSettings,
    sizes: InputSizes,
    words: Mapping[str, JSON] | None,
    arrays: Mapping[str, Array],
    where: str,
) -> SequenceModel:
    """The simple method with these words and arrays.

    Args:
        task: name of the task.
        settings: which method it is.
        sizes: the sizes of the data.
        words: of the method.
        arrays: by name.
        where: artifact and member, for messages.

    Raises:
        ArtifactError: they are not those of such a method.
    """
    model: SequenceModel = import_module(ROOM).restored(task, settings, sizes, words, arrays, where)
    return model
