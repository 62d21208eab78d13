"""What cannot be collected: a module behind an optional package that is not there."""

from importlib.util import find_spec

collect_ignore = [] if find_spec("triton") else ["src/seqloom/kernels/triton_scan.py"]
