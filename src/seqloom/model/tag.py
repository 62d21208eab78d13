"""Tags: one class for each step of a sequence."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from seqloom.loss import cross_entropy
from seqloom.model.balance import class_weights
from seqloom.model.members import Members, MembersModel, mean_loss
from seqloom.model.model import Chosen, Facts
from seqloom.model.network import Network
from seqloom.model.settings import InputSizes, ModelSettings
from seqloom.model.tag_defaults import choose_for_tags
from seqloom.nn import LinearChain, State
from seqloom.prepare import Examples, Pipeline
from seqloom.sequence import Array, Batch, TagPrediction, spans


class TagModel(MembersModel):
    """The mean probabilities of one or more networks at each step, or a linear chain over their mean scores."""

    task = "tag"
    by_steps = False
    target_kind = "classes"
    preparation: ClassVar[Mapping[str, object]] = MappingProxyType({"spelling": True})
    class_weights: Tensor
    temperature: Tensor
    """What the scores are divided by, so that the probabilities are neither too sure nor too cautious."""

    def __init__(self, settings: ModelSettings, sizes: InputSizes) -> None:
        super().__init__(settings, sizes)
        count = len(sizes.classes)
        self.members = Members(lambda: Network(settings, sizes, count), settings.members or 1)
        self.chain = LinearChain(count) if settings.crf else None
        self.register_buffer("class_weights", class_weights(settings, sizes))
        self.register_buffer("temperature", torch.tensor(1.0))
        if has_threshold(settings, sizes):
            self.register_buffer("threshold", torch.tensor(0.5))

    @classmethod
    def choose(cls, settings: ModelSettings, facts: Facts) -> Chosen:
        """Both directions, width by the number of steps; see `choose_for_tags`."""
        return choose_for_tags(settings, facts)

    def loss(self, batch: Batch, state: State | None = None) -> tuple[Tensor, State]:
        """Cross-entropy over the labelled steps; with a chain, minus the log-likelihood of their labels, per label."""
        state, outputs = self.members(state, batch)
        return mean_loss(lambda scores: self._loss(scores, batch, self.settings.label_smoothing or 0.0), outputs), state

    def criterion(self, batch: Batch) -> tuple[float, int]:
        """The loss summed over the labelled steps."""
        terms = int((batch.target >= 0).sum())
        loss = self._loss(self._scores(self.members(None, batch)[1]), batch, 0.0)
        return (float(loss.detach()) * terms if terms else 0.0), terms

    def predict(self, batch: Batch) -> dict[str, Tensor]:
        """`probabilities` of the classes, [N, K]; with a chain `best`, class numbers of the best sequences, [N]."""
        if self.chain is None:
            return super().predict(batch)
        rows = batch.numbers.with_values(self._scores(self.members(None, batch)[1]))
        return {"probabilities": self.chain.marginals(rows), "best": self.chain.best(rows)}

    def prediction(self, outputs: dict[str, Array], pipeline: Pipeline, examples: Examples) -> TagPrediction:
        """The most probable class of each step; with a chain, that of the most probable sequence of classes."""
        return tag_prediction(outputs, pipeline, examples, threshold_of(self))

    @property
    def reach(self) -> int | None:
        """Nothing but what is carried, unless a network reads backwards, or labels wait for those that follow."""
        return None if self.chain is not None else self.members.reach

    def together(self, outputs: list[Tensor]) -> dict[str, Tensor]:
        """`probabilities` of the classes, [N, K], where labels do not wait for each other."""
        return {"probabilities": torch.softmax(self._scores(outputs) / self.temperature, dim=1)}

    def _scores(self, outputs: list[Tensor]) -> Tensor:
        """Scores of the classes at each step, [N, K]: mean ones of a chain, else logarithms of mean probabilities."""
        scores = torch.stack(outputs)  # [M, N, K]
        return scores.mean(dim=0) if self.chain is not None else functional.log_softmax(scores, dim=2).logsumexp(dim=0)

    def _loss(self, scores: Tensor, batch: Batch, smoothing: float) -> Tensor:
        if self.chain is None:
            return cross_entropy(scores, batch.target, self.class_weights, label_smoothing=smoothing)
        likelihood = self.chain.log_likelihood(batch.numbers.with_values(scores), batch.target)
        return -likelihood.sum() / (batch.target >= 0).sum().clamp(min=1)


def has_threshold(settings: ModelSettings, sizes: InputSizes) -> bool:
    """Whether the second of two classes is given from a threshold on, rather than where it is more probable."""
    asked = settings.threshold is not None or settings.miss_cost is not None
    return len(sizes.classes) == 2 and asked and not settings.crf  # noqa: PLR2004 - one of two


def threshold_of(model: nn.Module) -> float | None:
    """Probability of the second of two classes from which on it is given to a step; None: where it is more probable."""
    found = dict(model.named_buffers()).get("threshold")
    return None if found is None else float(found)


def tag_prediction(
    outputs: dict[str, Array], pipeline: Pipeline, examples: Examples, threshold: float | None = None
) -> TagPrediction:
    """The most probable class of each step, unless the outputs say which is best; of two, the second from a threshold.

    Args:
        outputs: `probabilities`, [N, K], and `best`, [N], where they are not all that counts.
        pipeline: the fitted preparation, which knows the classes.
        examples: what was predicted.
        threshold: probability of the second of two classes from which on it is given; None: where it is more probable.
    """
    probabilities = outputs["probabilities"].astype(np.float64)
    probabilities /= probabilities.sum(axis=1, keepdims=True)
    numbers = outputs["best"].astype(np.int64) if "best" in outputs else probabilities.argmax(axis=1)
    if threshold is not None:
        numbers = (probabilities[:, 1] >= threshold).astype(np.int64)
    start, lengths = examples.start.astype(np.int64), examples.lengths.astype(np.int64)
    words = examples.prepared.words
    return TagPrediction(
        labels=np.asarray(pipeline.classes)[numbers],
        probabilities=probabilities,
        classes=pipeline.classes,
        keys=np.repeat(examples.keys(), lengths),
        steps=spans(np.zeros_like(lengths), lengths) + 1,
        words=None if words is None else np.array(words.at(spans(start, start + lengths)), dtype=object),
    )
