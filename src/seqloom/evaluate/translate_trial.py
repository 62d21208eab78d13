"""The trial of translations."""

import math
from dataclasses import dataclass

import numpy as np

from seqloom.evaluate.trial import Measured
from seqloom.prepare import Examples
from seqloom.score import sentence_chrf, translation_metrics
from seqloom.sequence import Array, TranslatePrediction

CHARACTERS = "character n-gram error"
"""What is compared sentence by sentence: 100 less its chrF."""


@dataclass(frozen=True)
class TranslateTrial:
    """Test sentences with a true translation each.

    Args:
        examples: the sentences.
        prediction: what the model answered for them.
    """

    examples: Examples
    prediction: TranslatePrediction

    @property
    def block(self) -> int:
        """Sentences stand for themselves."""
        return 1

    @property
    def references(self) -> list[str]:
        """The true translations as they were given, [E]."""
        prepared = self.examples.prepared
        references: list[str] = prepared.texts[prepared.target_names[0]][self.examples.sequence].tolist()
        return references

    def model(self) -> Measured:
        """Metrics of the model's texts, and its perplexity: how many symbols it hesitates between on average."""
        measured = self.alternative(self.prediction.texts)
        known = np.isfinite(self.prediction.reference_scores)
        symbols = int(self.prediction.reference_symbols[known].sum())
        if not symbols:
            return measured
        loss = -float(self.prediction.reference_scores[known].sum()) / symbols
        own = {"nats_per_symbol": loss, "perplexity": math.exp(min(loss, 700.0))}
        return Measured({**measured.metrics, **own}, measured.errors)

    def alternative(self, answers: Array) -> Measured:
        """Metrics of texts, [E]."""
        texts, references = answers.tolist(), self.references
        return Measured(
            metrics=translation_metrics(texts, references),
            errors={CHARACTERS: 100.0 - sentence_chrf(texts, references)},
        )
