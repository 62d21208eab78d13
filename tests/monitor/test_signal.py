"""One signal of live streams."""

import numpy as np
import pytest

from seqloom.monitor import Hits, Labels, Numbers
from seqloom.monitor.signal import GATHERED, Signal
from seqloom.monitor.usual import Usual

REFERENCE = Numbers.of([np.random.default_rng(0).normal(size=4000)])


def fed(signal, values, streams=lambda _: 0):
    """The places at which something began or ended."""
    return [place for place, value in enumerate(values) if signal.see([value], [streams(place)], place)]


def test_a_signal_says_nothing_before_it_has_seen_enough():
    """Eight rows are no window."""
    signal = Signal("load", "input", REFERENCE, signals=1)
    assert fed(signal, [9.0] * 8) == []
    assert (signal.state, signal.reason) == ("insufficient", "too few independent values yet")


def test_the_same_drift_alarms_once_and_is_over_once():
    """However long it stands."""
    rng = np.random.default_rng(1)
    signal = Signal("load", "input", REFERENCE, signals=1)
    values = np.concatenate([rng.normal(size=600), rng.normal(2, 1, 3000), rng.normal(size=3000)])
    places = fed(signal, values.tolist())
    assert len(places) == 2
    assert 600 < places[0] < 680
    assert 3600 < places[1] < 4400
    assert (signal.state, signal.label) == ("ok", "input: load")


def test_a_drift_says_what_and_since_when():
    """In units of what is compared, with the means themselves beside."""
    signal = Signal("load", "input", REFERENCE, signals=1)
    fed(signal, np.random.default_rng(1).normal(0, 4, 600).tolist())
    plain = signal.to_json()
    assert (plain["state"], plain["drift"]["what"], plain["drift"]["by"]) == ("drift", "spread", "window")
    assert plain["drift"]["since"] < 150
    assert plain["usual"]["deviation"] == pytest.approx(1, abs=0.05)
    assert plain["excess"] > 1


def test_a_slow_change_is_found_against_its_own_past():
    """ADWIN sees what is too small for windows of the reference."""
    rng = np.random.default_rng(2)
    wide = Numbers.of([np.repeat(rng.normal(0, 3, 40), 100) + rng.normal(size=4000)], side=1)  # wanders in training
    signal = Signal("load", "state", wide, signals=1)
    values = np.concatenate([rng.normal(0, 0.3, 20_000), rng.normal(2.5, 0.3, 20_000)])
    places = fed(signal, values.tolist())
    assert len(places) == 1
    assert places[0] > 20_000
    assert signal.drift.by == "change"


@pytest.mark.parametrize("live", [[None] * 500, [5.0] * 500])
@pytest.mark.parametrize("training", [np.full(500, np.nan), np.ones(500), np.arange(8.0), np.empty(0)])
def test_without_anything_to_compare_with_nothing_is_claimed(training, live):
    """A level that has no deviation drifts nowhere."""
    signal = Signal("load", "input", Numbers.of([training], gaps=False), signals=1)
    assert fed(signal, live) == []
    assert signal.state == "insufficient"
    assert "nothing to compare with" in signal.reason


def test_missing_values_that_training_did_not_have_are_a_drift():
    """And no exception."""
    signal = Signal("load", "input", REFERENCE, signals=1)
    assert fed(signal, [None] * 200) != []
    assert signal.drift.what == "missing"


def test_labels_drift_by_their_shares():
    """A label that training did not have, for example."""
    rng = np.random.default_rng(0)
    signal = Signal("mode", "input", Labels.of([rng.choice(["on", "off"], 4000).tolist()]), signals=1)
    assert fed(signal, rng.choice(["on", "off"], 3000).tolist()) == []
    assert fed(signal, rng.choice(["on", "off", "broken"], 400).tolist()) != []
    assert signal.drift.what == "other labels"


def test_only_fewer_hits_are_a_drift():
    """A model that became better needs no alarm."""
    rng = np.random.default_rng(0)
    usual = Hits.of([(rng.random(4000) < 0.7).astype(float)])
    better, worse = (Signal("right answers", "quality", usual, signals=1) for _ in range(2))
    assert fed(better, (rng.random(3000) < 0.95).astype(float).tolist()) == []
    assert fed(worse, (rng.random(600) < 0.4).astype(float).tolist()) != []


def test_a_signal_without_a_profile_is_compared_with_its_first_values():
    """Until these are gathered it says so."""
    rng = np.random.default_rng(0)
    signal = Signal("size", "state", None, signals=1)
    assert fed(signal, rng.normal(size=GATHERED - 1).tolist()) == []
    assert signal.reason.startswith("gathering")
    assert fed(signal, rng.normal(size=2000).tolist()) == []
    assert (signal.state, signal.to_json()["reference"]) == ("ok", "first readings")
    assert len(fed(signal, rng.normal(1.5, 1, 500).tolist())) == 1


def test_first_values_that_wander_are_gathered_longer():
    """And constant ones not for ever."""
    signal = Signal("size", "state", None, signals=1)
    fed(signal, [1.0] * (GATHERED * 16 + 200))
    assert signal.state == "insufficient"
    assert "nothing to compare with" in signal.reason


def test_labels_without_a_profile_work_alike():
    """Their first values are labels."""
    rng = np.random.default_rng(0)
    signal = Signal("prediction", "prediction", None, signals=1, labels=True)
    fed(signal, rng.choice(["a", "b"], 2000).tolist())
    assert (signal.state, set(signal.to_json()["usual"])) == (
        "ok",
        {"share of a", "share of b", "other labels", "missing"},
    )


def test_one_is_told_how_it_went():
    """Means of the values, gaps where there were none."""
    signal = Signal("load", "input", REFERENCE, signals=1)
    fed(signal, [3.0] * 15 + [None] * 15)
    assert signal.to_json()["history"] == {"at": [14, 29], "place": [15, 30], "mean": [3.0, None]}


def test_a_signal_that_follows_from_slow_ones_is_gathered_longer():
    """Until there are enough of their stretches."""
    slow = Usual(0.0, 1.0, 60.0, 256, 0.0, 100_000)
    signal = Signal("size", "state", None, signals=1, slowest=slow)
    rng = np.random.default_rng(0)
    fed(signal, rng.normal(size=GATHERED + 100).tolist())
    assert signal.reason.startswith("gathering")
    fed(signal, rng.normal(size=4 * GATHERED).tolist())
    assert signal.to_json()["usual"]["level"] == pytest.approx(0, abs=0.1)
