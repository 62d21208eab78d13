"""torch without the shapes of what its operations give."""

import subprocess
import sys
from pathlib import Path
from typing import get_args

from seqloom.cli.late_shapes import SHAPES, late_shapes
from seqloom.model.settings import Cell

GOLDEN = Path(__file__).parents[1] / "artifact" / "golden"
ANSWERING = f"""
import sys
from seqloom.cli.late_shapes import late_shapes
with late_shapes():
    import seqloom.cli.stream
def loaded():
    return "{SHAPES}" in sys.modules
"""
LOADED = """
from seqloom.artifact import load
for path in sys.argv[1:]:
    load(path)
print(loaded())
"""
BUILT = """
import torch
from seqloom.artifact import load
from seqloom.model import build
for path in sys.argv[1:]:
    model = load(path).model
    for cell in CELLS:
        with torch.device("meta"):
            build(model.task, model.settings.model_copy(update={"cell": cell, "activation": None}), model.sizes)
print(loaded())
"""
TRACED = """
import torch
before, function = loaded(), torch.compile(lambda x: 2 * x, backend="eager")
print(before, function(torch.ones(1)).item(), loaded(), torch.ones(2, device="meta").flip(0).shape[0])
"""

WANTED = """
import sys
from seqloom.cli.late_shapes import SHAPES, late_shapes
with late_shapes():
    import torch
    from torch._meta_registrations import register_meta
real = sys.modules[SHAPES]
print(real.register_meta is register_meta, real.__file__ is not None, torch.ones(2, device="meta").flip(0).shape[0])
"""


def printed(code, *words):
    """What a fresh process prints that has loaded what answers readings, and nothing for those who trace programs."""
    done = subprocess.run([sys.executable, "-c", ANSWERING + code, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_models_of_all_tasks_are_loaded_late_shapes():
    """And answer as they did when they were saved, which loading tries."""
    assert printed(LOADED, *map(str, sorted(GOLDEN.glob("[!v]*.loom")))) == ["False"]


def test_networks_of_all_cells_are_described_late_shapes():
    """No operation of theirs lacks what is left out."""
    code = BUILT.replace("CELLS", repr(get_args(Cell)))
    assert printed(code, str(GOLDEN / "forecast.loom"), str(GOLDEN / "classify.loom")) == ["False"]


def test_who_traces_a_program_has_the_shapes_after_all():
    """They are loaded by what needs them."""
    assert printed(TRACED) == ["False", "2.0", "True", "2"]


def test_a_torch_that_is_loaded_stays_as_it_is():
    """Nothing is put in the place of anything."""
    before = sys.modules.get(SHAPES)
    with late_shapes():
        assert sys.modules.get(SHAPES) is before


def test_a_plug_in_of_a_device_that_wants_shapes_has_them():
    """Such packages are loaded while torch is."""
    done = subprocess.run([sys.executable, "-c", WANTED], capture_output=True, text=True, check=False)
    assert done.stdout.split() == ["True", "True", "2"], done.stderr
