"""Sections on gradients and states."""

from seqloom.explain import ExplainSettings


def test_states_of_a_text_are_asked_about_quotations(made):
    """And a text is drawn letter by letter for the units that go with something."""
    model, data = made("language")
    found = model.explain(*data, settings=ExplainSettings(parts=("states",), sequences=4, close=4, points=12))
    facts = {one.fact for one in found.findings.inside.units}
    assert {"place in the sequence", "letters since the last space"} <= facts
    assert found.report.figure("units").panels[0].marks[0].kind == "cells"


def test_classes_colour_the_states(made):
    """True classes, where they are known; else the answer."""
    model, data = made("classify")
    settings = ExplainSettings(parts=("states", "gradients"), sequences=8, close=8, points=12)
    found = model.explain(*data, settings=settings)
    assert {key.name for key in found.report.figure("pca-class").legend()} == {"high", "low"}
    assert len(found.findings.gradients.course.radii) == len(model.bundle_.history)
    without = model.explain(data[0], settings=settings)
    assert without.report.figure("pca-answer") is not None
