from dataclasses import replace

import numpy as np
from sklearn.metrics import precision_recall_fscore_support

from seqloom.report.sections_classify import class_sections


def part(outcome, title):
    return next((section for section in class_sections(outcome) if section.title == title), None)


def test_a_classifier_is_shown_from_all_sides(make_classes):
    """Confusion, thresholds, probabilities and mistakes have a section each."""
    titles = [section.title for section in class_sections(make_classes())]
    assert titles == ["Classes", "Thresholds", "Probabilities", "Mistakes"]


def test_metrics_of_each_class_are_those_of_scikit_learn(make_classes):
    """Precision, recall and F1 agree with the library."""
    outcome = make_classes(mistakes=4)
    expected = np.column_stack(precision_recall_fscore_support(outcome.truth, outcome.labels)[:3])
    found = [row[2:5] for row in part(outcome, "Classes").tables[0].rows]
    np.testing.assert_allclose(found, expected, rtol=1e-12)


def test_two_classes_are_judged_by_the_second(make_classes):
    """One curve and no areas per class: both classes have the same."""
    outcome = make_classes(classes=("no", "yes"))
    (roc, _) = part(outcome, "Thresholds").figures
    assert roc.legend()[-1].name.startswith("yes (area")
    assert [column.name for column in part(outcome, "Classes").tables[0].columns][-1] == "F1"


def test_mistakes_are_listed_with_their_probability(make_classes):
    """The table names sequence, true and predicted class."""
    table = part(make_classes(mistakes=2), "Mistakes").tables[0]
    assert {row[0] for row in table.rows} == {"s0", "s1"}
    assert all(row[1] != row[2] for row in table.rows)


def test_the_number_of_mistakes_is_told(make_classes):
    """The text counts them."""
    assert part(make_classes(mistakes=2), "Mistakes").text == ("2 of 24 sequences were given a wrong class.",)


def test_without_mistakes_the_section_says_so(make_classes):
    """There is nothing to list or to draw."""
    section = part(make_classes(mistakes=0), "Mistakes")
    assert section.text == ("All 24 sequences were given their true class.",)
    assert section.figures == ()


def test_calibration_is_told_in_words(make_classes):
    """Stated and observed shares stand in one sentence."""
    text = part(make_classes(mistakes=6), "Probabilities").text[0]
    assert text.endswith("it came true in 75.0 % of 24 cases.")


def test_a_part_with_one_class_has_no_curves(make_classes):
    """A threshold needs something on both sides."""
    outcome = make_classes(classes=("no", "yes"))
    assert part(replace(outcome, truth=np.ones_like(outcome.truth)), "Thresholds") is None


def test_without_labels_there_is_nothing_to_show(make_classes):
    """A part without any true class is reported in one sentence."""
    outcome = make_classes()
    (section,) = class_sections(replace(outcome, truth=np.full_like(outcome.truth, -1)))
    assert section.text == ("No sequence of this part has a known class.",)


def test_a_single_label_is_enough_for_a_report(make_classes):
    """What can be told from one sequence is told."""
    outcome = make_classes(mistakes=0)
    truth = np.full_like(outcome.truth, -1)
    truth[0] = outcome.truth[0]
    sections = class_sections(replace(outcome, truth=truth))
    assert sections[-1].text == ("All 1 sequences were given their true class.",)


def test_mistakes_in_texts_are_shown_as_text(make_classes):
    """Shortened where they are long; there is nothing to draw."""
    outcome = replace(make_classes(mistakes=2), features=(), text=lambda row: f"text {row} " + "so " * 200)
    section = part(outcome, "Mistakes")
    assert section.figures == ()
    shown = [row[-1] for row in section.tables[0].rows]
    assert all(text.startswith("text ") and len(text) == 280 for text in shown)
