"""Frequencies of tokens."""

import numpy as np
import pytest

from seqloom.alternatives import Hints
from seqloom.alternatives.texts.frequencies import Frequencies
from seqloom.prepare import Pipeline, PrepareSettings, running_text, whole
from seqloom.read import from_texts


def test_every_token_has_its_share_whatever_stands_before():
    """Of a, b and the unknown token, each counted once more, a has three quarters of what follows."""
    dataset = from_texts(["aaabaaaa"])
    prepared = Pipeline.fit(dataset, whole(dataset, "train"), PrepareSettings(), task="next").transform(dataset)
    examples = running_text(prepared, np.array([[0, 8]]), "train")
    found = np.exp(Frequencies.fit(examples, Hints()).predict(examples))
    assert found == pytest.approx([0.7, 0.7, 0.2, 0.7, 0.7, 0.7, 0.7])
