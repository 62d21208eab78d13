"""The report on live streams."""

import re

import numpy as np
import pytest

from seqloom.monitor import Alert, Facts, Hits, Input, Monitor, Numbers
from seqloom.report import server_of, verdict_of, watch_report
from tests.monitor.conftest import DIGEST, make_record

NORMAL = Numbers.of([np.random.default_rng(0).normal(10, 1, size=2000)])
INPUT = Input("load <x>", labels=False, reference=NORMAL)
FACTS = Facts(DIGEST, "tag", ("mode",), (INPUT,), {"right answers": Hits.of([])})


def standing(shift, count=600):
    """How it stands after readings whose later half is shifted."""
    rng, monitor = np.random.default_rng(1), Monitor(FACTS)
    values = rng.normal(10, 1, count) + shift * (np.arange(count) > count / 2)
    monitor.see(
        [make_record(seq, {"load <x>": value}, {"prediction": "a"}) for seq, value in enumerate(values.tolist())]
    )
    return monitor.standing()


@pytest.mark.parametrize(
    ("shift", "count", "earned", "verdict"),
    [
        (3.0, 600, "no", r"1 of 3 signals drifted: input load <x>\."),
        (0.0, 600, "yes", r"None of the 1 signals of which enough is known drifted\."),
        (0.0, 8, "unclear", r"There is too little to tell"),
    ],
)
def test_the_verdict_says_how_everything_stands(shift, count, earned, verdict):
    """In one sentence and in one word."""
    report = watch_report(standing(shift, count), "Streams of m.loom")
    assert (report.earned, report.question) == (earned, "Are its streams what they were in training?")
    assert re.match(verdict, report.verdict)


def test_signals_are_a_table_and_pictures():
    """Those that drifted come first, with what is usual in the units of the data."""
    report = watch_report(standing(3.0), "Streams of m.loom")
    table = report.sections[0].tables[0]
    assert table.rows[0][:3] == ("load <x>", "input", "drift")
    assert table.rows[0][3] == pytest.approx(10, abs=0.1)
    assert table.rows[0][4] > 12
    figure = report.figure("input-over-time")
    band, line, rule = figure.panels[0].marks
    assert band.low[0] == pytest.approx(9, abs=0.1)
    assert len(line.y) == 40
    assert 300 < rule.at < 400


def test_the_page_escapes_what_came_from_the_data():
    """As every report does."""
    page = watch_report(standing(3.0), "Streams of m.loom").to_html()
    assert "load &lt;x&gt;" in page
    assert "load <x>" not in page
    assert "Are its streams what they were in training?" in page


def test_a_standing_without_histories_is_a_report_without_pictures():
    """All else is told."""
    plain = standing(0.0)
    plain["signals"] = [{k: v for k, v in one.items() if k != "history"} for one in plain["signals"]]
    report = watch_report(plain, "x")
    assert report.figure("input-over-time") is None
    assert ("records", "600") in report.sections[-1].tables[0].rows
    assert verdict_of(plain).startswith("None of the")


def test_what_knows_only_its_own_first_values_says_so():
    """In the table, and above it what that means."""
    rng, monitor = np.random.default_rng(1), Monitor(FACTS)
    monitor.see([make_record(seq, {}, {"level": float(rng.normal())}) for seq in range(2000)])
    section = watch_report(monitor.standing(), "Streams of m.loom").sections[0]
    assert {row[0]: row[-1] for row in section.tables[0].rows}["level"] == "compared with its own first values"
    assert "compared with its own first values" in section.text[0]


SERVER = {
    "seconds": 60,
    "answers": 1200,
    "p50": 0.0021,
    "p99": 0.0154,
    "readings_per_second": 812.53,
    "refused": 0.0,
    "failed": 0.0125,
}


def test_how_a_server_does_is_a_sentence_of_its_own():
    """And what it says of itself stands in the verdict."""
    alert = Alert("raised", "server: answers", 1, "share of failed answers", "limit", 0.01, 0.0125, DIGEST)
    found = standing(0.0) | {"server": SERVER}
    found["alerts"] = found["alerts"] | {"active": [alert.to_json()]}
    report = watch_report(found, "Streams of m.loom")
    assert report.verdict.endswith("share of failed answers is 0.0125, at most 0.01 is allowed.")
    (section,) = [one for one in report.sections if one.title == "Server"]
    assert section.text[0] == (
        "The server read 812.5 readings per second in the last 60 seconds; half of 1200 calls were answered within "
        "2.1 ms, 99 % within 15.4 ms; 0.00% were refused, 1.25% failed."
    )
    assert "answered nothing in the last 60" in server_of(SERVER | {"answers": 0, "p50": None, "p99": None})


def test_classes_have_a_table_where_truths_were_told():
    """Escaped as everything from the data."""
    one = {"label": "<on>", "true": 4, "answered": 3, "right": 3, "precision": 1.0, "recall": 0.75}
    report = watch_report(standing(0.0) | {"classes": [one]}, "x")
    (section,) = [part for part in report.sections if part.title == "Classes"]
    assert section.tables[0].rows == (("<on>", 4, 3, 3, 1.0, 0.75),)
    assert "&lt;on&gt;" in report.to_html()
    assert not [part for part in watch_report(standing(0.0), "x").sections if part.title == "Classes"]
