import re
from pathlib import Path

import pytest

from benchmarks.speed import reports
from benchmarks.speed.catalogue import every, named
from benchmarks.speed.process import OWN, REPOSITORY
from benchmarks.speed.target import NAMES, AtMost, Faster, ShareOfPeak

ROWS = every()
REQUIREMENTS = REPOSITORY / "benchmarks" / "speed" / "requirements"
UNCALLED = {"cold", "cached", "import", "cut", "learn", "write", "translate"} | set(reports.WORK)


def who_of(target):
    """Those a target is about."""
    match target:
        case Faster(others=others, us=us):
            return {*others, us}
        case AtMost(who=who) | ShareOfPeak(who=who):
            return {who}


def test_names_of_rows_are_unique():
    """No record hides another."""
    assert len({row.name for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_cases_of_a_row_are_told_apart(row):
    """Each has a name of its own."""
    assert len({case.name for case in row.cases}) == len(row.cases)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_targets_are_about_those_who_take_part_and_cases_there_are(row):
    """No target is left unmeasured by a slip of the pen."""
    for target in row.targets:
        assert who_of(target) <= set(row.taking_part)
        assert any(all(getattr(case, n) in values for n, values in target.where.items()) for case in row.cases)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_who_takes_part_is_known(row):
    """Each has a file, a name for the page and, where it is not of the package, an environment to be made from pins."""
    for who in set(row.taking_part) - UNCALLED:
        peer = who.partition("/")[0]
        assert who in NAMES
        assert (REPOSITORY / "benchmarks" / "speed" / "peers" / f"{peer}.py").exists()
        assert peer in OWN or (REQUIREMENTS / f"{peer}.txt").exists()


@pytest.mark.parametrize("place", sorted(REQUIREMENTS.glob("*.txt")), ids=lambda place: place.stem)
def test_environments_are_pinned(place):
    """Every line names one version, and torch's is the one the package is tested with."""
    lines = place.read_text(encoding="utf-8").split()
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.]+", line) for line in lines)
    pinned = Path(REPOSITORY / "constraints.txt").read_text(encoding="utf-8").split()
    assert all(line in pinned for line in lines if line.startswith("torch=="))


def test_an_unknown_row_is_refused_with_those_there_are():
    """The message lists them."""
    with pytest.raises(LookupError, match=r"expected one of .*training.*, came 'trainings'"):
        named(["trainings"])
