"""Labels: any number of them for a whole sequence."""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from seqloom.errors import SchemaError
from seqloom.loss import binary_cross_entropy
from seqloom.model.members import Members, MembersModel, mean_log_odds
from seqloom.model.mixup import mixed_loss
from seqloom.model.model import Chosen, Facts
from seqloom.model.network import Network
from seqloom.model.sequence_defaults import choose_for_classes
from seqloom.model.settings import InputSizes, ModelSettings
from seqloom.nn import State
from seqloom.prepare import Examples, LabelTargets, Pipeline
from seqloom.sequence import Array, Batch, LabelPrediction


class LabelModel(MembersModel):
    """The mean probabilities of one or more networks, each with one logit per label; labels do not exclude each other.

    The networks, their pooling and their defaults are those of classes; only the loss differs: the binary cross-entropy
    of each label, averaged over all of them.
    """

    task = "label"
    by_steps = False
    target_kind = "labels"
    temperature: Tensor
    """What all logits are divided by, so that the probabilities are neither too sure nor too cautious."""
    thresholds: Tensor
    """Probability from which on each label is given, [K]."""

    def __init__(self, settings: ModelSettings, sizes: InputSizes) -> None:
        super().__init__(settings, sizes)
        labels = len(sizes.classes)
        self.members = Members(lambda: Network(settings, sizes, labels), settings.members or 1)
        self.register_buffer("temperature", torch.tensor(1.0))
        self.register_buffer("thresholds", torch.full((labels,), 0.5))

    @classmethod
    def choose(cls, settings: ModelSettings, facts: Facts) -> Chosen:
        """As for classes, see `choose_for_classes`."""
        return choose_for_classes(settings, facts)

    def loss(self, batch: Batch, state: State | None = None) -> tuple[Tensor, State]:
        """Cross-entropy on logits; of mixtures of sequences where `mixup` asks for them."""
        smoothing = self.settings.label_smoothing or 0.0
        concentration = (self.settings.mixup or 0.0) * self.training
        return mixed_loss(
            self.members, state, batch, lambda logits, target: self._loss(logits, target, smoothing), concentration
        )

    def _loss(self, logits: Tensor, target: Tensor, smoothing: float) -> Tensor:
        """Mean over all known labels of [B, K]."""
        weight = self.settings.pos_weight
        return binary_cross_entropy(logits.reshape(-1), target.reshape(-1), weight, label_smoothing=smoothing)

    def criterion(self, batch: Batch) -> tuple[float, int]:
        """Cross-entropy summed over the known labels."""
        terms = int(torch.isfinite(batch.target).sum())
        logits = mean_log_odds(torch.stack(self.members(None, batch)[1]))
        loss = self._loss(logits, batch.target, 0.0)
        return (float(loss.detach()) * terms if terms else 0.0), terms

    def together(self, outputs: list[Tensor]) -> dict[str, Tensor]:
        """`probabilities` of the labels, [B, K]."""
        return {"probabilities": torch.sigmoid(mean_log_odds(torch.stack(outputs)) / self.temperature)}

    def prediction(self, outputs: dict[str, Array], pipeline: Pipeline, examples: Examples) -> LabelPrediction:
        """Every label from its threshold on."""
        return label_prediction(outputs, pipeline, examples, self.thresholds.numpy().astype(np.float64))


def label_prediction(
    outputs: dict[str, Array], pipeline: Pipeline, examples: Examples, thresholds: NDArray[np.float64]
) -> LabelPrediction:
    """Every label from its threshold on, unless the outputs say which are given.

    Args:
        outputs: `probabilities`, and `given` where thresholds do not say which labels are, [E, K] each.
        pipeline: the fitted preparation, which knows the labels.
        examples: what was predicted.
        thresholds: probability from which on each label is given, [K].

    Raises:
        SchemaError: the preparation is one of other targets.
    """
    targets = pipeline.targets
    if not isinstance(targets, LabelTargets):
        came = type(targets).__name__
        raise SchemaError("pipeline, targets", expected="labels", came=came, fix="use the pipeline of this model")
    probabilities = outputs["probabilities"].astype(np.float64)
    chosen = outputs["given"] > 0 if "given" in outputs else probabilities >= thresholds
    return LabelPrediction(chosen, probabilities, targets.classes, thresholds, examples.keys(), targets.between)
