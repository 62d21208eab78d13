"""What is told of texts: how long they are, and how much of them is known."""

import numpy as np

from seqloom.estimators.known_words import coverage
from seqloom.estimators.plan import Plan
from seqloom.prepare import Examples, covered_rows


def text_facts(planned: Plan) -> dict[str, str]:
    """Length and vocabulary of texts, in words, by what they are about; nothing where there are no texts.

    Args:
        planned: the training.
    """
    training, test = planned.examples["train"], planned.examples["test"]
    if training.prepared.text is None:
        return {}
    lengths = training.lengths
    several = f"{lengths.min():,} to {lengths.max():,}, median {int(np.median(lengths)):,}"
    vectors = {} if planned.vectors is None else {"vectors": coverage(planned.vectors, training)}
    return {
        "tokens of a text": several if lengths.min() < lengths.max() else f"{lengths.min():,}",
        "vocabulary": f"{training.prepared.code_sizes[training.prepared.text] - 1:,} tokens",
        "unknown tokens": f"{_unknown(training):.1%} of the training part, {_unknown(test):.1%} of the test part",
        **vectors,
    }


def _unknown(examples: Examples) -> float:
    """The share of tokens that the vocabulary does not have."""
    rows = covered_rows(examples)
    return float((examples.prepared.codes[rows, examples.prepared.text] == 0).mean()) if len(rows) else 0.0
