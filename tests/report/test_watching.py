"""The report on live streams."""

import re

import numpy as np
import pytest

from seqloom.monitor import Facts, Hits, Input, Monitor, Numbers
from seqloom.report import verdict_of, watch_report
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
    """And what a server adds is shown."""
    plain = standing(0.0)
    plain["signals"] = [{k: v for k, v in one.items() if k != "history"} for one in plain["signals"]]
    report = watch_report(plain | {"server": {"p99 seconds": 0.01}}, "x")
    assert report.figure("input-over-time") is None
    assert ("p99 seconds", "0.01000") in report.sections[-1].tables[0].rows
    assert verdict_of(plain).startswith("None of the")
