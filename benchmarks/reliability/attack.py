"""A server attacked by its own description, with schemathesis: as administrator, as client, and as a stranger.

scripts/attack-server [SECONDS]     so many for each of the three; 30
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.serve.measure import model
from benchmarks.serve.process import Server

TOOL = Path(__file__).parents[2] / ".peers" / "schemathesis" / "bin" / "schemathesis"
WHO = ("administrator", "client", "stranger")
SETTINGS = """
[parameters]
"path.model" = "model"
[checks.positive_data_acceptance]
expected-statuses = ["2xx", 401, 403, 404, 409, 412, 422, 429]
[checks.negative_data_rejection]
expected-statuses = [400, 401, 403, 404, 405, 409, 412, 413, 415, 422, 429]
[[operations]]
include-path-regex = "^/v1/(readings|predict)$"
[operations.checks.negative_data_rejection]
expected-statuses = [200, 400, 401, 403, 404, 405, 409, 412, 413, 415, 422, 429]
[[operations]]
include-path-regex = "/infer$"
[operations.checks.positive_data_acceptance]
expected-statuses = ["2xx", 400, 401, 403, 404, 409, 412, 422, 429]
"""
"""What no schema knows: a field of the right type may be no column of this model, a snapshot has a checksum, a header
says how long a part of a body is, and many readings are each answered in their place, with 200."""


def attack(server: Server, folder: Path, who: str, seconds: int) -> bool:
    """Whether the server held."""
    print(f"as {who}", file=sys.stderr, flush=True)
    header = [] if who == "stranger" else ["--header", f"Authorization: Bearer {who}-of-an-attack"]
    words = [str(TOOL), "run", f"http://127.0.0.1:{server.port}/openapi.json", *header, "--checks", "all"]
    words += ["--continue-on-failure", "--warnings", "off", "--max-time", str(seconds), "--generation-database", "none"]
    return subprocess.run(words, cwd=folder, check=False).returncode == 0


def main() -> int:
    """Attack; 1 where the server did not hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("seconds", type=int, nargs="?", default=30)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "schemathesis.toml").write_text(SETTINGS)
        options = []
        for who, option in zip(WHO, ("--admin-token-file", "--token-file"), strict=False):
            (folder / who).write_text(f"{who}-of-an-attack")
            options += [option, str(folder / who)]
        with Server(model(folder), folder / "streams.db", options) as server:
            held = [attack(server, folder, who, given.seconds) for who in WHO]
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
