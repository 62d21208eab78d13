"""The weights of a model as named arrays, and a model with given weights."""

from collections.abc import Mapping
from importlib import import_module

import numpy as np
import torch

from seqloom.artifact.method import restored_method, written_method
from seqloom.artifact.refusal import refusal, shown
from seqloom.artifact.strict_json import JSON
from seqloom.model import NETWORK, InputSizes, ModelSettings, SequenceModel, build
from seqloom.sequence import Array


def weights(model: SequenceModel, where: str) -> dict[str, Array]:
    """Every tensor of a network's state by name, or every array of a simple method.

    Args:
        model: the model.
        where: artifact and member, for messages.

    Raises:
        ArtifactError: a weight is not finite.
    """
    _, written = written_method(model, where)
    if written is not None:
        return written
    arrays = {name: tensor.detach().cpu().numpy() for name, tensor in model.state_dict().items()}
    _check_finite(arrays, where, fix="train again with a lower learning rate or with clipping")
    return arrays


def restore_model(
    task: str,
    settings: ModelSettings,
    sizes: InputSizes,
    arrays: Mapping[str, Array],
    where: str,
    *,
    words: Mapping[str, JSON] | None = None,
) -> SequenceModel:
    """A model with these weights, ready to predict.

    It is drawn without memory first: settings that ask for more than the stored weights are refused before anything
    is allocated. Torch's generator is left as it was.

    Args:
        task: name of the task.
        settings: the network's shape.
        sizes: the sizes of the data.
        arrays: the weights by name.
        where: artifact and member, for messages.
        words: of a simple method; None: there are none, as of a network.

    Raises:
        ArtifactError: the weights are not those of such a model.
    """
    if settings.method != NETWORK:
        return restored_method(task, settings, sizes, words, arrays, where)
    if words is not None:
        raise refusal(where, expected="no words of a method beside a network", came="some")
    tables = len(sizes.code_sizes) + len(sizes.static_code_sizes)
    if settings.layers + tables > len(arrays):  # each layer and each embedding has at least one weight
        came = f"{settings.layers} layers and {tables} embeddings for {len(arrays)} weights"
        raise refusal(where, expected="settings that fit the weights", came=came)
    _check_outline(arrays, _outline(task, settings, sizes), where)
    _check_finite(arrays, where, fix="train the model again")
    with torch.random.fork_rng(devices=[]):
        model = build(task, settings, sizes)
    model.load_state_dict({name: torch.from_numpy(array) for name, array in arrays.items()}, strict=True)
    return model.eval()


def _outline(task: str, settings: ModelSettings, sizes: InputSizes) -> Mapping[str, torch.Tensor]:
    """The weights of such a model by name, without their memory."""
    try:
        with torch.device("meta"):
            return build(task, settings, sizes).state_dict()
    except NotImplementedError:  # shapes of an operation were left out, as some commands do to start sooner
        import_module("torch._meta_registrations")
        with torch.device("meta"):
            return build(task, settings, sizes).state_dict()


def _check_outline(arrays: Mapping[str, Array], outline: Mapping[str, torch.Tensor], where: str) -> None:
    for name in sorted(arrays.keys() ^ outline.keys()):
        came = "no such weight" if name in outline else f"the unknown weight {shown(name)}"
        raise refusal(
            where, expected=f"the weight {shown(name)}" if name in outline else "weights of the model", came=came
        )
    for name, tensor in outline.items():
        expected = f"{str(tensor.dtype).removeprefix('torch.')} of shape {tuple(tensor.shape)}"
        came = f"{arrays[name].dtype} of shape {arrays[name].shape}"
        if came != expected:
            raise refusal(f"{where}, weight {shown(name)}", expected=expected, came=came)


def _check_finite(arrays: Mapping[str, Array], where: str, *, fix: str) -> None:
    for name, array in arrays.items():
        if not np.isfinite(array).all():
            raise refusal(f"{where}, weight {shown(name)}", expected="finite numbers", came="NaN or infinity", fix=fix)
