import numpy as np
import pytest

from seqloom.report import EventOutcome, event_sections
from seqloom.sequence import Category, EventPrediction, EventTruth, Gaps, Number


def outcome(types=3, count=60, **choices):
    """Events that come round, each expected with 0.8, but for the first, which is of another type."""
    names = tuple(f"k{number:02d}" for number in range(types))
    truth = np.arange(count) % types
    shares = np.full((count, types), 0.2 / (types - 1))
    shares[np.arange(count), truth] = 0.8
    came = truth.copy()
    came[0] = 1
    ones = np.ones((count, 1))
    prediction = EventPrediction(
        "kind",
        shares,
        names,
        np.array(["match"] * count),
        np.arange(count) + 2,
        times=np.arange(count) * 1.0,
        gaps=Gaps(np.full(count, 0.5), ones, 0 * ones, ones),
        attributes={
            "x": Number(np.zeros(count), np.ones(count)),
            "team": Category(np.tile([0.9, 0.1], (count, 1)), ("home", "away")),
        },
    )
    truth = EventTruth(
        choices.get("came", came),
        choices.get("gaps", np.tile([0.0, 1.0], count // 2)),
        {"x": np.zeros(count)},
        {"team": np.zeros(count, np.int64)},
    )
    return EventOutcome(prediction, truth, ((np.arange(count)[:, None] - [2, 1]) % types).astype(np.int64))


def section(sections, title):
    """The section of a title."""
    return next(each for each in sections if each.title == title)


def cell(table, row, name):
    """A cell by the name of its column."""
    return table.rows[row][[column.name for column in table.columns].index(name)]


def test_a_report_on_events_has_a_section_for_each_question():
    """Which, after what, when, with which attributes, and what nobody expected."""
    titles = [each.title for each in event_sections(outcome())]
    assert titles == ["Next event", "Transitions", "Gaps", "Attributes", "Surprises"]


def test_the_share_of_expected_types_is_said():
    """Fifty-nine of sixty were expected."""
    text = section(event_sections(outcome()), "Next event").text[0]
    assert text.startswith("59 of 60 events were of the type expected most.")
    assert "80.0 %" in text


def test_rare_types_are_put_together():
    """Twelve types are shown, the others under one name."""
    figure = section(event_sections(outcome(types=15)), "Next event").figures[0]
    assert len(figure.panels[0].x.labels) == 13
    assert figure.panels[0].x.labels[-1] == "others"
    assert "counts events" in figure.caption


def test_transitions_compare_what_came_with_what_was_expected():
    """The most frequent one came nearly always and was expected with 0.8."""
    table = section(event_sections(outcome()), "Transitions").tables[0]
    assert cell(table, 0, "times") == 20
    assert cell(table, 0, "mean probability") == pytest.approx(0.8)


def test_the_worst_surprise_is_listed_with_what_came_before_it():
    """The first event was expected to be of another type."""
    table = section(event_sections(outcome()), "Surprises").tables[0]
    assert cell(table, 0, "event") == "2"
    assert cell(table, 0, "before it") == "k01 → k02"
    assert (cell(table, 0, "came"), cell(table, 0, "expected")) == ("k01", "k00")
    assert cell(table, 0, "its probability") == pytest.approx(0.1)


def test_gaps_of_zero_are_compared_with_their_probability():
    """Half of them were, as was said."""
    text = section(event_sections(outcome()), "Gaps").text
    assert text[1] == "50.0 % of the gaps were zero, expected with a probability of 50.0 % on average."


def test_unknown_gaps_are_said_to_be():
    """There is nothing to draw."""
    found = section(event_sections(outcome(gaps=np.full(60, np.nan))), "Gaps")
    assert found.text == ("No event of this part has a known gap.",)
    assert not found.figures


def test_without_known_types_there_is_one_sentence():
    """Nothing can be compared."""
    (only,) = event_sections(outcome(came=np.full(60, -1)))
    assert only.text == ("No event of this part has a known type.",)
