"""How long one waits: for help, for the package, for one answer."""

import os
import subprocess
import sys
import time
import types

import numpy as np
import pytest

import seqloom
from seqloom import Forecaster

LOADED_MACHINE = 3
"""What a busy machine may add to processor time: other processes share its caches and its clock rate."""

MEASURED = """
import resource, sys
{code}
used = resource.getrusage(resource.RUSAGE_SELF)
print(used.ru_utime + used.ru_stime, *sorted({{name.partition('.')[0] for name in sys.modules}}))
"""


def measured(code):
    """Processor seconds of a fresh process that runs this code, and the packages it has then."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURED.format(code=code)], capture_output=True, text=True, check=True
    )
    seconds, *packages = done.stdout.splitlines()[-1].split()
    return float(seconds), set(packages)


def test_help_comes_in_half_a_second():
    """`seqloom --help` is there before one wonders."""
    seconds, _ = measured("from seqloom.cli.main import run; run(['--help'])")
    assert seconds <= 0.5 * LOADED_MACHINE


@pytest.mark.parametrize("code", ["import seqloom", "from seqloom.cli.main import run; run(['--help'])"])
def test_heavy_packages_wait_until_they_are_needed(code):
    """Neither the import nor the help loads torch, Polars, scikit-learn or what else takes its time."""
    _, packages = measured(code)
    assert (
        packages & {"torch", "polars", "sklearn", "scipy", "statsmodels", "matplotlib", "pandas", "numpy", "numba"}
        == set()
    )


@pytest.mark.parametrize(
    ("given", "expected"),
    [({}, "5000"), ({"GOMP_SPINCOUNT": "7"}, "7"), ({"OMP_WAIT_POLICY": "active"}, "None")],
)
def test_idle_threads_of_torch_wait_briefly_unless_the_user_says_otherwise(given, expected):
    """What was set stays; otherwise spinning threads leave the processors to those that work."""
    others = {name: value for name, value in os.environ.items() if name not in ("GOMP_SPINCOUNT", "OMP_WAIT_POLICY")}
    code = "import os, seqloom; print(os.environ.get('GOMP_SPINCOUNT'))"
    done = subprocess.run([sys.executable, "-c", code], env=others | given, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == expected


def test_the_import_takes_less_than_a_second():
    """`import seqloom` costs next to nothing."""
    seconds, _ = measured("import seqloom")
    assert seconds <= 1.0


@pytest.mark.parametrize("name", [name for name in seqloom.__all__ if name != "__version__"])
def test_public_names_are_there_when_asked_for(name):
    """Every public name is a class or a function, and no room of its name hides it."""
    assert callable(getattr(seqloom, name))
    assert not isinstance(getattr(seqloom, name), types.ModuleType)


def test_other_names_are_not_there():
    """A name that is not public raises what Python raises."""
    with pytest.raises(AttributeError, match="module 'seqloom' has no attribute 'Forcaster'"):
        _ = seqloom.Forcaster


def test_the_public_names_are_listed():
    """`dir` lists what can be used."""
    assert dir(seqloom) == sorted(seqloom.__all__)


def test_one_forecast_takes_ten_milliseconds():
    """A fitted forecaster answers one table in 10 ms of processor time, in the median of many calls."""
    table = {"load": 10 + np.sin(np.arange(500) / 4)}
    model = Forecaster(horizon=24, lookback=72, epochs=1).fit(table, target="load")
    times = []
    for _ in range(30):
        start = time.process_time()
        model.predict(table)
        times.append(time.process_time() - start)
    assert np.median(times) <= 0.010 * LOADED_MACHINE
