"""New processes: what the import and the first call of a cell take, compiled anew and compiled before."""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence

from benchmarks.speed.case import Case
from benchmarks.speed.process import REPOSITORY, Peers
from benchmarks.speed.record import Figure, Measurement
from benchmarks.speed.rounds import Effort

REPEATS = 5
PATIENCE = 300.0


def measure(case: Case, taking_part: Sequence[str], peers: Peers, effort: Effort) -> Measurement:
    """Seconds of the first call with an empty cache, with a full one, and of the import.

    Args:
        case: names the cell.
        taking_part: `cold`, `cached`, `import`.
        peers: say which cores and threads.
        effort: one round: once is enough.
    """
    repeats = min(REPEATS, effort.rounds)
    with tempfile.TemporaryDirectory() as folder:
        environment = peers.cores.environment(own=True) | {"NUMBA_CACHE_DIR": folder}
        found = {
            "cold": [_first(case, environment)],
            "cached": [_first(case, environment) for _ in range(repeats)],
            "import": [_imports(environment) for _ in range(repeats)],
        }
    figures = tuple(_figure(who, found[who]) for who in taking_part)
    return Measurement(case=case.to_json(), name=case.cell, figures=figures)


def _figure(who: str, found: list[float | str]) -> Figure:
    seconds = [[value] for value in found if isinstance(value, float)]
    reasons = [value for value in found if isinstance(value, str)]
    return Figure.of(who, seconds) if seconds else Figure(who=who, reason=reasons[0])


def _first(case: Case, environment: dict[str, str]) -> float | str:
    """Seconds, or why there are none."""
    ran = _run(["-m", "benchmarks.speed.first", case.cell], environment)
    if ran.returncode:
        return (ran.stderr.strip().splitlines() or ["without a word"])[-1][:300]
    return float(json.loads(ran.stdout.splitlines()[-1])["seconds"])


def _imports(environment: dict[str, str]) -> float:
    """Seconds of a process that imports, beyond one that does not."""
    spent = []
    for code in ("import seqloom", "pass"):
        start = time.perf_counter()
        _run(["-c", code], environment)
        spent.append(time.perf_counter() - start)
    return max(0.0, spent[0] - spent[1])


def _run(arguments: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=REPOSITORY,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
