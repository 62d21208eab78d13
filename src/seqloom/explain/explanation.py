"""An explanation: what was found, as data and as a page."""

from dataclasses import dataclass
from pathlib import Path

from matplotlib.figure import Figure

from seqloom.errors import SettingsError
from seqloom.explain.question import Question
from seqloom.explain.sections_answers import Answers, Trust
from seqloom.explain.sections_errors import Errors
from seqloom.explain.sections_states import Gradients, Inside
from seqloom.report import Report, draw


@dataclass(frozen=True)
class Findings:
    """What was found out about a model; what was not asked for is None.

    Args:
        question: what was followed, and the sequences that were looked at closely.
        answers: what answers rest on.
        trust: whether that can be trusted.
        gradients: how gradients flow.
        inside: what hidden states hold.
        errors: where the model errs.
    """

    question: Question
    answers: Answers | None = None
    trust: Trust | None = None
    gradients: Gradients | None = None
    inside: Inside | None = None
    errors: Errors | None = None

    @property
    def sentences(self) -> tuple[str, ...]:
        """The main findings, in words."""
        found = []
        if self.answers is not None:
            found += [self.answers.order.sentence, self.answers.smallest.sentence]
        if self.trust is not None:
            found += [self.trust.agreement.sentence, self.trust.sanity.sentence]
        if self.gradients is not None:
            found.append(self.gradients.flow.verdict())
        if self.errors is not None:
            found += [one.sentence for one in self.errors.grouped if one.telling]
        return tuple(found)


@dataclass(frozen=True)
class Explanation:
    """What was found out about a model on some data, as data and as a page.

    Args:
        report: all of it as sections of a report.
        findings: the same as arrays.
        seconds: how long each part took.
    """

    report: Report
    findings: Findings
    seconds: dict[str, float]

    @property
    def sentences(self) -> tuple[str, ...]:
        """The main findings, in words."""
        return self.findings.sentences

    @property
    def figures(self) -> tuple[str, ...]:
        """The names of all figures."""
        return tuple(figure.name for section in self.report.sections for figure in section.figures)

    def figure(self, name: str) -> Figure:
        """One figure, drawn by matplotlib.

        Args:
            name: one of `figures`.

        Raises:
            SettingsError: there is no such figure.
        """
        found = self.report.figure(name)
        if found is None:
            expected = f"one of {', '.join(self.figures)}"
            raise SettingsError("figure", expected=expected, came=repr(name), fix="name one of them")
        return draw(found)

    def save(self, path: Path | str) -> None:
        """Write it, as a page that needs nothing else (`.html`) or as data (`.json`).

        Args:
            path: where to; a file that is there already is replaced in one step.

        Raises:
            SettingsError: another ending.
            StorageError: the disk refused.
        """
        self.report.save(path)
