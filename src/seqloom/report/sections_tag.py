"""What a report says about tags."""

import numpy as np
from sklearn.metrics import precision_recall_fscore_support

from seqloom.evaluate.curves import confusion
from seqloom.report.contents import Section
from seqloom.report.figures_classify import calibration, confusion_figure
from seqloom.report.sections import records_table
from seqloom.report.shortened import shortened
from seqloom.report.table import Cell, Table
from seqloom.report.tag_outcome import TagOutcome

CONFUSIONS = 12
"""Pairs of classes that are listed."""
WORST = 8
"""Sequences with the most mistakes that are shown."""
KEY = 24
"""Characters of a sequence's name that are shown; names of sentences may be long."""
LONGEST = 60
"""Steps of such a sequence that are written out, at most, around its first mistake."""


def tag_sections(outcome: TagOutcome) -> tuple[Section, ...]:
    """Each tag's precision and recall, the confusion, the calibration, and the sequences with the most mistakes."""
    prediction, known = outcome.prediction, outcome.known
    if not len(known):
        return (Section(title="Tags", text=("No step of this part has a known class.",)),)
    probabilities, truth = prediction.probabilities[known], outcome.truth[known]
    counts = confusion(outcome.labels[known], truth, len(prediction.classes))
    stated, right = probabilities.max(axis=1), probabilities.argmax(axis=1) == truth
    sentence = f"On average the model gave its tag a probability of {100 * stated.mean():.1f} %."
    return (
        Section(
            title="Tags",
            text=_facts(outcome),
            tables=(_per_tag(outcome),),
            figures=(confusion_figure(counts, prediction.classes, of="steps"),),
        ),
        Section(
            title="Probabilities",
            text=(sentence,),
            figures=(calibration(stated, right, "the most probable tag", of="steps"),),
        ),
        _mistakes(outcome),
    )


def _facts(outcome: TagOutcome) -> tuple[str, ...]:
    """How well words the vocabulary lacks do, and what nobody could know."""
    facts = []
    labelled = outcome.truth != -1
    if outcome.new is not None and (labelled & outcome.new).any() and (labelled & ~outcome.new).any():
        new, old = (~outcome.wrong[labelled & which] for which in (outcome.new, ~outcome.new))
        facts.append(
            f"{100 * old.mean():.2f} % of {len(old):,} words the vocabulary has were tagged right,"
            f" and {100 * new.mean():.2f} % of {len(new):,} it does not have."
        )
    unlearned = int((outcome.truth < -1).sum())
    if unlearned:
        facts.append(f"{unlearned:,} steps have a tag that the training part does not have: they count as mistakes.")
    return tuple(facts)


def _per_tag(outcome: TagOutcome) -> Table:
    classes, known = outcome.prediction.classes, outcome.known
    scores = precision_recall_fscore_support(
        outcome.truth[known], outcome.labels[known], labels=np.arange(len(classes)), zero_division=0
    )
    records: list[dict[str, Cell]] = [
        {"tag": name, "steps": int(count)} | ({"precision": precision, "recall": recall, "F1": f1} if count else {})
        for name, precision, recall, f1, count in zip(classes, *(score.tolist() for score in scores), strict=True)
    ]
    note = (
        "Precision: the share of what was called this tag that is of it. Recall: the share of this tag that was found."
    )
    return records_table("Metrics of each tag", records, note)


def _mistakes(outcome: TagOutcome) -> Section:
    wrong, labelled = int(outcome.wrong.sum()), int((outcome.truth != -1).sum())
    if not wrong:
        return Section(title="Mistakes", text=(f"All {labelled:,} steps were given their true tag.",))
    classes = outcome.prediction.classes
    confused: list[dict[str, Cell]] = [
        {"true": classes[true], "predicted": classes[taken], "steps": count}
        for true, taken, count in outcome.confusions(CONFUSIONS)
    ]
    worst = [_record(outcome, number) for number in outcome.worst_sequences(WORST)]
    note = "Each mistake stands in brackets: what was said, and after it what is true."
    return Section(
        title="Mistakes",
        text=(f"{wrong:,} of {labelled:,} steps were given a wrong tag.",),
        tables=(
            records_table("The most frequent mistakes", confused),
            records_table("The sequences with the most mistakes", worst, note),
        ),
    )


def _record(outcome: TagOutcome, number: int) -> dict[str, Cell]:
    rows = np.flatnonzero(outcome.sequence == number)
    wrong = int(outcome.wrong[rows].sum())
    first = int(np.argmax(outcome.wrong[rows]))
    start = max(0, min(first - LONGEST // 4, len(rows) - LONGEST))
    shown = rows[start : start + LONGEST]
    text = " ".join(_written(outcome, row) for row in shown.tolist())
    before, after = "… " if start else "", " …" if start + LONGEST < len(rows) else ""
    return {
        "sequence": shortened(str(outcome.prediction.keys[rows[0]]), KEY),
        "mistakes": f"{wrong} of {len(rows)}",
        "steps": f"{before}{text}{after}",
    }


def _written(outcome: TagOutcome, row: int) -> str:
    """A step: its word or number, and its tag; in brackets, with the true one, where that is another."""
    prediction = outcome.prediction
    name = str(prediction.steps[row]) if prediction.words is None else str(prediction.words[row])
    said = f"{name}/{prediction.labels[row]}"
    if not outcome.wrong[row]:
        return said
    number = int(outcome.truth[row])
    return f"[{said} → {prediction.classes[number] if number >= 0 else 'another'}]"
