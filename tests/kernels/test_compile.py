"""Compiled code that is kept on disk."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from seqloom.kernels import compile as compiling
from seqloom.kernels.compile import compiled, digest, entry, inlined


@compiled
def doubled(numbers):
    """Twice the sum, by a function that is compiled into it."""
    return plus(numbers.sum(), numbers.sum())


@inlined
def plus(x, y):
    """A sum."""
    return x + y


def test_a_compiled_function_computes_what_its_source_says():
    """Also through a function compiled into it."""
    assert doubled(np.arange(4.0)) == 12.0


def test_a_function_that_is_compiled_into_others_runs_as_it_stands():
    """So that the interpreter may call it too."""
    assert plus("a", "b") == "ab"


def test_an_entry_is_the_code_without_the_question_of_types():
    """For other values of the same types; what is no array at all is refused."""
    direct = entry(doubled, np.arange(4.0))
    assert direct(np.arange(5.0)) == doubled(np.arange(5.0)) == 20.0
    with pytest.raises(TypeError, match="can't unbox"):
        direct(3.0)


def test_the_digest_is_of_all_sources(tmp_path):
    """A change in any of them, or of a name, makes another one."""
    (tmp_path / "a.py").write_text("1")
    (tmp_path / "b.py").write_text("2")
    first = digest(tmp_path)
    (tmp_path / "b.py").write_text("3")
    second = digest(tmp_path)
    (tmp_path / "b.py").rename(tmp_path / "c.py")
    assert len({first, second, digest(tmp_path)}) == 3


def test_what_is_kept_is_named_by_the_digest():
    """So that it is not taken for good after another file of the engine has changed."""
    doubled(np.ones(3))
    kept = list(Path(doubled._cache.cache_path).glob(f"*doubled*{compiling.DIGEST[:16]}*.nbi"))
    assert len(kept) == 1


def test_what_cannot_be_read_is_compiled_again(monkeypatch):
    """An index may name types that are no longer there."""
    monkeypatch.setattr(compiling.FunctionCache, "_load_overload", refuse)
    function = compiled(tripled)
    assert function(2) == 6


def test_what_is_kept_is_read_without_numbas_library(tmp_path):
    """A second process has the same answer, and never loads what only compiling needs."""
    program = (
        "import sys, numpy; from seqloom.kernels.layer import starts;"
        "print(*starts(numpy.array([2, 1]), False), 'numba.np.linalg' in sys.modules)"
    )
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(tmp_path)}
    first, second = (
        subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
        for _ in range(2)
    )
    assert first.stdout == "[0 2 3] [0 1 2] True\n"
    assert second.stdout == "[0 2 3] [0 1 2] False\n"


def test_where_nothing_can_be_written_every_process_compiles(monkeypatch):
    """A read-only file system is no reason not to run."""

    def nowhere(_):
        raise RuntimeError("cannot cache function: no locator available")

    monkeypatch.setattr(compiling, "_Kept", nowhere)
    function = compiled(tripled)
    assert function(2) == 6
    assert function._cache.cache_path is None


def tripled(x):
    """Three times."""
    return 3 * x


def refuse(*_):
    """As when a module is missing."""
    raise ModuleNotFoundError("gone")


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_compiled_function_serves_both_precisions(dtype):
    """It is compiled for each."""
    assert doubled(np.ones(3, dtype)) == 6
