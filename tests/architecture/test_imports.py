"""Starting up stays light: what is not asked for is not loaded."""

import resource
import statistics
import subprocess
import sys
from itertools import chain
from pathlib import Path

import pytest

from seqloom.artifact import Bundle, Golden, save
from seqloom.estimators import FitSettings, plan, walk
from seqloom.read import read
from seqloom.simple import METHODS
from tests.estimators.test_method import OF_WORDS, rows, sentences

HEAVY = ("torch", "polars", "pyarrow", "pandas", "scipy", "sklearn", "statsmodels", "matplotlib", "pydantic")
LATE = ("polars", "pyarrow", "pandas", "sklearn", "statsmodels", "matplotlib", "jinja2", "rich", "river", "psycopg")
FITTING = {"sklearn", "statsmodels", "scipy", "pandas"}
LATE_PARTS = ("scipy.special", "scipy.fft", "scipy.stats", "torch._dynamo", "torch._inductor", "numba.np.linalg")
NUMBA = {"scipy", "scipy.version", "scipy.linalg"}
"""What numba loads itself: which scipy there is, and where its matrix products are."""
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


ANSWER = """
import sys, seqloom.cli.stream
from seqloom.artifact import load
from seqloom.live import Call, LiveStreams, Stepper, example
for path in sys.argv[1:]:
    bundle = load(path)
    stepper = Stepper(bundle)
    name, readings = example(stepper.form, stepper.examples, bundle.model.sizes.horizon)
    with LiveStreams(bundle) as streams:
        (reply,) = streams.read([Call(name, readings)])
    assert reply.error is None and "waiting" not in reply.answers[-1][1], (path, reply)
print(*sys.modules)
"""
"""Reads the examples that artifacts carry, reading by reading."""


def saved(task: str, method: str, folder: Path) -> Path:
    """An artifact of a simple method, fitted to a small table."""
    if method in OF_WORDS:
        words, tags = sentences()
        table = {
            "word": [*chain(*words)],
            "y": [*chain(*tags)],
            "id": [place for place, own in enumerate(words) for _ in own],
        }
        given = {"target": ["y"], "group": "id"}
    else:
        table, given = rows(task, method)
    settings = FitSettings.flat({"task": task, "method": method, **given})
    dataset = read(table, settings=settings.reading)
    found = walk(plan(dataset, settings))
    golden = Golden.record(found.model, found.pipeline, found.parts.dataset)
    bundle = Bundle(found.model, found.pipeline, found.parts.dataset.schema, golden)
    return save(bundle, folder / f"{method}.loom")


@pytest.mark.parametrize("task", METHODS)
def test_simple_methods_answer_without_the_libraries_that_fit_them(task, tmp_path):
    """A stream of every saved method of a task is answered by its numbers alone."""
    paths = [str(saved(task, method.name, tmp_path)) for method in METHODS[task]]
    done = subprocess.run([sys.executable, "-c", ANSWER, *paths], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    parts = {".".join(name.split(".")[:2]) for name in done.stdout.split()}
    found = {part for part in parts - NUMBA if part.partition(".")[0] in FITTING and "._" not in part}
    assert found == set()


def test_the_command_line_rests_the_collector_while_it_loads():
    """Between the imports of a command no garbage is collected, which would look through all that was loaded so far."""
    watch = "import gc; passes = []; gc.callbacks.append(lambda phase, info: passes.append(info['generation']))"
    run = "from seqloom.cli.main import run; passes.clear(); run(['stream', '--help']); print(passes.count(2))"
    done = subprocess.run([sys.executable, "-c", f"{watch}; {run}"], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "0"
