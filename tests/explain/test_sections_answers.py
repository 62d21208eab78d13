"""Sections on what answers rest on."""

from dataclasses import replace

import numpy as np

from seqloom.explain.sections_answers import check, take_apart, trust_section


def test_every_method_says_the_same_of_a_planted_step(planted):
    """So they agree, and the promise of integrated gradients is kept."""
    found = take_apart(planted, np.random.default_rng(0))
    names = ["occlusion", "integrated gradients", "gradient times input", "cutting steps out"]
    assert [own.method for own in found.methods] == names
    found = replace(found, cut=None)  # all that follows moves up, so that it finds three steps
    trust = check(planted, found, np.random.default_rng(0))
    assert np.nanmin(trust.agreement.correlations) > 0.99
    assert trust.gap < 1e-4
    section = trust_section(trust, found)
    assert len(section.figures) == 2
    assert "The methods agree" in section.text[0]


def test_wider_windows_reach_further(planted):
    """They are four times as wide."""
    found = take_apart(planted, np.random.default_rng(0))
    assert found.wider.method == "occlusion of 4 steps"
