"""Losses a network is trained with: means over all targets that are not missing."""

from jaxtyping import Float, Int
from torch import Tensor
from torch.nn import functional

from seqloom.loss.mask import check_shapes, masked_mean


def mse(prediction: Float[Tensor, "*shape"], target: Float[Tensor, "*shape"]) -> Float[Tensor, ""]:
    """Mean squared error, mean of `(y - f)^2`.

    Example:
        >>> import torch
        >>> mse(torch.tensor([1.0, 5.0, 9.0]), torch.tensor([1.0, 3.0, float("nan")])).item()
        2.0
    """
    check_shapes(prediction.shape, target.shape)
    return masked_mean(lambda y: (prediction - y).square(), target)


def mae(prediction: Float[Tensor, "*shape"], target: Float[Tensor, "*shape"]) -> Float[Tensor, ""]:
    """Mean absolute error, mean of `|y - f|`.

    Example:
        >>> import torch
        >>> mae(torch.tensor([1.0, 5.0, 9.0]), torch.tensor([1.0, 3.0, float("nan")])).item()
        1.0
    """
    check_shapes(prediction.shape, target.shape)
    return masked_mean(lambda y: (prediction - y).abs(), target)


def huber(
    prediction: Float[Tensor, "*shape"], target: Float[Tensor, "*shape"], delta: float = 1.0
) -> Float[Tensor, ""]:
    """Huber's loss: `e^2 / 2` for errors up to `delta`, `delta (|e| - delta / 2)` beyond.

    Source: Huber, "Robust estimation of a location parameter", Annals of Mathematical Statistics 35 (1964).

    Args:
        prediction: of any shape.
        target: of the same shape, NaN where missing.
        delta: where squares become straight lines, in units of the target.

    Example:
        >>> import torch
        >>> huber(torch.tensor([0.5, 3.0]), torch.zeros(2)).item()
        1.3125
    """
    check_shapes(prediction.shape, target.shape)
    return masked_mean(lambda y: functional.huber_loss(prediction, y, reduction="none", delta=delta), target)


def pinball(
    quantiles: Float[Tensor, "*shape Q"], target: Float[Tensor, "*shape"], levels: Float[Tensor, "Q"]
) -> Float[Tensor, ""]:
    """Pinball loss, mean over targets and levels of `max(q (y - f), (q - 1) (y - f))`; least at the true quantiles.

    Source: Koenker & Bassett, "Regression quantiles", Econometrica 46 (1978).

    Args:
        quantiles: one forecast per level.
        target: NaN where missing.
        levels: in (0, 1).

    Example:
        >>> import torch
        >>> pinball(torch.tensor([[0.0, 3.0]]), torch.tensor([1.0]), torch.tensor([0.25, 0.75])).item()
        0.375
    """
    check_shapes(quantiles.shape, (*target.shape, len(levels)))

    def terms(y: Tensor) -> Tensor:
        error = y.unsqueeze(-1) - quantiles  # [..., Q]
        return (levels * error + functional.relu(-error)).mean(dim=-1)  # the same, and quicker backwards

    return masked_mean(terms, target)


def cross_entropy(
    logits: Float[Tensor, "B K"],
    target: Int[Tensor, "B"],
    class_weights: Float[Tensor, "K"] | None = None,
    *,
    label_smoothing: float = 0.0,
) -> Float[Tensor, ""]:
    """Cross entropy of softmax probabilities, `-log p` of the true class.

    Args:
        logits: one per class.
        target: class numbers, negative where unlabelled.
        class_weights: weight of each class; the mean is then weighted, its denominator the sum of the weights.
        label_smoothing: share of the target spread evenly over all classes (Szegedy et al., CVPR 2016).

    Example:
        >>> import torch
        >>> round(cross_entropy(torch.tensor([[0.0, 0.0]]), torch.tensor([1])).item(), 4)
        0.6931
    """
    check_shapes(logits.shape[:1], target.shape)

    def terms(y: Tensor) -> Tensor:
        return functional.cross_entropy(logits, y, class_weights, reduction="none", label_smoothing=label_smoothing)

    return masked_mean(terms, target, None if class_weights is None else lambda y: class_weights[y])


def binary_cross_entropy(
    logits: Float[Tensor, "B"],
    target: Float[Tensor, "B"] | Int[Tensor, "B"],
    pos_weight: float | None = None,
    *,
    label_smoothing: float = 0.0,
) -> Float[Tensor, ""]:
    """Binary cross entropy of logits, `-w y log p - (1 - y) log (1 - p)` with `p = sigmoid(logit)`.

    Args:
        logits: of the positive class.
        target: 1 positive, 0 negative; NaN or a negative number where unlabelled.
        pos_weight: `w`, the weight of positives; None: 1.
        label_smoothing: share of the target spread evenly over both classes.

    Example:
        >>> import torch
        >>> round(binary_cross_entropy(torch.tensor([0.0]), torch.tensor([1]), pos_weight=2.0).item(), 4)
        1.3863
    """
    check_shapes(logits.shape, target.shape)
    weight = None if pos_weight is None else logits.new_tensor(pos_weight)

    def terms(y: Tensor) -> Tensor:
        soft = y.to(logits.dtype) * (1 - label_smoothing) + label_smoothing / 2
        return functional.binary_cross_entropy_with_logits(logits, soft, pos_weight=weight, reduction="none")

    return masked_mean(terms, target)
