"""Spoken numbers written down: "seven three nine", without a word on when which digit is said.

The sounds are made here of the Free Spoken Digit Dataset (Jackson et al., CC BY-SA 4.0): two to five recordings of one
speaker with pauses between them. A network hears them frame by frame and says at each a letter or nothing; the text is
learned by summing over all ways to say it (connectionist temporal classification). Takes 0 to 4 are only tested with.
"""

import argparse
import sys
from pathlib import Path

import numpy as np
import polars as pl
from rich.console import Console
from scipy.io import wavfile

import seqloom
from seqloom.read import published
from seqloom.train import progress_on

WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
SPEAKERS = ("george", "jackson", "nicolas", "theo", "yweweler")
parser = argparse.ArgumentParser(prog="seqloom recipe run transcribe", description=__doc__)
parser.add_argument("folder", nargs="?", type=Path, default=Path("transcribe"), help="where files go")
parser.add_argument("--data", type=Path, default=Path("fsdd"), help="folder that holds `recordings` [default: fsdd]")
parser.add_argument("--strings", type=int, default=1000, help="numbers to learn from [default: 1000]")
parser.add_argument("--epochs", type=int, default=25, help="passes over the training part [default: 25]")
options = parser.parse_args()
NEEDED = [f"recordings/{digit}_{speaker}_{take}.wav" for digit in range(10) for speaker in SPEAKERS for take in (0, 5)]
published(options.data, NEEDED[:2], source="the Free Spoken Digit Dataset")
folder = options.folder
(folder / "sounds").mkdir(parents=True, exist_ok=True)

# Each part has takes of its own. Recordings are joined as they are; pauses are faint noise of 50 to 300 ms.
rng = np.random.default_rng(0)
recordings = options.data / "recordings"
takes = {"train": range(5, 45), "validation": range(45, 50), "test": range(5)}
counts = {"train": options.strings, "validation": options.strings // 8, "test": options.strings // 5}
rows = []
for part, count in counts.items():
    for number in range(count):
        speaker = str(rng.choice(SPEAKERS))
        digits = rng.integers(0, 10, rng.integers(2, 6))
        pieces = []
        for digit in digits:
            there = [file for take in takes[part] if (file := recordings / f"{digit}_{speaker}_{take}.wav").is_file()]
            rate, sound = wavfile.read(rng.choice(np.array(there)))
            pieces += [sound, rng.normal(0, 20, rng.integers(400, 2400)).astype(np.int16)]
        name = f"sounds/{part}_{number:04d}.wav"
        wavfile.write(folder / name, rate, np.concatenate(pieces))
        rows.append({"file": name, "transcript": " ".join(WORDS[digit] for digit in digits), "part": part})
pl.DataFrame(rows).write_csv(folder / "strings.csv")
print(f"{len(rows):,} numbers of two to five digits: {folder / 'strings.csv'}")

# Three frames of 10 ms make a step: speech has no letters shorter than that, and a third of the steps is read faster.
model = seqloom.Transcriber(
    cell="gru",
    hidden_size=128,
    layers=2,
    epochs=options.epochs,
    settings={
        "segment": 3,
        "slopes": True,
        "split_column": "part",
        "dropout": 0.4,
        "batch_size": 16,
        "learning_rate": 0.005,
    },
).fit(folder / "strings.csv", target="transcript", progress=progress_on(sys.stderr))
Console(width=100, highlight=False).print(model.fitted_.conclusion())

# Longer than anything it has learned from: eight digits at once, said by one voice.
artifact = model.save(folder / "numbers.loom")
model.report_.save(folder / "numbers.html")
digits = rng.integers(0, 10, 8)
sound = np.concatenate([wavfile.read(recordings / f"{digit}_theo_0.wav")[1] for digit in digits])
print(f"said   {' '.join(WORDS[digit] for digit in digits)}")
print(f"heard  {seqloom.load(artifact).predict([sound], rate=rate)[0]}")
print(f"model   {artifact}")
print(f"report  {folder / 'numbers.html'}")
