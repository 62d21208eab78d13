"""Explaining models of all tasks, from data to page."""

import re

import pytest
import torch

from seqloom import SequenceClassifier
from seqloom.errors import DataError, SettingsError
from seqloom.explain import ExplainSettings, explain
from seqloom.tasks import TASKS

FEW = ExplainSettings(sequences=12, close=4, points=12)


@pytest.fixture(scope="module")
def explained(made):
    """The explanation of a task's model, each made once."""
    kept = {}

    def of(task):
        if task not in kept:
            model, data = made(task)
            kept[task] = model.explain(*data, settings=FEW)
        return kept[task]

    return of


@pytest.mark.parametrize("task", TASKS)
def test_models_of_every_task_are_explained(explained, task):
    """Every part has its figures, each with a caption and panels."""
    found = explained(task)
    titles = [section.title for section in found.report.sections]
    wanted = ["What answers rest on", "How little is enough", "Can that be trusted?", "Gradients", "Hidden states"]
    assert titles[:5] == wanted
    assert {"Where errors are", "Drift", "How this was made"} <= set(titles)
    for section in found.report.sections:
        for figure in section.figures:
            assert len(figure.caption) > 20, figure.name
            assert figure.panels, figure.name


def test_the_page_that_is_saved_needs_nothing_else(explained, tmp_path):
    """All figures with their numbers, and no address but places of the page and data in it."""
    found = explained("regress")
    found.save(tmp_path / "x.html")
    page = (tmp_path / "x.html").read_text()
    assert page.count("<figure ") == page.count("data:text/csv") == len(found.figures)
    assert not re.search(r"(src|href)=\"(?!#|data:)", page)
    assert "In short" in page
    assert "What answers rest on" in page


def test_the_same_seed_explains_the_same(made, explained):
    """And another seed something else; nothing of torch is left changed."""
    before = explained("classify")
    model, data = made("classify")
    state, threads, mode = torch.get_rng_state(), torch.get_num_threads(), model.bundle_.model.training
    gradients = [weight.grad for weight in model.bundle_.model.parameters()]
    assert model.explain(*data, settings=FEW).report == before.report
    seeds = (ExplainSettings(parts=("errors",), sequences=12, seed=seed) for seed in (0, 1))
    one, other = (model.explain(*data, settings=settings).report for settings in seeds)
    assert one != other
    assert torch.equal(torch.get_rng_state(), state)
    assert (torch.get_num_threads(), model.bundle_.model.training) == (threads, mode)
    assert all(
        weight.grad is before for weight, before in zip(model.bundle_.model.parameters(), gradients, strict=True)
    )


def test_parts_are_chosen(made):
    """What was not asked for is neither found nor shown."""
    model, data = made("classify")
    found = model.explain(*data, settings=ExplainSettings(parts=("gradients",), close=6))
    assert [section.title for section in found.report.sections] == ["Gradients", "How this was made"]
    assert (found.findings.answers, found.findings.inside, found.findings.errors) == (None, None, None)
    assert set(found.seconds) == {"gradients"}


def test_without_the_truth_all_but_errors_is_explained(made):
    """The page says that errors are not known."""
    model, (sequences, _) = made("classify")
    found = model.explain(sequences, settings=ExplainSettings(parts=("gradients", "errors"), sequences=12, close=4))
    (errors,) = [section for section in found.report.sections if section.title == "Where errors are"]
    assert "does not hold the truth" in errors.text[0]
    assert found.findings.errors.kind == ""


def test_what_was_left_out_is_said(explained):
    """Sampled sequences, and how many were looked at closely."""
    notes = explained("classify").report.sections[-1].text
    assert notes[0] == "12 of 30 sequences were drawn at random."
    assert notes[1].startswith("4 of 12")


def test_an_explanation_is_saved_as_data(explained, tmp_path):
    """And single figures are drawn by matplotlib."""
    found = explained("regress")
    found.save(tmp_path / "x.json")
    assert '"name":"steps"' in (tmp_path / "x.json").read_text()
    assert found.figure("steps").get_axes()
    with pytest.raises(SettingsError, match="one of steps"):
        found.figure("nothing")


def test_settings_are_checked():
    """Parts have names, numbers are large enough."""
    with pytest.raises(SettingsError, match="some of answers"):
        ExplainSettings(parts=("colours",))
    with pytest.raises(SettingsError, match="at least 1"):
        ExplainSettings(close=0)


def test_nothing_to_explain_is_said(made):
    """Data without a sequence is refused."""
    model, (sequences, _) = made("classify")
    dataset = model._load_like_training(sequences).take([])
    with pytest.raises(DataError):
        explain(model.bundle_, dataset, FEW)


def test_networks_without_a_state_are_explained_without_states(made):
    """What answers rest on is told, and that there are no states."""
    _, (sequences, classes) = made("classify")
    settings = {"threads": 1, "members": 1, "convolution": False}
    model = SequenceClassifier(cell="cnn", hidden_size=4, epochs=1, settings=settings).fit(sequences, classes)
    settings = ExplainSettings(parts=("answers", "gradients", "states"), sequences=12, close=4, points=4)
    found = model.explain(sequences, classes, settings=settings)
    titles = [section.title for section in found.report.sections]
    assert "What answers rest on" in titles
    assert "Gradients" not in titles
    assert any("without a state" in line for line in found.report.sections[-1].text)


def test_a_simple_method_has_no_inside(made):
    """What it is, and what to do instead, is said."""
    _, (sequences, classes) = made("classify")
    model = SequenceClassifier(method="logistic").fit(sequences, classes)
    with pytest.raises(SettingsError, match="expected a network to see inside, came the method logistic"):
        model.explain(sequences, classes)
