"""The trial of transcripts."""

from dataclasses import dataclass

from seqloom.alternatives import texts_of
from seqloom.evaluate.trial import Measured
from seqloom.prepare import Examples
from seqloom.score import character_errors, transcript_metrics, word_errors
from seqloom.sequence import Array, TranscriptPrediction

WORDS = "word errors"
CHARACTERS = "character errors"


@dataclass(frozen=True)
class TranscriptTrial:
    """Test sequences with a text each.

    Args:
        examples: the sequences.
        prediction: what the model answered for them.
    """

    examples: Examples
    prediction: TranscriptPrediction

    @property
    def block(self) -> int:
        """Sequences stand for themselves."""
        return 1

    def model(self) -> Measured:
        """Error rates of the model's texts."""
        return self.alternative(self.prediction.texts)

    def alternative(self, answers: Array) -> Measured:
        """Error rates of texts, [E]; errors are counted text by text."""
        texts, truth = answers.tolist(), texts_of(self.examples).tolist()
        return Measured(
            metrics=transcript_metrics(texts, truth),
            errors={WORDS: word_errors(texts, truth), CHARACTERS: character_errors(texts, truth)},
        )
