"""Attacks one decoder with bytes that are led by what they reach; see `scripts/fuzz`.

python tests/attacks/fuzz.py memory -max_total_time=60
"""

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["seqloom.artifact", "seqloom.live", "seqloom.serve"]):
    from tests.attacks.decoders import DECODERS


def main() -> None:
    """Begin with the seeds of the decoder that is named, and end at what it does not take."""
    name, *options = sys.argv[1:]
    decoder = DECODERS[name]
    with tempfile.TemporaryDirectory() as folder:
        for place, seed in enumerate(decoder.seeds):
            Path(folder, str(place)).write_bytes(seed)
        atheris.Setup([sys.argv[0], *options, "-max_len=4096", folder], decoder)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
