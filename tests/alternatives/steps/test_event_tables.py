import numpy as np
import pytest

from seqloom.alternatives.steps.event_tables import EventTables, decoded, event_statistics, past_codes
from seqloom.prepare import Examples, next_row
from seqloom.sequence import EventShape

SHAPE = EventShape(types=3, gap=True, numbers=("x",), categories=("team",), labels=(2,))


def rows(types, **columns):
    """Events of these types; what is not given is known to be 0."""
    zero = np.zeros(len(types))
    parts = [types, columns.get("zero", zero), columns.get("logs", zero), columns.get("x", zero), zero]
    return np.stack(parts, axis=1).astype(np.float32)


@pytest.fixture
def make_events(make_sequences):
    """Maker of sequences of events, each [n, C], every row asked but the last."""

    def make(*sequences):
        history = np.concatenate(sequences)
        offsets = np.concatenate([[0], np.cumsum([len(each) for each in sequences])])
        numbers = [np.zeros((len(each), 1)) for each in sequences]
        made = make_sequences(*numbers, targets=next_row(history, offsets), history=history, event=SHAPE)
        return Examples(made.prepared, np.arange(len(sequences)), offsets[:-1], offsets[1:] - 1)

    return make


def after(tables, make_events, *types):
    """The distributions after events of these types."""
    examples = make_events(rows([*types, 0]))
    return decoded(tables.predict(examples), SHAPE)


def test_means_follow_the_type_before(make_events):
    """After an event of type 0 comes 1, after 1 comes 0, but for the one imagined event."""
    tables = EventTables.fit(make_events(rows([0, 1] * 50 + [0])), SHAPE, 1)
    found = after(tables, make_events, 1)["probabilities"][0]
    overall = (np.array([50, 50, 0]) + 1 / 3) / 101  # with one imagined event of any type
    assert found == pytest.approx((np.array([50, 0, 0]) + overall) / 51)


def test_two_events_tell_what_one_does_not(make_events):
    """In 0 0 1 0 0 1 the second 0 is followed by 1, the first by 0."""
    training = make_events(rows([0, 0, 1] * 40))
    first, second = (EventTables.fit(training, SHAPE, order) for order in (1, 2))
    assert abs(after(first, make_events, 1, 0)["probabilities"][0, 0] - 0.5) < 0.05
    assert after(second, make_events, 1, 0)["probabilities"][0, 0] > 0.95


def test_a_past_that_never_occurred_falls_back_on_a_shorter_one(make_events):
    """The answer is that of the chain of lower order."""
    training = make_events(rows([0, 1, 2] * 20))
    first, second = (EventTables.fit(training, SHAPE, order) for order in (1, 2))
    never = [after(tables, make_events, 1, 1)["probabilities"][0] for tables in (first, second)]
    np.testing.assert_allclose(*never)


def test_gaps_and_numbers_are_means_and_deviations_by_type(make_events):
    """After a 0 come longer gaps and larger numbers than after a 1."""
    random = np.random.default_rng(0)
    types = np.tile([0, 1], 400)
    logs = random.normal(np.where(types == 1, 2.0, -1.0), 0.5)  # the gap before an event of type 1 follows a 0
    tables = EventTables.fit(make_events(rows(types, logs=logs, x=3 * logs)), SHAPE, 1)
    found = after(tables, make_events, 0)
    assert found["centers"][0, 0] == pytest.approx(2.0, abs=0.1)  # four standard errors of 400 draws
    assert found["spreads"][0, 0] == pytest.approx(0.5, abs=0.15)
    assert found["numbers"][0, 0] == pytest.approx(6.0, abs=0.3)


def test_a_zero_gap_counts_as_such_alone():
    """It has no logarithm to be averaged."""
    statistics = event_statistics(rows([0, 1], zero=np.array([1, 0]), logs=np.array([np.nan, 2.0])), SHAPE)
    np.testing.assert_array_equal(statistics[:, 3:6], [[1, np.nan, np.nan], [0, 2, 4]])


def test_a_past_ends_where_the_sequence_begins(make_events):
    """Events of the sequence before it do not count."""
    examples = make_events(rows([0, 1]), rows([2, 0]))
    codes = past_codes(examples, np.arange(4), np.array([0, 0, 1, 1]), 2, 3)
    assert codes.tolist() == [-1, 1 * 3 + 0, -1, 0 * 3 + 2]
