"""What a training changes in its process, and puts back."""

import ctypes
import subprocess
import sys
from types import SimpleNamespace

import pytest
import torch

from seqloom.train.choose import choose
from seqloom.train.settings import TrainSettings
from seqloom.train.surroundings import kept_memory, own_surroundings

PROGRAM = """
import resource
from contextlib import nullcontext
import numpy as np
from seqloom.train.surroundings import kept_memory

def faults():
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt

def fill():
    for _ in range(10):
        arrays = [np.ones(1 << 22, dtype=np.uint8) for _ in range(24)]
        del arrays

for surroundings in (nullcontext(), kept_memory(), nullcontext()):
    with surroundings:
        fill()
        before = faults()
        fill()
        print(faults() - before)
"""


def settings(**choices):
    """Settings, resolved."""
    return choose(TrainSettings(**choices), examples=10, steps=10, parameters=10)


def test_the_caller_s_random_state_and_threads_are_put_back():
    """As if nothing had been drawn, and though the run failed."""
    torch.manual_seed(3)
    expected, threads = torch.rand(2), torch.get_num_threads()
    torch.manual_seed(3)

    def fail():
        """A run that draws, and ends early."""
        with own_surroundings(settings(seed=1, threads=threads + 1)):
            assert torch.get_num_threads() == threads + 1
            torch.rand(5)
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError, match="stop"):
        fail()
    assert torch.equal(torch.rand(2), expected)
    assert torch.get_num_threads() == threads


def test_a_run_has_the_random_numbers_of_its_seed():
    """Whatever was drawn before it."""
    drawn = []
    for seed in (5, 5, 6):
        with own_surroundings(settings(seed=seed)):
            drawn.append(torch.rand(3))
        torch.rand(7)
    assert torch.equal(drawn[0], drawn[1])
    assert not torch.equal(drawn[0], drawn[2])


@pytest.mark.skipif(sys.platform != "linux", reason="mallopt is glibc's")
def test_freed_memory_is_used_again_while_a_run_lasts():
    """Two dozen arrays of 4 MiB, again and again: a page is mapped once, not each time; afterwards as before."""
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    before, within, after = (int(count) for count in done.stdout.split())
    assert within < 100 < before
    assert after > 100


@pytest.mark.parametrize("library", [SimpleNamespace(), None])
def test_without_glibc_nothing_is_done(monkeypatch, library):
    """A C library without `mallopt` is left alone, and on other systems none is asked for."""
    monkeypatch.setattr(ctypes, "CDLL", lambda _: library)
    monkeypatch.setattr(sys, "platform", "win32" if library is None else "linux")
    entered = False
    with kept_memory():
        entered = True
    assert entered
