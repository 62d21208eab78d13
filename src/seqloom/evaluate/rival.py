"""Another net that was trained as the model was, and what its answers came to."""

from dataclasses import dataclass

from seqloom.evaluate.trial import Measured


@dataclass(frozen=True)
class Rival:
    """A net to compare with.

    Args:
        name: the key of its metrics.
        title: how a sentence calls it.
        measured: its answers to the examples on which the model is judged.
        handicap: what it has to do without beside what it is meant to show, completing "it"; empty: nothing.
    """

    name: str
    title: str
    measured: Measured
    handicap: str = ""
