"""What a report says about events."""

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import precision_recall_fscore_support

from seqloom.evaluate.curves import confusion
from seqloom.report.contents import Section
from seqloom.report.event_outcome import EventOutcome
from seqloom.report.figures_classify import calibration, confusion_figure
from seqloom.report.figures_events import gap_figure, transition_figure
from seqloom.report.sections import records_table
from seqloom.report.table import Cell, Table
from seqloom.sequence import Category, moment

Floats = NDArray[np.float64]

FREQUENT = 12
"""Types that are shown one by one; all others are put together."""
OTHERS = "others"
LISTED = 12
"""Transitions and surprises that are listed."""
ARROW = " → "


def event_sections(outcome: EventOutcome) -> tuple[Section, ...]:
    """Confusion of the frequent types, transitions, calibration of types and gaps, the worst surprises."""
    if not len(outcome.known):
        return (Section(title="Next event", text=("No event of this part has a known type.",)),)
    sections = [_types(outcome), _transitions(outcome)]
    if outcome.prediction.gaps is not None:
        sections.append(_gaps(outcome))
    if outcome.prediction.attributes:
        sections.append(_attributes(outcome))
    return (*sections, _surprises(outcome))


def _types(outcome: EventOutcome) -> Section:
    names, truth, labels = _grouped(outcome)
    known = outcome.known
    probabilities = outcome.prediction.probabilities[known]
    hit = probabilities.argmax(axis=1) == outcome.truth.types[known]
    figure = confusion_figure(confusion(labels, truth, len(names)), names)
    caption = figure.caption.replace("counts sequences", "counts events")
    sure = f"On average it was given a probability of {100 * probabilities.max(axis=1).mean():.1f} %."
    return Section(
        title="Next event",
        text=(f"{int(hit.sum()):,} of {len(known):,} events were of the type expected most. {sure}",),
        tables=(_per_type(outcome),),
        figures=(
            figure.model_copy(update={"caption": caption}),
            calibration(probabilities.max(axis=1), hit, "the most probable type"),
        ),
    )


def _grouped(outcome: EventOutcome) -> tuple[tuple[str, ...], NDArray[np.int64], NDArray[np.int64]]:
    """Names of the frequent types, and truth and expectation by their numbers, all others under one."""
    types, known = outcome.prediction.types, outcome.known
    shown = outcome.frequent(FREQUENT)
    places = np.full(len(types), len(shown))
    places[shown] = np.arange(len(shown))
    names = tuple(types[number] for number in shown)
    names = names if len(shown) == len(types) else (*names, OTHERS)
    return names, places[outcome.truth.types[known]], places[outcome.labels[known]]


def _per_type(outcome: EventOutcome) -> Table:
    types, known = outcome.prediction.types, outcome.known
    truth = outcome.truth.types[known]
    scores = precision_recall_fscore_support(
        truth, outcome.labels[known], labels=np.arange(len(types)), zero_division=0
    )
    records: list[dict[str, Cell]] = []
    for number in outcome.frequent(len(types)):
        precision, recall, f1, count = (float(score[number]) for score in scores)
        given = outcome.prediction.probabilities[known, number]
        expected = float(given[truth == number].mean()) if count else None
        record: dict[str, Cell] = {"type": types[number], "events": int(count)}
        record |= {"precision": precision, "recall": recall, "F1": f1, "probability when it came": expected}
        records.append(record)
    note = "Precision: the share of what was expected as this type that was of it. Recall: the share of it expected."
    return records_table("Metrics of each type", records, note)


def _transitions(outcome: EventOutcome) -> Section:
    types, known = outcome.prediction.types, outcome.known
    last = outcome.before[known, -1]
    usable = known[last >= 0]
    last, truth = last[last >= 0], outcome.truth.types[usable]
    counts = np.zeros((len(types), len(types)))
    np.add.at(counts, (last, truth), 1.0)
    given = np.zeros_like(counts)
    np.add.at(given, last, outcome.prediction.probabilities[usable])
    totals = counts.sum(axis=1, keepdims=True)
    came, expected = (np.where(totals > 0, each / np.maximum(totals, 1), np.nan) for each in (counts, given))
    shown = outcome.frequent(FREQUENT)
    names = [types[number] for number in shown]
    square = np.ix_(shown, shown)
    records: list[dict[str, Cell]] = []
    for place in np.argsort(-counts, axis=None, kind="stable")[:LISTED].tolist():
        first, second = divmod(place, len(types))
        if counts[first, second]:
            record: dict[str, Cell] = {"transition": f"{types[first]}{ARROW}{types[second]}"}
            record |= {"times": int(counts[first, second]), "share that came": float(came[first, second])}
            records.append(record | {"mean probability": float(expected[first, second])})
    return Section(
        title="Transitions",
        tables=(records_table("The most frequent transitions", records),),
        figures=(transition_figure(came[square], expected[square], names),),
    )


def _gaps(outcome: EventOutcome) -> Section:
    gaps, came = outcome.prediction.gaps, outcome.truth.gaps
    if gaps is None or came is None or np.isnan(came).all():
        return Section(title="Gaps", text=("No event of this part has a known gap.",))
    known = ~np.isnan(came)
    places = gaps.cumulative(came)
    chance = np.random.default_rng(0).random(len(came))  # as randomised places need; the same in every report
    places = np.where(came == 0, chance * gaps.zero, places)[known]
    low, high = (gaps.quantile(level)[known] for level in outcome.prediction.levels)
    inside = float(((low <= came[known]) & (came[known] <= high)).mean())
    zero, stated = 100 * float((came[known] == 0).mean()), 100 * float(gaps.zero[known].mean())
    medians = np.median(came[known]), np.median(gaps.quantile(0.5)[known])
    share = f"{100 * outcome.prediction.interval:.0f} %"
    text = (
        f"Half of the gaps were longer than {medians[0]:.4g}, half of the stated medians longer than {medians[1]:.4g}.",
        f"{zero:.1f} % of the gaps were zero, expected with a probability of {stated:.1f} % on average.",
        f"{100 * inside:.1f} % of the gaps lay within the interval stated for {share}.",
    )
    return Section(title="Gaps", text=text, figures=(gap_figure(places),))


def _attributes(outcome: EventOutcome) -> Section:
    records: list[dict[str, Cell]] = []
    for name, attribute in outcome.prediction.attributes.items():
        record: dict[str, Cell] = {"attribute": name}
        if isinstance(attribute, Category):
            labels = outcome.truth.categories[name]
            known = labels >= 0
            right = (attribute.probabilities.argmax(axis=1) == labels)[known]
            record |= {"known": int(known.sum()), "accuracy": float(right.mean()) if len(right) else None}
        else:
            values = outcome.truth.numbers[name]
            known = ~np.isnan(values)
            low, high = (attribute.quantile(level)[known] for level in outcome.prediction.levels)
            inside = (low <= values[known]) & (values[known] <= high)
            error = np.abs(attribute.mean - values)[known]
            record |= {"known": int(known.sum()), "MAE": float(error.mean()) if len(error) else None}
            record |= {"within the interval": float(inside.mean()) if len(inside) else None}
        records.append(record)
    return Section(title="Attributes", tables=(records_table("Attributes of the next event", records),))


def _surprises(outcome: EventOutcome) -> Section:
    rows = outcome.surprises(LISTED)
    worst = float(outcome.losses[outcome.known].mean())
    return Section(
        title="Surprises",
        text=(f"What came was given a probability of {np.exp(-worst):.3f} in the geometric mean.",),
        tables=(
            records_table(
                "The least expected events",
                [_record(outcome, row) for row in rows],
                "Before it: the last events, the latest last. Nothing announced these, or the log is mistaken.",
            ),
        ),
    )


def _record(outcome: EventOutcome, row: int) -> dict[str, Cell]:
    prediction, types = outcome.prediction, outcome.prediction.types
    before = [types[number] for number in outcome.before[row].tolist() if number >= 0]
    truth, label = int(outcome.truth.types[row]), int(outcome.labels[row])
    record: dict[str, Cell] = {"sequence": str(prediction.keys[row]), "event": str(int(prediction.steps[row]))}
    if prediction.times is not None:
        record["after"] = moment(prediction.times[row])
    record |= {"before it": ARROW.join(before), "came": types[truth]}
    record |= {"its probability": float(prediction.probabilities[row, truth]), "expected": types[label]}
    return record | {"probability of that": float(prediction.probabilities[row, label])}
