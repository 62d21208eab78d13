"""What a monitor has to know of a model."""

from dataclasses import replace

import numpy as np

from seqloom.monitor import PROFILE, Facts, Input, Numbers, profile_of
from tests.monitor.models import regressor

REFERENCE = Numbers.of([np.random.default_rng(0).normal(size=100)])


def test_the_profile_of_an_artifact_is_read():
    """What it says of inputs and of quality."""
    bundle = regressor()
    profile = profile_of({"a": REFERENCE}, {"error of level": REFERENCE})
    facts = Facts.of(replace(bundle, profile={PROFILE: profile}, digest="d1"))
    assert facts.inputs == (Input("a", labels=False, reference=REFERENCE),)
    assert (facts.digest, facts.task, facts.targets) == ("d1", "regress", ("level",))
    assert facts.quality == {"error of level": REFERENCE}
    assert facts.signals == 5
    assert facts.slowest == REFERENCE.level


def test_an_artifact_without_a_profile_has_its_columns():
    """Nothing can be told of them; one that was tampered with is no different."""
    for profile in ({}, {PROFILE: "x"}, {PROFILE: {"inputs": [1]}}, {PROFILE: {"inputs": {"a": 3}, "quality": None}}):
        facts = Facts.of(replace(regressor(), profile=profile))
        assert [(one.name, one.labels) for one in facts.inputs] == [("a", False), ("mode", True)]
        assert not any(one.reference.watched for one in facts.inputs)
        assert facts.slowest is None
        assert facts.quality == {}
