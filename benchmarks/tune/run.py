"""Thirty trials on ETTh1 and on ten thousand film reviews, beside the defaults on the test part.

    python -m benchmarks.tune.run etth1 imdb [--data DIR] [--out DIR] [--trials N] [--workers N]

Everything stands in the folder of the output; the same call goes on where it was. The data sets are those of
`scripts/quality`.
"""

import argparse
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import polars as pl

from benchmarks.quality import data_folder
from benchmarks.tasks.etth1 import CHANNELS, FILE, PART, ROWS
from seqloom.estimators import as_yaml
from seqloom.read import read_fields

REVIEWS = 5_000
FIELDS = ("label", "rating", "id", "review")
FRAME: Mapping[str, tuple[str, ...]] = {
    "etth1": (
        *("--target", ",".join(CHANNELS), "--time", "date", "--horizon", "96", "--no-calendar", "--metrics-scaled"),
        *("--validation-size", str(PART), "--test-size", str(PART)),
        *("--segment", "24", "--supervise", "last", "--stride", "4"),
    ),
    "imdb": ("--target", "opinion", "--text", "review", "--max-tokens", "200"),
}
"""What is given, to defaults and trials alike: the protocol, and what lets a training take half a minute."""
SPACES: Mapping[str, Mapping[str, object]] = {
    "etth1": {
        "hidden_size": {"low": 16, "high": 128, "log": True},
        "layers": [1, 2],
        "cell": ["lstm", "gru", "rnn"],
        "activation": ["tanh", "relu"],
        "dropout": {"low": 0.0, "high": 0.7},
        "optimizer": ["adamw", "adam", "rmsprop"],
        "learning_rate": {"low": 0.0001, "high": 0.005, "log": True},
        "schedule": ["one-cycle", "cosine", "plateau", "none"],
        "batch_size": [32, 64, 128, 256],
        "epochs": {"low": 2, "high": 8},
        "lookback": [168, 336, 504, 720],
    },
    "etth1-wide": {
        "hidden_size": {"low": 16, "high": 96, "log": True},
        "cell": ["lstm", "gru"],
        "dropout": {"low": 0.0, "high": 0.7},
        "learning_rate": {"low": 0.0001, "high": 0.005, "log": True},
        "schedule": ["one-cycle", "cosine"],
        "batch_size": [64, 128],
        "epochs": {"low": 3, "high": 8},
        "lookback": [336, 504, 720],
        "linear": [24, 96, 336],
        "normalize": ["last", "middle", "mean"],
        "loss": ["mse", "mae", "huber"],
    },
    "imdb": {
        "hidden_size": {"low": 16, "high": 64, "log": True},
        "embedding": {"low": 16, "high": 64, "log": True},
        "cell": ["lstm", "gru"],
        "bidirectional": [True, False],
        "dropout": {"low": 0.2, "high": 0.8},
        "word_dropout": {"low": 0.0, "high": 0.4},
        "optimizer": ["adamw", "adam", "rmsprop"],
        "learning_rate": {"low": 0.001, "high": 0.02, "log": True},
        "schedule": ["one-cycle", "cosine", "plateau", "none"],
        "batch_size": [16, 32, 64],
        "epochs": {"low": 2, "high": 4},
        "pooling": ["mean", "max", "attention"],
    },
}
"""What is searched."""


def etth1(data: Path, folder: Path) -> list[str]:
    """The first 20 months of 30 days, as a file."""
    path = folder / "etth1.csv"
    pl.read_csv(data / FILE, n_rows=ROWS).write_csv(path)
    return [str(path)]


def imdb(data: Path, folder: Path) -> list[str]:
    """Reviews taken evenly from both files, half to learn from and choose by, half to be judged on."""
    paths = []
    for part in ("train", "test"):
        fields = read_fields(data / "imdb" / f"{part}.tsv.gz", FIELDS)
        every = len(fields["review"]) // REVIEWS
        opinions = ["liked" if label == "1" else "disliked" for label in fields["label"]]
        paths.append(folder / f"imdb-{part}.parquet")
        pl.DataFrame({"review": list(fields["review"])[::every], "opinion": opinions[::every]}).write_parquet(paths[-1])
    return [str(paths[0]), "--test", str(paths[1])]


def main() -> int:
    """Search on what was named."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("names", nargs="+", choices=list(SPACES), help="data set and space")
    parser.add_argument("--data", type=Path, default=data_folder(), help="folder of the data sets")
    parser.add_argument("--out", type=Path, default=Path("tuned"), help="where everything goes")
    parser.add_argument("--trials", type=int, default=30, help="finished trials [default: 30]")
    parser.add_argument("--workers", type=int, default=1, help="processes that search side by side [default: 1]")
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    for name in asked.names:
        kind = name.partition("-")[0]
        space = asked.out / f"{name}.space.yaml"
        space.write_text(as_yaml(SPACES[name]), encoding="utf-8")
        words = [*(etth1 if kind == "etth1" else imdb)(asked.data, asked.out), *FRAME[kind], "--space", str(space)]
        budget = ["--trials", str(asked.trials), "--workers", str(asked.workers)]
        output = ["-o", str(asked.out / f"{name}.loom")]
        line = [sys.executable, "-m", "seqloom", "tune", *words, *budget, *output]
        subprocess.run(line, check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
