from collections.abc import Callable

import numpy as np
import pytest
import torch

from seqloom.artifact import Bundle
from seqloom.artifact.weights import restore_model, weights
from seqloom.errors import ArtifactError
from seqloom.model import build

Arrays = dict[str, np.ndarray]


def test_a_restored_model_has_every_weight(bundle: Bundle) -> None:
    """Parameters and buffers come back bit for bit."""
    model = bundle.model

    restored = restore_model(model.task, model.settings, model.sizes, weights(model, "test"), "test")

    for name, tensor in model.state_dict().items():
        assert torch.equal(restored.state_dict()[name], tensor)


def test_a_restored_model_is_its_own(forecast: Bundle) -> None:
    """Changing a restored model leaves the arrays it was restored from alone."""
    model, arrays = forecast.model, weights(forecast.model, "test")
    before = arrays["point.bias"].copy()

    with torch.no_grad():
        restore_model(model.task, model.settings, model.sizes, arrays, "test").point.bias += 1

    assert np.array_equal(arrays["point.bias"], before)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda arrays: arrays.pop("point.bias"), r"expected the weight 'point\.bias', came no such weight"),
        (lambda arrays: arrays.update(evil=np.zeros(1)), "the unknown weight 'evil'"),
        (lambda arrays: arrays.update({"point.bias": np.zeros(4, np.float32)}), r"came float32 of shape \(4,\)"),
        (lambda arrays: arrays.update({"point.bias": np.zeros(3)}), r"came float64 of shape \(3,\)"),
        (lambda arrays: arrays.update({"point.bias": np.full(3, np.nan, np.float32)}), "came NaN or infinity"),
    ],
)
def test_weights_of_another_model_are_refused(
    forecast: Bundle, change: Callable[[Arrays], object], reason: str
) -> None:
    """A weight that is missing, unknown, of another shape or type, or not finite is named."""
    model, arrays = forecast.model, weights(forecast.model, "test")
    change(arrays)

    with pytest.raises(ArtifactError, match=reason):
        restore_model(model.task, model.settings, model.sizes, arrays, "test")


@pytest.mark.parametrize(
    ("settings", "sizes", "reason"),
    [
        ({"hidden_size": 10**6}, {}, "weight .* expected float32 of shape"),
        ({"layers": 10**9}, {}, "1000000000 layers and 1 embeddings for"),
        ({}, {"code_sizes": (2,) * 100_000}, "1 layers and 100000 embeddings for"),
    ],
)
def test_settings_that_ask_for_more_are_refused_before_memory_is(
    forecast: Bundle, settings: dict, sizes: dict, reason: str
) -> None:
    """Settings of a model of terabytes, or of a million layers, are refused against the stored weights."""
    model = forecast.model
    greedy = model.settings.model_copy(update=settings), model.sizes.model_copy(update=sizes)

    with pytest.raises(ArtifactError, match=reason):
        restore_model(model.task, *greedy, weights(model, "test"), "test")


def test_weights_that_are_not_finite_come_with_advice(fresh: Callable[[str], Bundle]) -> None:
    """A model that diverged is refused with what to do in training."""
    model = fresh("forecast").model
    with torch.no_grad():
        model.point.bias[0] = float("inf")

    with pytest.raises(ArtifactError, match=r"weight 'point\.bias': .*; train again with a lower learning rate"):
        weights(model, "test")


def test_shapes_that_were_left_out_are_loaded_when_they_are_asked_for(
    forecast: Bundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A model is restored even where building it asks for the shapes of an operation torch has not loaded."""
    tried = []

    def building(*given: object) -> object:
        tried.append(given)
        if len(tried) == 1:
            raise NotImplementedError("aten::flip")
        return build(*given)

    monkeypatch.setattr("seqloom.artifact.weights.build", building)
    model = forecast.model
    restored = restore_model(model.task, model.settings, model.sizes, weights(model, "test"), "test")
    assert len(tried) == 3
    assert torch.equal(restored.state_dict()["point.bias"], model.state_dict()["point.bias"])
