"""Explaining a model: every part asked for, gathered into one explanation."""

import time
from collections.abc import Callable
from typing import TypeVar

import numpy as np

from seqloom.artifact import Bundle
from seqloom.errors import SettingsError
from seqloom.explain.explanation import Explanation, Findings
from seqloom.explain.question import ask
from seqloom.explain.sections_answers import answer_sections, check, take_apart, trust_section
from seqloom.explain.sections_errors import error_sections, find_errors
from seqloom.explain.sections_states import find_gradients, gradient_section, look_inside, state_sections
from seqloom.explain.subject import PARTS, ExplainSettings, Subject, subject_of
from seqloom.explain.watched import has_states
from seqloom.model import NETWORK
from seqloom.report import Report, Section
from seqloom.sequence import SequenceDataset
from seqloom.tasks import TASKS
from seqloom.version import __version__

OF_STATES = ("gradients", "states")
"""Parts about the states of a recurrence."""
Found = TypeVar("Found")


def explain(
    bundle: Bundle,
    dataset: SequenceDataset,
    settings: ExplainSettings | None = None,
    *,
    told: Callable[[str], None] = lambda _: None,
) -> Explanation:
    """Explain a model on a data set.

    The caller's random state, flags and the model's mode are left as they were; the same seed gives the same numbers.

    Args:
        bundle: the artifact.
        dataset: data of the columns it was trained on, with or without the truth.
        settings: how much is looked at.
        told: is told what is under way.

    Raises:
        DataError: there is nothing to explain.
        SettingsError: it is a simple method.
    """
    settings = settings or ExplainSettings()
    method = bundle.model.settings.method
    if method != NETWORK:
        fix = "its numbers are those of the artifact, and evaluate judges it"
        raise SettingsError("model", expected="a network to see inside", came=f"the method {method}", fix=fix)
    subject = subject_of(bundle, dataset, settings)
    findings, seconds = _findings(subject, settings, told)
    task = TASKS[subject.model.task]
    report = Report(
        title=f"{task.title}, explained on {dataset.source}",
        task=task.name,
        kind="Seeing inside",
        verdict=" ".join(findings.sentences),
        sections=(*_sections(subject, findings), _how(subject, settings)),
        version=__version__,
    )
    return Explanation(report, findings, seconds)


def _findings(
    subject: Subject, settings: ExplainSettings, told: Callable[[str], None]
) -> tuple[Findings, dict[str, float]]:
    """All parts that were asked for, and how many seconds each took."""
    seconds: dict[str, float] = {}

    def timed(part: str, find: Callable[[np.random.Generator], Found]) -> Found | None:
        """What was found, if it was asked for; each part draws from a generator of its own."""
        if part not in settings.parts or (part in OF_STATES and not has_states(subject.model)):
            return None
        told(part)
        began = time.perf_counter()
        found = find(np.random.default_rng([settings.seed, PARTS.index(part)]))
        seconds[part] = time.perf_counter() - began
        return found

    question = ask(subject.model, subject.close)
    answers = timed("answers", lambda generator: take_apart(question, generator))
    findings = Findings(
        question=question,
        answers=answers,
        trust=None if answers is None else timed("trust", lambda generator: check(question, answers, generator)),
        gradients=timed("gradients", lambda _: find_gradients(subject, question)),
        inside=timed("states", lambda generator: look_inside(subject, question, settings.points, generator)),
        errors=timed("errors", lambda _: find_errors(subject)),
    )
    return findings, seconds


def _sections(subject: Subject, found: Findings) -> list[Section]:
    """The sections of what was found."""
    sections: list[Section] = []
    if found.answers is not None:
        sections += answer_sections(subject, found.question, found.answers)
        sections += [] if found.trust is None else [trust_section(found.trust, found.answers)]
    if found.gradients is not None:
        sections.append(gradient_section(found.gradients))
    if found.inside is not None:
        sections += state_sections(subject, found.question, found.inside)
    if found.errors is not None:
        sections += error_sections(subject, found.errors)
    return sections


def _how(subject: Subject, settings: ExplainSettings) -> Section:
    """What was looked at, and what was left out."""
    without = "This network reads without a state: there is nothing to say of gradients through time and of states."
    stateless = () if has_states(subject.model) else (without,)
    limits = (
        f"All that was drawn at random was drawn with seed {settings.seed}.",
        (
            "An explanation says what the model does, not why the world is so; features that go together stand in"
            " for each"
            " other, and taking one away makes sequences that never occur."
        ),
    )
    return Section(title="How this was made", text=(*subject.notes, *stateless, *limits))
