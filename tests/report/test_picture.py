import io
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from seqloom.errors import SettingsError
from seqloom.report.contents import Section
from seqloom.report.picture import picture
from seqloom.report.report import Report
from seqloom.report.sections_classify import class_sections


def words(report: Report, **more) -> set[str]:
    elements = ET.fromstring(picture(report, **more)).iter()  # noqa: S314 - written by us
    return {element.text or "" for element in elements if element.tag.endswith("text")}


def test_the_picture_tells_title_table_and_verdict(report):
    """A reader of the picture alone learns what was forecast, how well, and against what."""
    found = words(report)
    assert {"load of energy.csv", "forecast", "90 % interval", "model", "naive", "MSE", "1.000", "2.000"} <= found
    assert any("earned its keep" in text for text in found)


def test_the_picture_follows_light_and_dark_paper(report):
    """The drawing carries both palettes and a ground of its own."""
    svg = picture(report).decode()
    assert "prefers-color-scheme: dark" in svg
    assert 'fill="var(--paper)"' in svg


def test_a_png_has_two_pixels_to_a_point(report):
    """The image is sharp on a fine screen."""
    assert Image.open(io.BytesIO(picture(report, format="png"))).size == (1800, 800)


def test_another_figure_can_be_chosen(report):
    """Any figure of the report can be the picture."""
    assert "training loss" in words(report, figure="training")


def test_a_figure_that_is_not_there_is_refused(report):
    """The message names the figures there are."""
    with pytest.raises(SettingsError, match=r"forecast-1.*training.*came 'nothing'"):
        picture(report, figure="nothing")


def test_a_report_without_figures_has_no_picture():
    """There is nothing to draw."""
    empty = Report(title="t", task="forecast", verdict="v", earned="no", sections=(Section(title="s"),))
    with pytest.raises(SettingsError, match="none"):
        picture(empty)


def test_a_classifier_is_pictured_by_its_confusion(make_classes):
    """Without a forecast the confusion matrix is the main figure."""
    sections = class_sections(make_classes(classes=("no", "yes")))
    report = Report(title="t", task="classify", verdict="v", earned="no", sections=sections)
    assert {"true class", "predicted class"} <= words(report)
