"""Simple models as words and arrays, and back."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import torch

from seqloom.alternatives import put_together, taken_apart
from seqloom.errors import ArtifactError, SettingsError
from seqloom.model import InputSizes, ModelSettings
from seqloom.sequence import Array
from seqloom.simple.methods import SIMPLE, method_named
from seqloom.simple.model import SimpleModel

PREFIX = "method."
"""What the names of the method's arrays begin with; others are measured on validation examples."""
ADVICE = "get the artifact again from where it was made"


def written(model: SimpleModel, where: str) -> tuple[dict[str, Any], dict[str, Array]]:
    """The words and arrays of a model.

    Args:
        model: the model.
        where: artifact and member, for messages.

    Raises:
        ArtifactError: a number is not finite.
    """
    words, arrays = taken_apart(model.alternative, where)
    named = {PREFIX + path: array for path, array in arrays.items()}
    return words, named | {name: tensor.numpy() for name, tensor in model.state_dict().items()}


def restored(
    task: str, settings: ModelSettings, sizes: InputSizes, words: object, arrays: Mapping[str, Array], where: str
) -> SimpleModel:
    """The model with these words and arrays.

    Args:
        task: name of the task.
        settings: which method it is.
        sizes: the sizes of the data.
        words: of the method.
        arrays: by name.
        where: artifact and member, for messages.

    Raises:
        ArtifactError: they are not those of such a model.
    """
    try:
        kind = method_named(task, settings.method)
    except SettingsError as error:
        raise ArtifactError(where, expected=error.expected, came=error.came, fix=ADVICE) from error
    own = {name.removeprefix(PREFIX): array for name, array in arrays.items() if name.startswith(PREFIX)}
    classes = {"classes": len(sizes.classes)}
    alternative = put_together(kind, words, own, where, stated=classes)
    measured = {name: array for name, array in arrays.items() if not name.startswith(PREFIX)}
    with torch.device("meta"):  # sizes may ask for more memory than there is
        _check_measured(measured, SIMPLE[task](settings, sizes, alternative).state_dict(), where)
    model = SIMPLE[task](settings, sizes, alternative)
    model.load_state_dict({name: torch.from_numpy(array) for name, array in measured.items()}, strict=True)
    model.eval()
    return model


def _check_measured(arrays: Mapping[str, Array], expected: Mapping[str, torch.Tensor], where: str) -> None:
    """Refuse other buffers than those of the model."""
    if arrays.keys() != expected.keys():
        named, came = (", ".join(map(ascii, some)) or "none" for some in (expected, arrays))
        raise ArtifactError(where, expected=f"beside the method the arrays {named}", came=came, fix=ADVICE)
    for name, array in arrays.items():
        wanted = f"{str(expected[name].dtype).removeprefix('torch.')} of shape {tuple(expected[name].shape)}"
        came = f"{array.dtype} of shape {array.shape}"
        if came != wanted or not np.isfinite(array).all():
            came = came if came != wanted else "NaN or infinity"
            raise ArtifactError(f"{where}, {name}", expected=f"finite {wanted}", came=came, fix=ADVICE)
