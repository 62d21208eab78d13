"""A toy peer, and records without a measurement."""

import sys

import pytest

from benchmarks.speed.case import Case
from benchmarks.speed.process import Cores, Peers, Process
from benchmarks.speed.record import Figure, Measurement, Record


@pytest.fixture
def peers():
    """Peers of which each is the toy, but for one that is not installed."""

    def start(peer, cores):
        name = "nowhere" if peer == "missing" else "tests.benchmarks.speed.toy_peer"
        return Process([sys.executable, "-m", name], cores.environment(own=True))

    made = Peers(Cores(1), start)
    yield made
    made.close()


@pytest.fixture
def record():
    """Makes a record of one row: for each case what each who takes part needs in each of two rounds."""

    def make(*cases, row="row", threads=1, small=False):
        measurements = [
            Measurement(
                case=Case("train", hidden=hidden).to_json(),
                name=f"LSTM H{hidden}",
                figures=tuple(
                    Figure(who=who, reason=value)
                    if isinstance(value, str)
                    else Figure.of(who, [[value], [value]], facts={"operations": 100.0})
                    for who, value in needed.items()
                ),
            )
            for hidden, needed in cases
        ]
        return Record(
            row=row,
            threads=threads,
            small=small,
            seconds=60.0,
            measurements=tuple(measurements),
            versions={"torch_nn": {"torch": "2.13.0"}},
            processor={"architecture": "x86_64", "vector": "AVX512", "cores": 2},
        )

    return make
