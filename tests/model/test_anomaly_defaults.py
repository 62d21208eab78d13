"""What a model of anomalies chooses."""

import numpy as np
import pytest

from seqloom.errors import SettingsError
from seqloom.model import Facts, ModelSettings
from seqloom.model.anomaly_defaults import choose_anomaly

FACTS = Facts(lengths=np.array([400, 4_000]))


@pytest.mark.parametrize(
    ("choices", "ahead"), [({}, 50), ({"usual": "stream"}, 1), ({"detector": "density"}, 1), ({"ahead": 7}, 7)]
)
def test_it_looks_as_far_ahead_as_the_shortest_sequence_lets_it(choices, ahead):
    """One part in eight; beside its own past, and with a density, one step."""
    assert choose_anomaly(ModelSettings(**choices), FACTS).settings.ahead == ahead


def test_a_short_series_has_shorter_examples():
    """At most half of it."""
    assert choose_anomaly(ModelSettings(), Facts(lengths=np.array([40]))).settings.lookback == 20
    assert choose_anomaly(ModelSettings(), FACTS).settings.lookback == 128


@pytest.mark.parametrize(
    ("choices", "message"),
    [
        ({"bidirectional": True}, "expected one direction for anomalies, came both"),
        ({"detector": "density", "usual": "stream"}, "expected training: states are compared with others"),
    ],
)
def test_what_cannot_be_is_refused(choices, message):
    """With what to do."""
    with pytest.raises(SettingsError, match=message):
        choose_anomaly(ModelSettings(**choices), FACTS)
