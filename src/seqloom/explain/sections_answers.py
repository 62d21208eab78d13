"""What answers rest on, how little is enough, and whether that can be trusted."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from seqloom.explain.agreement import Agreement, agreement
from seqloom.explain.attention import Alignments, alignments, attention
from seqloom.explain.attribution import Attribution
from seqloom.explain.cutting import cut_out
from seqloom.explain.examples_drawn import drawn_examples, series_panels, text_panel
from seqloom.explain.figures_steps import features_figure, steps_figure
from seqloom.explain.inputs import inputs_of
from seqloom.explain.integrated import gradient_times_input, integrate
from seqloom.explain.occlusion import occlude, width_for
from seqloom.explain.permutation import FeaturePermutation, OrderPermutation, permute_features, permute_order
from seqloom.explain.question import Question
from seqloom.explain.sanity import Sanity, check_sanity
from seqloom.explain.smallest import Smallest, smallest
from seqloom.explain.subject import Subject
from seqloom.report import Axis, FigureData, Heat, Panel, Section, cut

if TYPE_CHECKING:
    from collections.abc import Mapping

DRAWN = 4
"""Sequences that are drawn one by one."""
WIDER = 4
"""How much wider than single steps the second occlusion is."""
ALIGNED = 30
"""Tokens of a source or a translation that are drawn."""


@dataclass(frozen=True)
class Answers:
    """What answers rest on.

    Args:
        occlusion: windows taken away.
        wider: wider windows taken away.
        integrated: integrated gradients.
        gradient: gradient times input.
        cut: windows left out, the sequence being shorter; None: the answer is not about a whole sequence.
        attention: the model's own weights; None: it has none.
        alignments: what was read for each symbol written; None: nothing is written.
        features: features dealt out anew.
        order: steps mixed.
        smallest: the smallest part that keeps the answer.
    """

    occlusion: Attribution
    wider: Attribution
    integrated: Attribution
    gradient: Attribution
    cut: Attribution | None
    attention: Attribution | None
    alignments: Alignments | None
    features: FeaturePermutation
    order: OrderPermutation
    smallest: Smallest

    @property
    def methods(self) -> tuple[Attribution, ...]:
        """All attributions of steps but that of wide windows."""
        own = tuple(one for one in (self.cut, self.attention) if one is not None)
        return (self.occlusion, self.integrated, self.gradient, *own)


@dataclass(frozen=True)
class Trust:
    """Whether what was found can be trusted.

    Args:
        agreement: of the methods.
        sanity: whether they depend on the weights.
        gap: largest difference between what integrated gradients sum to and what they should.
    """

    agreement: Agreement
    sanity: Sanity
    gap: float


def take_apart(question: Question, generator: np.random.Generator) -> Answers:
    """Ask every method."""
    occlusion = occlude(question)
    return Answers(
        occlusion=occlusion,
        wider=occlude(question, width=WIDER * width_for(question)),
        integrated=integrate(question),
        gradient=gradient_times_input(question),
        cut=cut_out(question),
        attention=attention(question),
        alignments=alignments(question),
        features=permute_features(question, generator),
        order=permute_order(question, generator),
        smallest=smallest(question, occlusion),
    )


def check(question: Question, answers: Answers, generator: np.random.Generator) -> Trust:
    """Compare the methods with each other, and with what they say of a model of mixed weights."""
    sanity = check_sanity(
        question,
        (occlude, integrate, gradient_times_input),
        generator,
        found=(answers.occlusion, answers.integrated, answers.gradient),
    )
    return Trust(agreement(answers.methods), sanity, answers.integrated.gap or 0.0)


def answer_sections(subject: Subject, question: Question, answers: Answers) -> tuple[Section, ...]:
    """What answers rest on, and how little is enough."""
    longest = int(question.batch.numbers.steps)
    shares = {own.method: own.from_the_end() for own in answers.methods}
    matter: Mapping[str, np.ndarray] = {
        "integrated gradients": answers.integrated.feature_shares(),
        "answers that change": answers.features.changed,
    }
    figures = [steps_figure(shares, longest, question.what, answers.occlusion.half)]
    if len(answers.integrated.names) > 1:
        figures.append(features_figure(answers.integrated.names, matter, question.what))
    drawn = _drawn(subject, question, answers.integrated)
    figures += [answers.order.figure(), drawn]
    if answers.attention is not None:
        figures.append(_drawn(subject, question, answers.attention, attended=True))
    if answers.alignments is not None:
        figures.append(_aligned(subject, question, answers.alignments))
    rests = Section(title="What answers rest on", text=_text(subject, question, answers), figures=tuple(figures))
    little = Section(
        title="How little is enough",
        text=(answers.smallest.sentence,),
        figures=tuple(
            one for one in (answers.smallest.figure(), _kept(subject, question, answers.smallest)) if one.panels
        ),
    )
    return rests, little


def trust_section(trust: Trust, answers: Answers) -> Section:
    """Whether the methods agree, and pass a sanity check."""
    typical = float(np.mean([np.abs(own.sum()) for own in answers.integrated.steps]))
    promise = (
        "Integrated gradients promise to sum to the difference between the answer and that to the neutral sequence:"
        " they"
        f" are off by at most {trust.gap:.2g}, where these sums are {typical:.2g} on average."
    )
    return Section(
        title="Can that be trusted?",
        text=(trust.agreement.sentence, trust.sanity.sentence, promise),
        figures=(trust.agreement.figure(), trust.sanity.figure()),
    )


def _text(subject: Subject, question: Question, answers: Answers) -> tuple[str, ...]:
    neutral = "the mean of the sequence itself" if question.examples.horizon else "an average step"
    said = [
        (
            f"What is followed is {question.what}. A step is taken away by making it neutral: its numbers become"
            " those of"
            f" {neutral}, its categories and tokens unknown."
        ),
        answers.order.sentence,
    ]
    if answers.cut is not None:
        said[0] += " Or it is cut out, and the sequence is shorter."
    if len(answers.features.names) > 1:
        best = int(answers.features.changed.argmax())
        most = f"{100 * answers.features.changed[best]:.0f}"
        said.append(
            f"The answers hang most on {answers.features.names[best]}: taken from other sequences, it changes {most} %"
            " of them."
            if most != "0"
            else "Whichever feature is taken from other sequences, hardly an answer changes."
        )
    if len(subject.examples.prepared.known.nonzero()[0]) and question.examples.horizon:
        said.append(
            "Columns known ahead are followed up to the present; their values over the horizon are left as they are."
        )
    return tuple(said)


def _shown(question: Question, most: int = DRAWN) -> list[int]:
    """Some sequences, from the lowest number to the highest."""
    order = np.argsort(question.each(question.values), kind="stable")
    places = np.unique(np.linspace(0, len(order) - 1, min(most, len(order))).round().astype(np.int64))
    return [int(order[place]) for place in places]


def _drawn(subject: Subject, question: Question, attribution: Attribution, *, attended: bool = False) -> FigureData:
    shown, titles = _shown(question), subject.titles(question)
    every, tokens = subject.series(question), [subject.tokens(question.examples, row) for row in shown]
    texts = None if tokens[0] is None else [own or () for own in tokens]
    if texts is None and not every[0].shape[1]:
        texts = [_codes(question, row) for row in shown]
    series = [_with_codes(question, every[row], row) for row in shown]
    named = attribution if attribution.names else replace(attribution, names=inputs_names(question))
    return drawn_examples(named, shown, [titles[row] for row in shown], series, texts, attended=attended)


def _codes(question: Question, row: int) -> tuple[str, ...]:
    """The first category of each step, by its number."""
    examples = question.examples
    codes = examples.prepared.codes[int(examples.start[row]) : int(examples.stop[row]), 0]
    return tuple(map(str, codes.tolist()))


def _with_codes(question: Question, series: np.ndarray, row: int) -> np.ndarray:
    """Numbers of each step, then the codes of its categories."""
    examples = question.examples
    first, segment = int(examples.start[row]), examples.segment
    codes = examples.prepared.codes[first : first + segment * len(series) : segment].astype(np.float64)
    return np.concatenate([series, codes], axis=1) if codes.shape[1] else series


def _kept(subject: Subject, question: Question, found: Smallest) -> FigureData:
    """The smallest parts of some sequences."""
    panels: list[Panel] = []
    titles, every = subject.titles(question), subject.series(question)
    spread = np.argsort(-np.concatenate(every).std(axis=0), kind="stable")  # the same lines in all panels
    needing = [row for row in _shown(question, len(found.steps)) if found.steps[row].any()]
    for row in needing[:: max(1, len(needing) // DRAWN)][:DRAWN]:
        tokens, inside = subject.tokens(question.examples, row), found.steps[row].astype(np.float64)
        if tokens is None and not every[row].shape[1]:
            tokens = _codes(question, row)
        title = f"{titles[row]}: {100 * inside.mean():.0f} % of {len(inside)} steps"
        if tokens is not None:
            panels.append(text_panel(title, tokens, inside, ("needed", "")))
            continue
        names = inputs_names(question)
        panels += series_panels(title, every[row], inside[:, None], names, spread, ("needed", ""))
    return FigureData(
        name="smallest-examples",
        title="The smallest parts of some sequences",
        caption="Blue: the steps that alone keep the answer, all others being neutral. There may be other parts as"
        " small:"
        " steps that say the same stand in for each other. Sequences whose answer needs no step are left out.",
        panels=tuple(panels),
    )


def inputs_names(question: Question) -> tuple[str, ...]:
    """The features of a step by name."""
    return inputs_of(question.examples).names


def _aligned(subject: Subject, question: Question, found: Alignments) -> FigureData:
    """What was read for each symbol of some translations."""
    panels = []
    symbols = (*subject.pipeline.symbols, "⏹")
    target, lengths = question.batch.target.cpu().numpy(), question.batch.target_lengths
    ends = np.cumsum(lengths.numpy()) if lengths is not None else np.zeros(0, np.int64)
    places = np.argsort(question.batch.order.numpy())
    for row in _shown(question):
        weights = found.weights[row][:ALIGNED, :ALIGNED]
        stop = int(ends[places[row]])
        own = target[stop - (len(found.weights[row]) - 1) : stop].tolist()
        written = [*(symbols[symbol] for symbol in own), "end"][: len(weights)]
        source = (subject.tokens(question.examples, row) or ())[: weights.shape[1]]
        y, x = (place.ravel().astype(np.float64) for place in np.indices(weights.shape))
        panels.append(
            Panel(
                title=cut(str(question.examples.keys()[row]), 40),
                marks=(Heat(name="share that is read", x=x, y=y, values=weights.ravel(), top=1.0),),
                x=Axis(kind="label", labels=tuple(source)),
                y=Axis(kind="label", labels=tuple(written)),
                shape="square",
            )
        )
    return FigureData(
        name="alignments",
        title="What was read for each symbol that was written",
        caption="Rows are what the model wrote, columns what it read; each row sums to 1. A diagonal: word by word;"
        " a strong"
        " column that all rows share is no alignment but a resting place.",
        panels=tuple(panels),
    )
