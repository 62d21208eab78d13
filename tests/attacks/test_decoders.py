"""What makes something of bytes from outside: whatever they are, nothing but the package's own errors is raised."""

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.attacks.decoders import DECODERS

ROOT = Path(__file__).parents[2]
PIECES = st.binary(max_size=6) | st.sampled_from(
    [b"[" * 40, b'{"', b"null", b"-1", b"1e400", b"\xff\xff\xff\xff", b"\\ud800"]
)
CHANGES = st.lists(st.tuples(st.integers(0, 500), st.integers(0, 8), PIECES), max_size=4)


@pytest.mark.parametrize("name", DECODERS)
def test_a_fuzzer_begins_with_bytes_that_are_taken(name):
    """Otherwise it would never come far."""
    decoder = DECODERS[name]
    for seed in decoder.seeds:
        decoder.take(seed)


@pytest.mark.parametrize("name", DECODERS)
@settings(max_examples=150, deadline=None)
@given(place=st.integers(0, 5), changes=CHANGES)
def test_damaged_bytes_are_taken_or_refused(name, place, changes):
    """A few pieces of a good example, cut out and replaced."""
    seeds = DECODERS[name].seeds
    raw = seeds[place % len(seeds)]
    for start, length, piece in changes:
        raw = raw[: start % (len(raw) + 1)] + piece + raw[start % (len(raw) + 1) + length :]
    DECODERS[name](raw)


@pytest.mark.skipif(find_spec("atheris") is None, reason="atheris is not installed; scripts/fuzz brings it")
@pytest.mark.parametrize("name", DECODERS)
def test_bytes_that_are_led_by_what_they_reach_find_nothing(name, tmp_path):
    """Some thousand of them; `scripts/fuzz` tries millions."""
    words = [
        sys.executable,
        "-W",
        "ignore",
        "tests/attacks/fuzz.py",
        name,
        "-runs=3000",
        f"-artifact_prefix={tmp_path}/",
    ]
    environment = os.environ | {"OMP_NUM_THREADS": "1", "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])}
    done = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
