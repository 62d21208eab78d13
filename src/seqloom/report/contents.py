"""What a report holds, as data."""

from typing import Literal

from seqloom.report.figure_data import FigureData, Noun
from seqloom.report.table import Table

Earned = Literal["yes", "no", "unclear"]


class Section(Noun):
    """One part of a report: a heading, words, tables, figures.

    Args:
        title: the heading, also in the table of contents.
        text: paragraphs.
        tables: shown after the text.
        figures: shown after the tables.
    """

    title: str
    text: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    figures: tuple[FigureData, ...] = ()


class Contents(Noun):
    """What one run came to: all that a page shows.

    Args:
        title: the heading of the page, for example the data and its target.
        task: name of the task.
        verdict: one plain sentence, such as whether the model earned its keep; empty: there is nothing to judge.
        earned: the sentence in one word: the answer to the question; None: there is no question.
        sections: the parts, in order.
        kind: what stands above the heading: the task in words; empty: its name.
        question: what the verdict answers.
        created: when, as people write it; empty: not shown.
        version: version of seqloom.
        format: version of this layout.
    """

    title: str
    task: str
    verdict: str = ""
    earned: Earned | None = None
    sections: tuple[Section, ...]
    kind: str = ""
    question: str = "Did recurrence earn its keep?"
    created: str = ""
    version: str = ""
    format: Literal[1] = 1

    def figure(self, name: str) -> FigureData | None:
        """The figure called `name`, or None where there is none."""
        figures = (figure for section in self.sections for figure in section.figures)
        return next((figure for figure in figures if figure.name == name), None)
