"""How often each class is right."""

import numpy as np
import pytest
from sklearn.metrics import precision_recall_fscore_support

from seqloom.monitor.confusion import MOST, Confusion


def test_precision_and_recall_are_those_of_scikit_learn():
    """Of every class, with those that were never answered."""
    rng = np.random.default_rng(0)
    true, said = rng.choice(["a", "b", "c"], 500), rng.choice(["a", "b"], 500)
    confusion = Confusion()
    for one, other in zip(said.tolist(), true.tolist(), strict=True):
        confusion.add(one, other)
    found = confusion.to_json()
    labels = [one["label"] for one in found]
    precision, recall, _, support = precision_recall_fscore_support(true, said, labels=labels, zero_division=0.0)
    assert labels == ["a", "b", "c"]
    assert [one["precision"] or 0.0 for one in found] == pytest.approx(list(precision))
    assert [one["recall"] for one in found] == pytest.approx(list(recall))
    assert [one["true"] for one in found] == list(support)
    assert found[2] == {"label": "c", "true": support[2], "answered": 0, "right": 0, "precision": None, "recall": 0.0}


def test_the_latest_truths_count():
    """What is older than they is forgotten, with the classes that nobody has had since."""
    confusion = Confusion(latest=4)
    for said, true in [("old", "old"), ("a", "b"), ("b", "b"), ("b", "a"), ("a", "a")]:
        confusion.add(said, true)
    a, b = (one for one in confusion.to_json() if one["true"] or one["answered"])
    assert (a["precision"], a["recall"], b["precision"], b["recall"]) == (0.5, 0.5, 0.5, 0.5)
    assert {one["label"] for one in confusion.to_json()} == {"a", "b"}


def test_of_very_many_classes_the_most_frequent_are_told():
    """Nobody reads more, and each is a label of a metric."""
    confusion = Confusion()
    for place in range(200):
        confusion.add("often", f"class {place}")
    found = confusion.to_json()
    assert len(found) == MOST
    assert "often" in {one["label"] for one in found}
