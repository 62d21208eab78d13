"""Drift between training and other data."""

import numpy as np

from seqloom.explain import drift, drift_figure
from seqloom.explain.drift import drift_sentence, drift_table
from seqloom.monitor import Labels, Numbers

RNG = np.random.default_rng(0)
TRAINING = [RNG.normal(size=50) for _ in range(60)]
REFERENCES = {
    "level": Numbers.of(TRAINING),
    "same": Numbers.of(TRAINING),
    "label": Labels.of([list("ab" * 25) for _ in range(60)]),
}


def columns(shift=0.0, label="ab"):
    """New sequences, some columns of which have changed."""
    rng = np.random.default_rng(1)
    return {
        "level": [(rng.normal(size=50) + shift).tolist() for _ in range(40)],
        "same": [rng.normal(size=50).tolist() for _ in range(40)],
        "label": [list(rng.choice(list(label), 50)) for _ in range(40)],
    }


def test_a_moved_level_and_a_new_label_are_found():
    """And nothing else; the size of the shift is about what was planted."""
    found = drift(columns(shift=0.7, label="abbb"), REFERENCES)
    moved = {(one.column, one.aspect) for one in found if one.drifted}
    assert ("level", "level") in moved
    assert ("label", "share of b") in moved
    assert not any(one.column == "same" for one in found if one.drifted)
    (level,) = [one for one in found if (one.column, one.aspect) == ("level", "level")]
    assert 0.5 < level.shift < 0.9
    assert "level of level" in drift_sentence(found)


def test_the_same_kind_of_data_has_not_drifted():
    """Over all properties together."""
    found = drift(columns(), REFERENCES)
    assert not any(one.drifted for one in found)
    assert drift_sentence(found).startswith("None of")


def test_a_single_series_is_cut_into_stretches():
    """Twenty means are compared; too few values say nothing."""
    series = {"level": [(RNG.normal(size=2000) + 1).tolist()]}
    assert drift(series, REFERENCES)[0].drifted
    assert drift({"level": [[1.0, 2.0]]}, REFERENCES) == ()


def test_drifts_are_drawn_and_listed():
    """Those that drifted first."""
    found = drift(columns(shift=0.7), REFERENCES)
    assert drift_figure(found).panels[0].x.labels[0].startswith("level")
    assert drift_table(found).rows[0][-1] == "yes"
