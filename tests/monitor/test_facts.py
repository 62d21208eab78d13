"""What a monitor has to know of a model."""

from dataclasses import replace

import numpy as np

from seqloom.monitor import PROFILE, Facts, Input, Numbers, Outputs, profile_of
from seqloom.sequence import Column
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


def test_what_was_answered_is_read_as_far_as_it_can_be_told():
    """It settles no faster than the slowest input; what was seen too shortly for that is left out."""
    slow = Numbers.of([np.cumsum(np.random.default_rng(0).normal(size=5000)) % 50])
    short = Numbers.of([np.random.default_rng(0).normal(size=100)])
    long = Numbers.of([np.random.default_rng(0).normal(size=100_000)])
    outputs = Outputs({"short": short, "long": long}, long, settled=3, longest=40)
    profile = profile_of({"a": slow}, {}, outputs)
    facts = Facts.of(replace(regressor(), profile={PROFILE: profile}))
    assert set(facts.predictions) == {"long"}
    assert facts.predictions["long"].level.stretch == slow.level.stretch > long.level.stretch
    assert facts.state == facts.predictions["long"]
    assert (facts.settled, facts.longest) == (3, 40)
    assert facts.signals == 4


def test_columns_that_tell_afterwards_what_was_so_are_named():
    """They are no inputs that could drift."""
    bundle = regressor()
    marked = (*bundle.schema.columns, Column(name="odd", kind="number", role="mark"))
    facts = Facts.of(replace(bundle, schema=bundle.schema.model_copy(update={"columns": marked}), profile={}))
    assert facts.marks == ("odd",)
    assert [one.name for one in facts.inputs] == ["a", "mode"]
    assert Facts.of(bundle).marks == ()


def test_a_profile_of_the_first_version_knows_nothing_of_answers():
    """Nor does one that was tampered with: they are compared with their own first values."""
    for outputs in (None, 3, {"predictions": 3, "state": "x", "settled": -1, "longest": True}):
        profile = {"version": 1, "inputs": {"a": REFERENCE.to_json()}, "quality": {}, "outputs": outputs}
        facts = Facts.of(replace(regressor(), profile={PROFILE: profile}))
        assert (facts.predictions, facts.state, facts.settled, facts.longest) == ({}, None, 0, None)
