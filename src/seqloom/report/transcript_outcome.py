"""What each sequence of a part was heard to say, and what it says."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from seqloom.score import Edits, aligned, edits
from seqloom.sequence import TranscriptPrediction

NOTHING = "nothing"
SPACE = "a space"


@dataclass(frozen=True)
class TranscriptOutcome:
    """What each sequence of a part was heard to say, and what it says.

    Args:
        prediction: the model's texts for B sequences.
        truth: the true texts, empty where unknown, length B.
        lengths: steps of each sequence, length B.
    """

    prediction: TranscriptPrediction
    truth: tuple[str, ...]
    lengths: tuple[int, ...]

    @cached_property
    def known(self) -> tuple[int, ...]:
        """Rows whose text is known."""
        return tuple(row for row, text in enumerate(self.truth) if text)

    @cached_property
    def errors(self) -> dict[int, Edits]:
        """The characters to be changed of each known row."""
        return {row: edits(self.text(row), self.truth[row]) for row in self.known}

    def text(self, row: int) -> str:
        """What was heard."""
        return str(self.prediction.texts[row])

    def worst(self, count: int) -> list[int]:
        """The rows with the most errors for their length, the worst first; those without any are left out."""
        wrong = [row for row in self.known if self.errors[row].distance]
        return sorted(wrong, key=lambda row: -self.errors[row].distance / len(self.truth[row]))[:count]

    def confusions(self, *, words: bool) -> list[tuple[str, str, int]]:
        """What was said, what was heard instead, and how often, the most frequent first."""
        counts: Counter[tuple[str, str]] = Counter()
        for row in self.known:
            said, truth = self.text(row), self.truth[row]
            pairs = aligned(said.split(), truth.split()) if words else aligned(said, truth)
            counts.update((_named(true), _named(heard)) for heard, true in pairs if heard != true)
        return [(true, heard, count) for (true, heard), count in sorted(counts.items(), key=lambda pair: -pair[1])]


def _named(symbol: object) -> str:
    return NOTHING if symbol is None else SPACE if symbol == " " else str(symbol)
