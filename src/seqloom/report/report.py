"""The report: what a run came to, ready to be shown and saved."""

from pathlib import Path

from pydantic import ValidationError

from seqloom.artifact.atomic import replaced_file
from seqloom.errors import ArtifactError, SettingsError
from seqloom.report.contents import Contents
from seqloom.report.page import render


class Report(Contents):
    """What one run came to, as JSON and as a page.

    Example:
        >>> Report(title="load", task="forecast", verdict="It does.", earned="yes", sections=()).to_json()[:30]
        '{"title":"load","task":"foreca'
    """

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
