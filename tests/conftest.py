"""What every test may ask for."""

import gc
import os
from contextlib import redirect_stderr, redirect_stdout
from importlib.metadata import version
from importlib.util import find_spec
from io import StringIO
from pathlib import Path
from types import SimpleNamespace

import pytest
import torch
from hypothesis import settings

from seqloom.cli.main import run

TESTS = Path(__file__).resolve().parent

settings.register_profile("repeatable", derandomize=True, max_examples=50)  # a green run stays green
settings.load_profile("repeatable")

if not torch.cuda.is_available():
    os.environ.setdefault("TRITON_INTERPRET", "1")  # Triton reads it when it is first loaded


def pytest_collection_finish() -> None:
    """What thousands of tests consist of stays until the end: the collector need not look at it again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(params=["cuda", "interpreted"])
def scanning(request) -> torch.device:
    """Where kernels of Triton run: on a GPU, or on the processor, where Triton interprets them."""
    interprets = os.environ.get("TRITON_INTERPRET") == "1"
    if request.param == "cuda":
        reasons = {"no CUDA device": not torch.cuda.is_available(), "TRITON_INTERPRET is set": interprets}
    else:
        reasons = {
            "triton is not installed": find_spec("triton") is None,
            "kernels are compiled for the GPU: set TRITON_INTERPRET=1 to interpret them": not interprets,
            "interpreters before Triton 3.7 do not go with today's NumPy": find_spec("triton") is not None
            and version("triton") < "3.7",
        }
    for reason, applies in reasons.items():
        if applies:
            pytest.skip(reason)
    return torch.device("cuda" if request.param == "cuda" else "cpu")


@pytest.fixture
def triton_scan(scanning, monkeypatch):
    """The module of kernels; interpreted, which is slow, its chunks and blocks are small, so that there are several."""
    module = pytest.importorskip("seqloom.kernels.triton_scan")
    if scanning.type == "cpu":
        monkeypatch.setattr(module, "STEPS", 4)
        monkeypatch.setattr(module, "UNITS", 2)
    return module


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of public data sets, named by SEQLOOM_DATA or found beside the checkout."""
    named = os.environ.get("SEQLOOM_DATA")
    folder = Path(named) if named else Path(__file__).resolve().parents[2] / "shared" / "data"
    if not (folder / "README.md").is_file():
        pytest.skip("the public data sets are not at hand: set SEQLOOM_DATA to their folder")
    return folder


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A folder's tests share fitted models, those of the engine compiled code: they run in one process; others alone.

    Long tests, which belong to no such group unless they are the engine's, begin before other tests without one.
    """
    for item in items:
        if item.path.parent.name in ("kernels", "nn"):
            item.add_marker(pytest.mark.xdist_group("engine"))
        elif TESTS in item.path.parents and not is_long(item) and not item.get_closest_marker("xdist_group"):
            item.add_marker(pytest.mark.xdist_group(item.path.relative_to(TESTS).parts[0]))
    items.sort(key=lambda item: not is_long(item))


def is_long(item: pytest.Item) -> bool:
    """Whether a test takes more than a few seconds."""
    return item.get_closest_marker("slow") is not None or item.path.name == "test_code_blocks.py"


@pytest.fixture(scope="session")
def command():
    """Runs one command in this process: exit code, stdout and stderr."""

    def answer(*words):
        out, err = StringIO(), StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            code = run([str(word) for word in words])
        return SimpleNamespace(code=code, out=out.getvalue(), err=err.getvalue())

    return answer
