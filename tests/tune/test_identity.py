"""What makes two searches the same one."""

from dataclasses import replace

import pytest

from seqloom.errors import SettingsError
from seqloom.tune.identity import identity_of, must_be_same
from seqloom.tune.space import Searched, Space, Whole


def test_threads_and_places_have_no_say(job):
    """The same search on another machine is the same."""
    moved = replace(job.data[0], source="elsewhere.csv")
    other = replace(job, data=(moved, None), given={**job.given, "threads": 7})
    assert identity_of(other) == identity_of(job)


def test_what_the_model_is_compared_with_has_no_say(job):
    """It is asked for in the final alone."""
    assert identity_of(replace(job, given={**job.given, "against": "none"})) == identity_of(job)


@pytest.mark.parametrize("part", ["data", "settings", "space"])
def test_each_part_is_told(job, part):
    """Who goes on with another search is told what is another."""
    dataset = job.data[0]
    others = {
        "data": replace(job, data=(replace(dataset, steps={"load": dataset.steps["load"] + 1}), None)),
        "settings": replace(job, given={**job.given, "normalize": "mean"}),
        "space": replace(job, space=Space((Searched("layers", Whole(1, 2)),))),
    }
    with pytest.raises(SettingsError, match=rf"a.db, study 's': expected the same .*{part}, came other .*{part}"):
        must_be_same(identity_of(job), identity_of(others[part]), "sqlite:///a.db", "s")
