"""Gradients, recurrent weights and hidden states."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqloom.explain.examples_drawn import text_panel
from seqloom.explain.gates import Gates, gates
from seqloom.explain.gradients import GradientFlow, gradient_flow
from seqloom.explain.inputs import inputs_of
from seqloom.explain.probes import Probe, probe, probes_figure
from seqloom.explain.project import Projection, fifths, kinds, neighbours, principal, sampled
from seqloom.explain.question import Floats, Question
from seqloom.explain.spectrum import Spectrum, spectrum
from seqloom.explain.states import States, states
from seqloom.explain.subject import Subject
from seqloom.explain.training import TrainingCourse, training_course
from seqloom.explain.units import Unit, telling_units, text_facts
from seqloom.explain.watched import watch
from seqloom.explain.weights import WeightMatrix, weight_matrices, weights_figure
from seqloom.report import Axis, FigureData, Line, Panel, Section, Table, records_table

FACTS = 4
"""Features that units and probes are asked about: the first ones."""
BACK = 5
"""Steps back that a memory is asked about."""
LISTED = 8
"""Facts that are listed with their unit."""
UNITS = 3
"""Units that are drawn."""
PROBED = 4_000
"""States that probes are fitted and judged on at most."""


@dataclass(frozen=True)
class Gradients:
    """How gradients flow, and what states are multiplied by.

    Args:
        flow: the derivative of the answer by each state.
        course: gradients and weights over the training.
        spectrum: eigenvalues of the recurrent weights; None: the cell has none that read the state.
    """

    flow: GradientFlow
    course: TrainingCourse
    spectrum: Spectrum | None


@dataclass(frozen=True)
class Inside:
    """What hidden states hold.

    Args:
        states: of the sequences looked at closely.
        components: their principal components.
        neighbours: their arrangement by t-SNE.
        units: for each fact the unit that goes with it.
        probes: what can be read off states.
        gates: how far gates are open.
        weights: of the recurrent layers.
    """

    states: States
    components: Projection
    neighbours: Projection
    units: tuple[Unit, ...]
    probes: tuple[Probe, ...]
    gates: tuple[Gates, ...]
    weights: tuple[WeightMatrix, ...]


def find_gradients(subject: Subject, question: Question) -> Gradients:
    """Measure how gradients flow."""
    watched, _ = watch(question)
    found = spectrum(watched.recurrents[0])
    course = training_course(subject.bundle.history, subject.bundle.settings.get("clip_norm"))
    return Gradients(gradient_flow(question), course, found if found.names else None)


def look_inside(subject: Subject, question: Question, points: int, generator: np.random.Generator) -> Inside:
    """Look at hidden states."""
    found = states(question)
    numbers = _numbers(subject, question, found)
    facts: dict[str, Floats | NDArray[np.str_]] = {**numbers, **_labels(subject, question, found)}
    watched, _ = watch(question)
    rows = sampled(len(found), PROBED, generator)
    some = {name: values[rows] for name, values in facts.items()}
    inputs = np.concatenate(list(subject.series(question)))
    few = found.take(rows)
    return Inside(
        states=found,
        components=principal(found.values, generator, most=points),
        neighbours=neighbours(found.values, generator, most=points),
        units=telling_units(found, numbers),
        probes=probe(few.values, inputs[rows], some, few.sequence, generator),
        gates=gates(question),
        weights=weight_matrices(watched.recurrents[0]),
    )


def gradient_section(found: Gradients) -> Section:
    """Gradient flow, spectrum and the course of the training."""
    figures = [found.flow.figure()] if any(own.any() for own in found.flow.norms) else []
    text = [found.flow.verdict(), found.course.sentence]
    if found.spectrum is not None:
        figures.append(found.spectrum.figure())
        text.append(found.spectrum.sentence)
    if len(found.course.gradients):
        figures.append(found.course.figure())
    return Section(title="Gradients", text=tuple(text), figures=tuple(figures))


def state_sections(subject: Subject, question: Question, found: Inside) -> tuple[Section, ...]:
    """States as points, single units, probes, gates, weights."""
    by_time = "place in the sequence"
    groupings = [(by_time, fifths(found.states.through, "first", "last"))]
    labels = _labels(subject, question, found.states)
    if labels:
        name, own = next(iter(labels.items()))
        groupings.append((name, kinds(own)))
    else:
        answers = question.each(question.values)[found.states.sequence]
        groupings.append(("answer", fifths(answers)))
    figures = [
        projection.figure({name: own[projection.rows] for name, own in groups.items()}, by)
        for projection in (found.components, found.neighbours)
        for by, groups in groupings
    ]
    points = Section(title="Hidden states", text=_text(found), figures=tuple(figures))
    units = Section(
        title="What units and states know",
        tables=(_unit_table(found),) if found.units else (),
        figures=(
            *((_unit_figure(subject, question, found),) if found.units else ()),
            *((probes_figure(found.probes),) if found.probes else ()),
        ),
    )
    gated = tuple(own.figure() for own in found.gates)
    weights = Section(
        title="Gates and weights", text=_gates_text(found), figures=(*gated, weights_figure(found.weights))
    )
    return points, units, weights


def _text(found: Inside) -> tuple[str, ...]:
    count, width = found.states.values.shape
    return (
        (
            f"{count:,} states of {width} numbers, each what the top layer of the first network showed after a step."
            f"{found.neighbours.sampled.replace('shown', 'arranged by t-SNE')}"
        ),
    )


def _gates_text(found: Inside) -> tuple[str, ...]:
    return () if found.gates else ("This cell has no gates between 0 and 1.",)


def _numbers(subject: Subject, question: Question, found: States) -> dict[str, Floats]:
    """Numbers that a state may know, for each step."""
    facts: dict[str, Floats] = {"place in the sequence": found.step.astype(np.float64)}
    series, names = np.concatenate(subject.series(question)), inputs_of(question.examples).names
    for feature in range(min(FACTS, series.shape[1])):
        facts[f"{names[feature]} now"] = series[:, feature]
        for back in (1, BACK):
            before = np.full(len(series), np.nan)
            before[back:] = series[:-back, feature]
            before[found.step < back] = np.nan
            facts[f"{names[feature]} {back} back"] = before
    tokens = [subject.tokens(question.examples, row) for row in range(len(question.examples))]
    if tokens[0] is not None:
        facts |= text_facts([token for own in tokens for token in own or ()], found.sequence)
    return facts


def _labels(subject: Subject, question: Question, found: States) -> dict[str, NDArray[np.str_]]:
    """Classes that a state may know, for each step: the true ones, of steps or of sequences."""
    prepared, classes = question.examples.prepared, subject.pipeline.classes
    if not classes or prepared.targets.dtype.kind != "i" or prepared.target_offsets is not None:
        return {}
    examples = question.examples
    if prepared.per_step_target:
        rows = np.concatenate([np.arange(a, b) for a, b in zip(examples.start, examples.stop, strict=True)])
        numbers = prepared.targets[rows]
    else:
        numbers = prepared.targets[examples.sequence][found.sequence]
    if (numbers < 0).all() or numbers.ndim > 1:
        return {}
    names = np.array([*map(str, classes), "not known"])
    return {"class": names[np.where(numbers < 0, len(classes), numbers)]}


def _unit_table(found: Inside) -> Table:
    return records_table(
        "Units that go with something",
        [{"unit": one.unit + 1, "goes with": one.fact, "correlation": one.correlation} for one in found.units[:LISTED]],
        "For each fact the unit whose activation goes with it most closely; the best of many units is expected to"
        " correlate"
        " a little with anything.",
    )


def _unit_figure(subject: Subject, question: Question, found: Inside) -> FigureData:
    """The most telling units over one sequence."""
    facts = _numbers(subject, question, found.states)
    best = list({one.unit: one for one in found.units}.values())[:UNITS]
    row = int(np.argmax(np.minimum(found.states.lengths, 400)))
    activations, tokens = found.states.of(row), subject.tokens(question.examples, row)
    panels = []
    for one in best:
        title = f"unit {one.unit + 1}: {one.fact} ({one.correlation:+.2f})"
        values = activations[:, one.unit]
        if tokens is not None:
            panels.append(text_panel(title, tokens, values, ("above zero", "below zero")))
        else:
            x = np.arange(1, len(values) + 1, dtype=np.float64)
            fact = facts[one.fact][found.states.sequence == row]
            beside = np.sign(one.correlation) * (fact - np.nanmean(fact)) / (np.nanstd(fact) or 1.0)
            line = Line(name="activation", x=x, y=values, dots=len(x) == 1)
            other = Line(name="what it goes with", ink="history", x=x, y=values.mean() + values.std() * beside)
            panels.append(
                Panel(title=title, marks=(other, line), x=Axis(label="step"), y=Axis(label="activation"), shape="wide")
            )
    return FigureData(
        name="units",
        title=f"Single units over {question.examples.keys()[row]}",
        caption="What single units showed after each step, those that go most closely with something that can be"
        " named, over one"
        " sequence; grey is what they go with, moved and stretched to lie on them (upside down where the correlation is"
        " below zero). A unit may have other duties, too: a correlation is no proof of purpose.",
        panels=tuple(panels),
    )
