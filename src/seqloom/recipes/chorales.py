"""Bach's chorales, four voices: learn them, then compose.

The data are the 382 chorales of Boulanger-Lewandowski, Bengio & Vincent (2012), a frame for each quarter note, in their
three parts: `jsb-chorales-quarter.json.gz`, lists of MIDI notes, as in the repository czhuang/JSB-Chorales-dataset.
Each key of the piano is learned given the keys below it and all frames before. This takes about a minute.
"""

import argparse
import sys
from pathlib import Path

from rich.console import Console

import seqloom
from seqloom.read import published
from seqloom.report import png_of, roll_figure
from seqloom.train import progress_on
from seqloom.write import midi_bytes, wave_bytes

FILES = ("jsb-chorales-quarter.json.gz",)
parser = argparse.ArgumentParser(prog="seqloom recipe run chorales", description=__doc__)
parser.add_argument("folder", nargs="?", type=Path, default=Path("chorales"), help="where files go [default: chorales]")
parser.add_argument(
    "--data", type=Path, default=Path("jsb_chorales"), help="folder of the file [default: jsb_chorales]"
)
parser.add_argument("--epochs", type=int, default=14, help="passes over the training part [default: 14]")
parser.add_argument("--steps", type=int, default=64, help="quarters of the new piece [default: 64]")
options = parser.parse_args()
(file,) = published(options.data, FILES, source="the chorales in quarter notes")
folder = options.folder
folder.mkdir(parents=True, exist_ok=True)

# The parts of the file are followed: 229 chorales to learn from, 76 to choose the best epoch by, 77 to be judged on.
model = seqloom.MusicGenerator(
    hidden_size=256,
    frame_head="autoregressive",
    epochs=options.epochs,
    settings={"batch_size": 2, "learning_rate": 0.003, "dropout": 0.5, "note_step": "quarter", "threads": 1},
).fit(file, progress=progress_on(sys.stderr))
Console(width=100, highlight=False).print(model.fitted_.conclusion())
artifact = model.save(folder / "chorales.loom")
model.report_.save(folder / "chorales.html")

# A little below 1 the model dares less and errs less. A step is a quarter: one of its quarters, at 80 a minute.
roll = model.generate(options.steps, temperature=0.8, seed=1)[0]
(folder / "piece.mid").write_bytes(midi_bytes(roll, steps_of_a_quarter=1, tempo=80))
(folder / "piece.wav").write_bytes(wave_bytes(roll, seconds_of_a_step=60 / 80))
(folder / "piece.png").write_bytes(png_of(roll_figure([("a new chorale", "model", roll)])))
print(f"piece   {folder / 'piece.mid'}, also as .wav and .png: {len(roll)} quarters, {int(roll.sum())} notes")
print(f"model   {artifact}")
print(f"report  {folder / 'chorales.html'}")
