"""Shakespeare, character by character: a network that writes plays.

The text is the 1.1 million characters of char-rnn (Karpathy 2015). A GRU reads it in lanes, its state carried from one
window to the next, and learns which character follows. Judged is the last tenth, in windows of 256 characters that
begin without memory; n-grams of up to seven characters with Kneser-Ney smoothing stand beside it. In the end it goes on
with a line of its reader's. `--characters 200000 --epochs 4` shows the way in one minute.
"""

import argparse
import sys
from pathlib import Path

from rich.console import Console

import seqloom
from seqloom.model import Drawing
from seqloom.read import from_texts, published
from seqloom.train import progress_on

parser = argparse.ArgumentParser(prog="seqloom recipe run shakespeare", description=__doc__)
parser.add_argument("folder", nargs="?", type=Path, default=Path("shakespeare"), help="where files go")
parser.add_argument("--data", type=Path, default=Path("tiny_shakespeare"), help="folder that holds input.txt")
parser.add_argument("--characters", type=int, help="characters to use, from the first on [default: all]")
parser.add_argument("--epochs", type=int, default=16, help="passes over the training part [default: 16]")
parser.add_argument("--hidden-size", type=int, default=512, help="width of the network [default: 512]")
parser.add_argument("--seed-text", default="ROMEO:\n", help="what the network goes on from [default: ROMEO:]")
options = parser.parse_args()
(path,) = published(options.data, ["input.txt"], source="char-rnn's tiny Shakespeare, its data/tinyshakespeare")
folder = options.folder
folder.mkdir(parents=True, exist_ok=True)

# The text is cut by characters, not by lines: nine tenths to learn from, one to be judged on, as others do.
text = path.read_text(encoding="utf-8")[: options.characters]
border = int(0.9 * len(text))
first, last = (from_texts([part], [name]) for part, name in ((text[:border], "first"), (text[border:], "last")))
print(f"{border:,} characters to learn from and choose by, {len(text) - border:,} to be judged on")

# A batch is 32 lanes of 128 characters; gradients flow back through those, memory does not end with them. Hardly any
# text is held back to choose the best epoch: the play that is judged begins there, and its names are worth more.
model = seqloom.LanguageModel(
    cell="gru",
    hidden_size=options.hidden_size,
    epochs=options.epochs,
    settings={
        "embedding": 64,
        "dropout": 0.3,
        "weight_dropout": 0.3,
        "batch_size": 32,
        "truncate": 128,
        "learning_rate": 0.003,
        "validation_size": 0.005,
        "keep": "last",
        "window": 256,
    },
).fit(first, test=last, progress=progress_on(sys.stderr))
Console(width=100, highlight=False).print(model.fitted_.conclusion())

artifact = model.save(folder / "shakespeare.loom")
model.report_.save(folder / "shakespeare.html")
for drawing in (Drawing(temperature=0.8), Drawing(beam=4)):
    print("-" * 100)
    print(options.seed_text, end="")
    for piece in model.pieces(options.seed_text, length=400, drawing=drawing):
        print(piece, end="", flush=True)
    print()
print(f"model   {artifact}")
print(f"report  {folder / 'shakespeare.html'}")
