"""A shadow run on recorded readings."""

import pytest

from seqloom.artifact import load
from seqloom.retrain import shadowed
from seqloom.retrain.shadowed import SETTLED


def every(_):
    """Nothing was learned from."""
    return True


@pytest.fixture
def bundle(first):
    """The first model."""
    return load(first)


def test_a_model_in_its_own_shadow_is_undecided(bundle, store):
    """Its answers are the recorded ones."""
    found = shadowed(bundle, bundle, store.records(), every)
    assert (found.result, found.examples, found.window) == ("undecided", 1800, "live streams")
    assert found.comparisons[0].relative == pytest.approx(0, abs=1e-5)


def test_only_what_was_not_learned_from_counts(bundle, store):
    """All is read, for the memory of the streams."""
    found = shadowed(bundle, bundle, store.records(), lambda record: record.seq >= 20)
    assert found.examples == 600
    assert found.comparisons[0].relative == pytest.approx(0, abs=1e-5)


def test_answers_of_earlier_champions_do_not_count(bundle, store):
    """They are read, too."""
    records = [one._replace(digest="e" * 64) if one.seq < 25 else one for one in store.records()]
    assert shadowed(bundle, bundle, records, every).examples == 300


def test_a_stream_met_on_its_way_counts_when_the_shadow_knows_it(bundle, store):
    """From its fiftieth reading on; one that was met at its beginning at once."""
    records = [one for one in store.records() if one.stream in ("d100", "d101", "d102", "d103")]
    joined = [one._replace(stream="on", seq=place) for place, one in enumerate(records)]
    assert shadowed(bundle, bundle, joined, every).examples == 120
    assert shadowed(bundle, bundle, joined[10:], every).examples == 110 - SETTLED
    gap = [*joined[:20], *joined[30:]]
    assert shadowed(bundle, bundle, gap, every).examples == 20 + 90 - SETTLED


def test_nothing_to_compare_is_too_few(bundle):
    """No records."""
    assert shadowed(bundle, bundle, [], every).result == "too few"
