"""Newspaper text, word by word: the Penn Treebank in Mikolov's preparation.

Articles of the Wall Street Journal in small letters, numbers as `N`, all but the 10,000 most frequent words as `<unk>`.
Two layers of LSTM with dropped recurrent weights read and write words by the same vectors. Perplexity is that of the
whole test file in one pass, the end of each line counted as a word, as in all published results; n-grams of five words
with Kneser-Ney smoothing stand beside it. `--lines 4000 --epochs 2 --hidden-size 64` shows the way in one minute.
"""

import argparse
import gzip
import sys
from pathlib import Path

from rich.console import Console

import seqloom
from seqloom.model import Drawing
from seqloom.read import from_texts, published
from seqloom.train import progress_on

FILES = ("ptb.train.txt.gz", "ptb.valid.txt.gz", "ptb.test.txt.gz")
parser = argparse.ArgumentParser(prog="seqloom recipe run ptb_words", description=__doc__)
parser.add_argument("folder", nargs="?", type=Path, default=Path("ptb_words"), help="where files go")
parser.add_argument("--data", type=Path, default=Path("ptb"), help="folder of the three files [default: ptb]")
parser.add_argument("--lines", type=int, help="lines to use of each file [default: all]")
parser.add_argument("--epochs", type=int, default=12, help="passes over the training file [default: 12]")
parser.add_argument("--hidden-size", type=int, default=320, help="width of the network [default: 320]")
options = parser.parse_args()
source = "Mikolov's Penn Treebank, as word-level language models use it, each file packed with gzip"
paths = published(options.data, FILES, source=source)
folder = options.folder
folder.mkdir(parents=True, exist_ok=True)

parts = []
for path in paths:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        parts.append(file.readlines()[: options.lines])
train, validation, test = parts
print(f"{len(train):,} lines to learn from, {len(validation):,} to choose by, {len(test):,} to be judged on")

# The validation file stands behind the training file: as many of the last lines are the validation part.
model = seqloom.LanguageModel(
    tokens="words",
    hidden_size=options.hidden_size,
    layers=2,
    epochs=options.epochs,
    settings={
        "embedding": options.hidden_size,
        "dropout": 0.4,
        "weight_dropout": 0.3,
        "batch_size": 32,
        "truncate": 35,
        "learning_rate": 0.003,
        "validation_size": len(validation),
    },
).fit(
    from_texts(["".join(train + validation)], ["train"]),
    test=from_texts(["".join(test)], ["test"]),
    progress=progress_on(sys.stderr),
)
Console(width=100, highlight=False).print(model.fitted_.conclusion())

artifact = model.save(folder / "ptb_words.loom")
model.report_.save(folder / "ptb_words.html")
print(model.generate(length=60, drawing=Drawing(temperature=0.8)).strip())
print(f"model   {artifact}")
print(f"report  {folder / 'ptb_words.html'}")
