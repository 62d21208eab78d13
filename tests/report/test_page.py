import base64
import re
from html.parser import HTMLParser

import pytest

from seqloom.report import class_sections, forecast_sections, value_sections
from seqloom.report.contents import Section
from seqloom.report.page import render
from seqloom.report.report import Report
from seqloom.report.sections import data_section, settings_section
from seqloom.report.table import Column, Table

ATTACK = '"><script>alert(1)</script><img src=x onerror=alert(1)>'


class Outline(HTMLParser):
    """Tags, attributes and whether every tag that was opened is closed again in order."""

    empty = frozenset({"meta", "link", "br", "img", "input", "hr"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        """Note a tag that is opened."""
        self.tags.append(tag)
        self.attributes += attributes
        if tag not in self.empty:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        """Note a tag that is closed at once."""
        self.tags.append(tag)
        self.attributes += attributes

    def handle_endtag(self, tag):
        """A tag that is closed is the one opened last."""
        assert self.open.pop() == tag

    def values(self, name: str) -> list[str]:
        """All values of one attribute."""
        return [value or "" for key, value in self.attributes if key == name]


def bare(*sections: Section, **more) -> Report:
    fields = {"title": "t", "task": "forecast", "verdict": "v", "earned": "unclear"} | more
    return Report(sections=sections, **fields)


@pytest.fixture(scope="module")
def page(report) -> str:
    return render(report)


def test_every_tag_is_closed(page):
    """The page is well formed."""
    assert Outline(page).open == []


def test_the_page_needs_nothing_else(page):
    """No address of the page leads to another file or machine."""
    outline = Outline(page)
    addresses = outline.values("src") + outline.values("href")
    assert all(address.startswith(("#", "data:text/csv")) for address in addresses)
    assert not re.search(r"@import|url\((?!#)", page)


def test_the_page_runs_no_script(page):
    """There is no script, and the page forbids all of them."""
    assert "script" not in Outline(page).tags
    assert "default-src 'none'" in page


def test_the_contents_lead_to_every_part(page, report):
    """Each section is linked, and each link has its target."""
    outline = Outline(page)
    links = [address[1:] for address in outline.values("href") if address.startswith("#part-")]
    assert len(links) == len(report.sections)
    assert set(links) <= set(outline.values("id"))


def test_no_identifier_is_used_twice(page):
    """Links and drawings find the one thing they mean."""
    identifiers = Outline(page).values("id")
    assert len(identifiers) == len(set(identifiers))


def test_every_figure_has_a_caption_and_a_download(page, report):
    """Figures say how to read them and give their numbers."""
    count = sum(len(section.figures) for section in report.sections)
    outline = Outline(page)
    assert outline.tags.count("figure") == outline.tags.count("figcaption") == count
    assert len(outline.values("download")) == count


def test_a_download_holds_the_numbers(page):
    """The link decodes to a table with the series of the figure."""
    address = next(address for address in Outline(page).values("href") if address.startswith("data:"))
    table = base64.b64decode(address.partition("base64,")[2]).decode()
    assert table.splitlines()[0] == "time,90 % interval low,90 % interval high,what happened,forecast"


def test_the_best_number_is_marked_for_eyes_and_ears(page):
    """Bold print has a word beside it for those who listen."""
    assert re.search(r'class="number best">1.000\s*<span class="spoken"> \(best\)</span>', page)


@pytest.mark.parametrize(("earned", "answer"), [("yes", "Yes."), ("no", "No."), ("unclear", "It cannot be told.")])
def test_the_verdict_is_on_top(earned, answer):
    """The answer comes before anything else."""
    page = render(bare(earned=earned))
    assert f"<strong>{answer}</strong>" in page
    assert f'class="verdict {earned}"' in page


def test_without_a_question_the_page_says_it_in_short():
    """And without a sentence it begins with its sections; the table of contents knows."""
    short, nothing = render(bare(earned=None)), render(bare(earned=None, verdict=""))
    assert "In short" in short
    assert "Did recurrence earn its keep?" not in short
    assert 'href="#verdict"' in short
    assert "verdict" not in nothing.partition("<body>")[2]


@pytest.mark.parametrize(
    "report",
    [
        bare(title=ATTACK),
        bare(verdict=ATTACK, task=ATTACK, created=ATTACK, version=ATTACK),
        bare(Section(title=ATTACK, text=(ATTACK,))),
        bare(Section(title="s", tables=(Table(title=ATTACK, columns=(Column(name=ATTACK),), rows=((ATTACK,),)),))),
        bare(data_section({ATTACK: ATTACK}, columns=[{ATTACK: ATTACK}], notes=[ATTACK])),
        bare(settings_section({ATTACK: (ATTACK, ATTACK)})),
    ],
    ids=["title", "head", "section", "table", "data", "settings"],
)
def test_words_from_the_data_are_only_words(report):
    """Markup in a name of a file, a column or a label is shown, not obeyed."""
    outline = Outline(render(report))
    assert not {"script", "img"} & set(outline.tags)


def test_names_in_figures_are_only_words(make_forecast, make_classes, make_values):
    """Markup in targets, keys and classes stays text in drawings, legends and captions."""
    sections = (
        *forecast_sections(make_forecast(targets=(ATTACK,), keys=(ATTACK, "b"))),
        *class_sections(make_classes(classes=(ATTACK, "b"))),
        *value_sections(make_values()),
    )
    outline = Outline(render(bare(*sections)))
    assert not {"script", "img"} & set(outline.tags)
    assert "onerror" not in [name for name, _ in outline.attributes]


def test_a_wide_panel_is_drawn_for_a_desk_and_for_a_phone(page):
    """Long series have a second, narrower drawing."""
    assert page.count('class="at-desk"') == page.count('class="at-hand"') > 0


def test_drawings_speak(page):
    """Every drawing has a name for a screen reader."""
    assert len(Outline(page).values("aria-label")) >= page.count("<svg")


def test_a_report_stays_small(make_forecast):
    """A long test part is thinned before it is drawn."""
    page = render(bare(*forecast_sections(make_forecast(windows=4_000, horizon=24))))
    assert len(page) < 1_500_000
