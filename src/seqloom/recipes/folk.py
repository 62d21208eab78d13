"""Folk tunes with chords: learn them, then carry on from the beginning of one.

The data are the 1,037 British and American tunes of the Nottingham database as Boulanger-Lewandowski, Bengio & Vincent
(2012) cut them into frames and parts: `nottingham-pianoroll.json.gz`, lists of MIDI notes under `train`, `valid` and
`test`. A folder of ABC files does as well: `seqloom fit ABC_cleaned --on-error skip`.
"""

import argparse
import sys
from pathlib import Path

import numpy as np
from rich.console import Console

import seqloom
from seqloom.read import published
from seqloom.report import Ink, png_of, roll_figure
from seqloom.sequence import Array
from seqloom.train import progress_on
from seqloom.write import midi_bytes, wave_bytes

FILES = ("nottingham-pianoroll.json.gz",)
parser = argparse.ArgumentParser(prog="seqloom recipe run folk", description=__doc__)
parser.add_argument("folder", nargs="?", type=Path, default=Path("folk"), help="where files go [default: folk]")
parser.add_argument("--data", type=Path, default=Path("nottingham"), help="folder of the file [default: nottingham]")
parser.add_argument("--epochs", type=int, default=8, help="passes over the training part [default: 8]")
parser.add_argument("--steps", type=int, default=96, help="new steps [default: 96]")
options = parser.parse_args()
(file,) = published(options.data, FILES, source="the Nottingham tunes as piano rolls")
folder = options.folder
folder.mkdir(parents=True, exist_ok=True)

# Tunes are long: gradients flow back through 100 steps at a time, the state is carried on.
model = seqloom.MusicGenerator(
    hidden_size=256,
    frame_head="autoregressive",
    epochs=options.epochs,
    settings={"batch_size": 4, "truncate": 100, "learning_rate": 0.003, "note_step": "eighth", "threads": 1},
).fit(file, progress=progress_on(sys.stderr))
Console(width=100, highlight=False).print(model.fitted_.conclusion())
artifact = model.save(folder / "folk.loom")
model.report_.save(folder / "folk.html")

# The first 32 steps of a tune of the test part, and two ways on from there: the seed is all that differs.
examples = model.fitted_.judged.examples
begun = np.asarray(examples.prepared.targets[examples.start[0] : examples.start[0] + 32], dtype=np.uint8)
shown: list[tuple[str, Ink, Array]] = [("as it begins", "truth", begun)]
for seed in (1, 2):
    roll = np.concatenate([begun, model.generate(options.steps, temperature=0.8, seed=seed, start=begun)[0]])
    (folder / f"tune-{seed}.mid").write_bytes(midi_bytes(roll, steps_of_a_quarter=2, tempo=100))
    (folder / f"tune-{seed}.wav").write_bytes(wave_bytes(roll, seconds_of_a_step=0.3))
    shown.append((f"carried on with seed {seed}", "model", roll))
(folder / "tunes.png").write_bytes(png_of(roll_figure(shown)))
print(f"tunes   {folder / 'tune-1.mid'} and {folder / 'tune-2.mid'}, also as .wav; {folder / 'tunes.png'}")
print(f"model   {artifact}")
print(f"report  {folder / 'folk.html'}")
