"""Starting up stays light: what is not asked for is not loaded."""

import resource
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("torch", "polars", "pyarrow", "pandas", "scipy", "sklearn", "statsmodels", "matplotlib", "pydantic")
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
