import json

import pytest

from seqloom.errors import ArtifactError, SettingsError, StorageError
from seqloom.report.report import Report


def test_a_report_survives_json(report):
    """What is read back equals what was written."""
    assert Report.from_json(report.to_json()) == report


def test_the_json_is_strict(report):
    """There is no NaN or Infinity that other readers would refuse."""
    json.loads(report.to_json(), parse_constant=pytest.fail)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"title": 3}'])
def test_what_is_no_report_is_refused(text):
    """A damaged file is named, with what is wrong about it."""
    with pytest.raises(ArtifactError, match=r"report\.json: expected a report"):
        Report.from_json(text)


def test_a_report_of_another_version_is_refused(report):
    """A layout of the future is not guessed at."""
    data = json.loads(report.to_json()) | {"format": 2}
    with pytest.raises(ArtifactError, match="format"):
        Report.from_json(json.dumps(data))


def test_an_unknown_field_is_refused(report):
    """Nothing in a file is ignored silently."""
    data = json.loads(report.to_json()) | {"colour": "pink"}
    with pytest.raises(ArtifactError, match="colour"):
        Report.from_json(json.dumps(data))


def test_a_page_is_saved_under_its_ending(report, tmp_path):
    """`.html` gives the page."""
    report.save(tmp_path / "report.html")
    assert (tmp_path / "report.html").read_text(encoding="utf-8") == report.to_html()


def test_data_is_saved_under_its_ending(report, tmp_path):
    """`.json` gives the data."""
    report.save(tmp_path / "report.json")
    assert Report.from_json((tmp_path / "report.json").read_bytes()) == report


def test_another_ending_is_refused(report, tmp_path):
    """A report is no PDF."""
    with pytest.raises(SettingsError, match=r"ends in \.html or \.json"):
        report.save(tmp_path / "report.pdf")


def test_a_place_that_cannot_be_written_is_named(report, tmp_path):
    """The disk's refusal is ours, with the path."""
    (tmp_path / "file").write_text("x")
    with pytest.raises(StorageError, match=r"report\.json"):
        report.save(tmp_path / "file" / "report.json")
