"""What a turn came to, for people and for programs."""

import json
import math
from dataclasses import replace

from seqloom.evaluate import DieboldMariano
from seqloom.report import Report
from seqloom.retrain import Policy, Request, json_of, report_of, retrain, sentence_of


def test_an_outcome_is_told_in_every_form(registry, new, old):
    """A sentence, an object, a page."""
    outcome = retrain(registry, Request(data=new, earlier=old, policy=Policy(margin=1, jump=1)))
    told = json.loads(json.dumps(json_of(outcome)))
    assert (told["promoted"], told["champion"], told["challenger"]) == (True, 1, 2)
    assert [one["window"] for one in told["windows"]] == ["the recent window", "the hold-out"]
    assert told["windows"][0]["metrics"]["challenger"]["rmse"] < told["windows"][0]["metrics"]["champion"]["rmse"]
    assert told["sentence"] == sentence_of(outcome)
    report = report_of(outcome)
    assert Report.from_json(report.to_json()) == report
    page = report.to_html()
    for words in (
        "Champion and challenger",
        "wins on the recent window",
        "The hold-out",
        "Was the challenger promoted?",
    ):
        assert words in page
    assert report.earned == "yes"


def test_a_refusal_names_what_was_not_so(registry, new):
    """And the report says no."""
    outcome = retrain(registry, Request(data=new, settings={"epochs": 1, "learning_rate": 1e-9}))
    assert sentence_of(outcome).startswith("Version 1 stays the champion. The challenger fails: wins on the recent")
    assert (report_of(outcome).earned, json_of(outcome)["passed"]) == ("no", False)


def test_a_dry_run_that_would_promote_is_unclear(registry, new, old):
    """Nothing was decided."""
    request = Request(data=new, earlier=old, policy=Policy(margin=1, jump=1), dry=True)
    assert report_of(retrain(registry, request)).earned == "unclear"


def test_the_test_of_equal_accuracy_is_told_of_forecasts(registry, new):
    """In words, with the side it favours; numbers that are none become null."""
    outcome = retrain(registry, Request(data=new, settings={"epochs": 1}, dry=True))
    assert json_of(outcome)["windows"][0]["accuracy"] is None
    for found, words, plain in (
        (DieboldMariano(2.5, 0.0126, 6, 300), "(h = 6): 2.50 in favour of the challenger, p = 0.013.", 2.5),
        (DieboldMariano(-8.0, 1e-12, 6, 300), "(h = 6): -8.00 in favour of the champion, p < 0.001.", -8.0),
        (DieboldMariano(math.nan, math.nan, 6, 3), "(h = 6): 3 forecasts are too few.", None),
    ):
        told = replace(outcome, windows=(replace(outcome.windows[0], accuracy=found),))
        assert report_of(told).sections[1].text[-1].endswith(words)
        assert json.loads(json.dumps(json_of(told), allow_nan=False))["windows"][0]["accuracy"]["statistic"] == plain
