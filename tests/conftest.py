"""What every test may ask for."""

import os
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import settings

from seqloom.cli.main import run

settings.register_profile("repeatable", derandomize=True, max_examples=50)  # a green run stays green
settings.load_profile("repeatable")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of public data sets, named by SEQLOOM_DATA or found beside the checkout."""
    named = os.environ.get("SEQLOOM_DATA")
    folder = Path(named) if named else Path(__file__).resolve().parents[2] / "shared" / "data"
    if not (folder / "README.md").is_file():
        pytest.skip("the public data sets are not at hand: set SEQLOOM_DATA to their folder")
    return folder


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of the engine run in one process, as two would compile the same code; long tests begin first."""
    for item in items:
        if item.path.parent.name in ("kernels", "nn"):
            item.add_marker(pytest.mark.xdist_group("engine"))
    items.sort(key=lambda item: 0 if item.get_closest_marker("xdist_group") else 1 if is_long(item) else 2)


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
