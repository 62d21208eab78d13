"""Starting up stays light: what is not asked for is not loaded."""

import resource
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("torch", "polars", "pyarrow", "pandas", "scipy", "sklearn", "statsmodels", "matplotlib", "pydantic")
LATE = ("polars", "pyarrow", "pandas", "sklearn", "statsmodels", "matplotlib", "jinja2", "rich", "river", "psycopg")
LATE_PARTS = ("scipy.special", "scipy.fft", "scipy.stats", "torch._dynamo", "torch._inductor", "numba.np.linalg")
COMMAND = Path(sys.executable).with_name("seqloom")


def loaded_by(statement: str) -> set[str]:
    """The top-level packages a fresh interpreter holds after one statement."""
    code = f"import sys; {statement}; print(*{{name.partition('.')[0] for name in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def processor_seconds(command: list[str]) -> float:
    """Median processor time of five runs: unlike the clock on the wall, it is not stretched by a busy machine."""
    seconds = []
    for _ in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return statistics.median(seconds)


@pytest.mark.parametrize("package", HEAVY)
def test_importing_seqloom_leaves_heavy_packages_alone(package):
    """`import seqloom` loads none of the packages that take long to load."""
    assert package not in loaded_by("import seqloom")


def test_a_loaded_package_is_seen():
    """The look at the loaded packages notices one that was imported."""
    assert "decimal" in loaded_by("import decimal")


def test_import_takes_at_most_a_second():
    """`import seqloom` takes at most one second of processor time."""
    assert processor_seconds([sys.executable, "-c", "import seqloom"]) <= 1.0


def test_help_takes_at_most_half_a_second():
    """`seqloom --help` answers within half a second of processor time."""
    assert processor_seconds([str(COMMAND), "--help"]) <= 0.5


def test_help_leaves_torch_alone():
    """The command line's first page is shown without loading torch."""
    assert "torch" not in loaded_by("from seqloom.cli.main import run; run(['--help'])")


@pytest.mark.parametrize("command", ["stream", "serve"])
def test_a_start_loads_only_what_answers_readings(command):
    """What reads tables, draws, tests or compiles waits until somebody needs it: streams are answered sooner."""
    code = f"import sys, seqloom.cli.{command}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) & {*LATE, *LATE_PARTS} == set()


def test_the_command_line_rests_the_collector_while_it_loads():
    """Between the imports of a command no garbage is collected, which would look through all that was loaded so far."""
    watch = "import gc; passes = []; gc.callbacks.append(lambda phase, info: passes.append(info['generation']))"
    run = "from seqloom.cli.main import run; passes.clear(); run(['stream', '--help']); print(passes.count(2))"
    done = subprocess.run([sys.executable, "-c", f"{watch}; {run}"], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "0"
