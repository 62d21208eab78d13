"""What the seconds of a run depend on: versions and the class of processor, nothing that names a machine."""

import os
import platform
from typing import Any

import numpy as np
import torch

from seqloom import __version__


def versions() -> dict[str, str]:
    """Versions of what computes."""
    return {
        "seqloom": __version__,
        "python": platform.python_version(),
        "torch": torch.__version__,
        "numpy": np.__version__,
    }


def processor() -> dict[str, Any]:
    """Architecture, vector instructions, cores of the machine."""
    return {
        "architecture": platform.machine(),
        "vector": torch.backends.cpu.get_cpu_capability(),
        "cores": os.cpu_count() or 1,
    }
