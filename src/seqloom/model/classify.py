"""Classes: one label for a whole sequence."""

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from seqloom.loss import binary_cross_entropy, cross_entropy
from seqloom.model.balance import class_weights
from seqloom.model.members import Members, MembersModel, mean_log_odds
from seqloom.model.mixup import mixed_loss
from seqloom.model.model import Chosen, Facts
from seqloom.model.network import Network
from seqloom.model.sequence_defaults import choose_for_classes
from seqloom.model.settings import InputSizes, ModelSettings
from seqloom.nn import State
from seqloom.prepare import Examples, Pipeline
from seqloom.sequence import Array, Batch, ClassPrediction


class ClassifyModel(MembersModel):
    """The mean probabilities of one or more networks, each with one logit for two classes, one per class for more."""

    task = "classify"
    by_steps = False
    target_kind = "classes"
    class_weights: Tensor
    temperature: Tensor
    """What the logits are divided by, so that the probabilities are neither too sure nor too cautious."""
    threshold: Tensor
    """Probability of the second of two classes from which on it is predicted."""

    def __init__(self, settings: ModelSettings, sizes: InputSizes) -> None:
        super().__init__(settings, sizes)
        self.binary = len(sizes.classes) == 2  # noqa: PLR2004 - two classes need one logit
        logits = 1 if self.binary else len(sizes.classes)
        self.members = Members(lambda: Network(settings, sizes, logits), settings.members or 1)
        self.register_buffer("class_weights", class_weights(settings, sizes))
        self.register_buffer("temperature", torch.tensor(1.0))
        self.register_buffer("threshold", torch.tensor(0.5))

    @classmethod
    def choose(cls, settings: ModelSettings, facts: Facts) -> Chosen:
        """Both directions, attention over the steps; more where there are few sequences, see `choose_for_classes`."""
        return choose_for_classes(settings, facts)

    def loss(self, batch: Batch, state: State | None = None) -> tuple[Tensor, State]:
        """Cross-entropy on logits; of mixtures of sequences where `mixup` asks for them."""
        smoothing = self.settings.label_smoothing or 0.0
        concentration = (self.settings.mixup or 0.0) * self.training
        return mixed_loss(
            self.members, state, batch, lambda logits, target: self._loss(logits, target, smoothing), concentration
        )

    def _loss(self, logits: Tensor, target: Tensor, smoothing: float) -> Tensor:
        if not self.binary:
            return cross_entropy(logits, target, self.class_weights, label_smoothing=smoothing)
        balanced = float(self.class_weights[1] / self.class_weights[0])
        weight = self.settings.pos_weight or balanced
        soft = target.float() * (1 - smoothing) + smoothing / 2
        return binary_cross_entropy(logits.squeeze(1), torch.where(target < 0, torch.nan, soft), weight)

    def _logits(self, outputs: list[Tensor]) -> Tensor:
        """The logits of the mean probabilities, [B, 1] or [B, K]."""
        logits = torch.stack(outputs)  # [M, B, K]
        if self.binary:
            return mean_log_odds(logits)
        return functional.log_softmax(logits, dim=2).logsumexp(dim=0)

    def criterion(self, batch: Batch) -> tuple[float, int]:
        """Cross-entropy summed over the labelled sequences."""
        terms = int((batch.target >= 0).sum())
        loss = self._loss(self._logits(self.members(None, batch)[1]), batch.target, 0.0)
        return (float(loss.detach()) * terms if terms else 0.0), terms

    def together(self, outputs: list[Tensor]) -> dict[str, Tensor]:
        """`probabilities` of the classes, [B, K]."""
        logits = self._logits(outputs) / self.temperature
        if self.binary:
            positive = torch.sigmoid(logits)
            return {"probabilities": torch.cat([1 - positive, positive], dim=1)}
        return {"probabilities": torch.softmax(logits, dim=1)}

    def prediction(self, outputs: dict[str, Array], pipeline: Pipeline, examples: Examples) -> ClassPrediction:
        """The most probable class; of two, the second from the threshold on."""
        return class_prediction(outputs, pipeline, examples, float(self.threshold))


def class_prediction(
    outputs: dict[str, Array], pipeline: Pipeline, examples: Examples, threshold: float
) -> ClassPrediction:
    """The most probable class of each example; of two, the second from the threshold on.

    Args:
        outputs: `probabilities`, [E, K].
        pipeline: the fitted preparation, which knows the classes.
        examples: what was predicted.
        threshold: probability of the second of two classes from which on it is predicted.
    """
    probabilities = outputs["probabilities"].astype(np.float64)
    probabilities /= probabilities.sum(axis=1, keepdims=True)
    labels = np.asarray(pipeline.classes)
    numbers = probabilities.argmax(axis=1)
    if len(labels) == 2:  # noqa: PLR2004 - two classes have a threshold between them
        numbers = (probabilities[:, 1] >= threshold).astype(np.int64)
    return ClassPrediction(labels[numbers], probabilities, pipeline.classes, examples.keys())
