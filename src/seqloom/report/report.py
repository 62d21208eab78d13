"""The report: everything the page shows, as data."""

from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from seqloom.artifact.atomic import replaced_file
from seqloom.errors import ArtifactError, SettingsError
from seqloom.report.figure_data import FigureData, Noun
from seqloom.report.page import render
from seqloom.report.table import Table

Earned = Literal["yes", "no", "unclear"]


class Section(Noun):
    """One part of the report: a heading, words, tables, figures.

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


class Report(Noun):
    """What one run came to, ready to be shown.

    Args:
        title: the heading of the page, for example the data and its target.
        task: `forecast`, `classify` or `regress`.
        verdict: one plain sentence: did the model earn its keep?
        earned: the sentence in one word.
        sections: the parts, in order.
        created: when, as people write it; empty: not shown.
        version: version of seqloom.
        format: version of this layout.
    """

    title: str
    task: str
    verdict: str
    earned: Earned
    sections: tuple[Section, ...]
    created: str = ""
    version: str = ""
    format: Literal[1] = 1

    def to_json(self) -> str:
        """The report as one JSON object; `from_json` gives back an equal report."""
        return self.model_dump_json()

    @classmethod
    def from_json(cls, text: str | bytes, *, where: str = "report.json") -> "Report":
        """The report that `to_json` wrote.

        Args:
            text: the JSON object.
            where: where it came from, for messages.

        Raises:
            ArtifactError: it is not a report, or one of another version.
        """
        try:
            return cls.model_validate_json(text)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            place = ".".join(map(str, first["loc"])) or "the whole"
            raise ArtifactError(
                where, expected="a report", came=f"{first['msg']} ({place})", fix="evaluate the model again"
            ) from error

    def to_html(self) -> str:
        """The report as a page that needs nothing else."""
        return render(self)

    def save(self, path: str | Path) -> None:
        """Write the report, as a page or as data.

        Args:
            path: ends in `.html` or `.json`; a file that is there already is replaced in one step.

        Raises:
            SettingsError: another ending.
            StorageError: the disk refused; what was there is still there.
        """
        path = Path(path)
        writers = {".html": self.to_html, ".htm": self.to_html, ".json": self.to_json}
        if path.suffix.lower() not in writers:
            raise SettingsError(
                str(path), expected="a name that ends in .html or .json", came=repr(path.name), fix="change the ending"
            )
        text = writers[path.suffix.lower()]()
        with replaced_file(path) as file:
            file.write(text.encode())

    def figure(self, name: str) -> FigureData | None:
        """The figure called `name`, or None where the report has none."""
        figures = (figure for section in self.sections for figure in section.figures)
        return next((figure for figure in figures if figure.name == name), None)
