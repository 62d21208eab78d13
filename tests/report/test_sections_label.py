"""What a report says of labels."""

from dataclasses import replace

import numpy as np
import pytest
from sklearn.metrics import average_precision_score, precision_recall_fscore_support

from seqloom.report import LabelOutcome, label_sections
from seqloom.sequence import LabelPrediction

RNG = np.random.default_rng(0)
TRUTH = (RNG.random((40, 3)) < (0.3, 0.5, 0.7)).astype(float)
STATED = np.clip(0.5 * TRUTH + 0.6 * RNG.random((40, 3)), 0, 1)


@pytest.fixture
def outcome():
    """Forty sequences with three labels, cut at thresholds of their own."""
    thresholds = np.array([0.5, 0.4, 0.6])
    keys = np.array([f"s{row}" for row in range(40)])
    prediction = LabelPrediction(thresholds <= STATED, STATED, ("a", "b", "c"), thresholds, keys)
    return LabelOutcome(prediction, TRUTH, lambda _: np.zeros((4, 2)), ("x", "y"))


def part(outcome, title):
    """The section of that title."""
    return next(section for section in label_sections(outcome) if section.title == title)


def named(table):
    """The rows of a table by the names of its columns."""
    names = [column.name for column in table.columns]
    return [dict(zip(names, row, strict=True)) for row in table.rows]


def test_labels_are_shown_from_all_sides(outcome):
    """The labels, their probabilities and the mistakes have a section each."""
    assert [section.title for section in label_sections(outcome)] == ["Labels", "Probabilities", "Mistakes"]


def test_metrics_of_each_label_are_those_of_scikit_learn(outcome):
    """Precision, recall, F1 and area agree with the library; the threshold stands beside them."""
    precision, recall, f1, count = precision_recall_fscore_support(TRUTH, outcome.prediction.chosen)
    rows = named(part(outcome, "Labels").tables[0])
    for k, row in enumerate(rows):
        assert [row["precision"], row["recall"], row["F1"]] == pytest.approx([precision[k], recall[k], f1[k]])
        assert row["PR AUC"] == pytest.approx(average_precision_score(TRUTH[:, k], STATED[:, k]))
        assert (row["sequences"], row["threshold"]) == (count[k], outcome.prediction.thresholds[k])
        assert row["given"] == row["sequences"] - row["missed"] + row["too much"]


def test_labels_that_come_together_are_counted_by_what_was_found_of_them(outcome):
    """The four counts of a pair sum to the sequences that have both."""
    rows = named(part(outcome, "Labels").tables[1])
    assert {row["labels"] for row in rows} == {"a and b", "a and c", "b and c"}
    for row in rows:
        found = [row[name] for name in ("both found", "only the first", "only the second", "neither")]
        assert sum(found) == row["sequences"]
    most = next(row for row in rows if row["labels"] == "b and c")
    both = (TRUTH[:, 1] == 1) & (TRUTH[:, 2] == 1)
    assert most["both found"] == (outcome.prediction.chosen[both, 1] & outcome.prediction.chosen[both, 2]).sum()


def test_mistakes_name_what_was_missed_and_what_was_too_much(outcome):
    """Texts stand beside them, where sequences are texts."""
    row = named(part(replace(outcome, text=lambda row: f"text {row}"), "Mistakes").tables[0])[0]
    place = int(row["sequence"][1:])
    assert row["text"] == f"text {place}"
    missed, extra = row["missed"] or "", row["too much"] or ""
    assert len((missed + extra).replace(", ", "")) == (outcome.missed | outcome.extra)[place].sum()


def test_without_mistakes_the_section_says_so(outcome):
    """There is nothing to list or to draw."""
    right = replace(outcome, truth=outcome.prediction.chosen.astype(float))
    section = part(right, "Mistakes")
    assert (section.text, section.tables) == (("All 40 sequences were given their true labels.",), ())


def test_without_known_labels_there_is_one_sentence(outcome):
    """Nothing can be measured."""
    (section,) = label_sections(replace(outcome, truth=np.full((40, 3), np.nan)))
    assert section.text == ("No sequence of this part has a known label.",)
