"""Spoken digits: which of ten words a recording holds, said by whom it may.

The recordings are those of the Free Spoken Digit Dataset (Jackson et al., CC BY-SA 4.0): WAV files at 8,000 samples per
second, called DIGIT_SPEAKER_TAKE.wav. A table written here says what each file holds. Takes 0 to 4 test, as its authors
ask; with `--speaker theo` all of one speaker's recordings do, and none of them is learned from.
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

parser = argparse.ArgumentParser(prog="seqloom recipe run spoken_digits", description=__doc__)
parser.add_argument("folder", nargs="?", type=Path, default=Path("spoken_digits"), help="where files go")
parser.add_argument("--data", type=Path, default=Path("fsdd"), help="folder that holds `recordings` [default: fsdd]")
parser.add_argument("--speaker", help="test on this speaker alone, and learn from the others")
parser.add_argument("--takes", type=int, default=50, help="takes of each digit and speaker to use [default: 50]")
parser.add_argument("--epochs", type=int, default=20, help="passes over the training part [default: 20]")
parser.add_argument("--members", type=int, default=3, help="networks whose answers are averaged [default: 3]")
options = parser.parse_args()
FIRST = [f"recordings/{digit}_george_0.wav" for digit in range(10)]
published(options.data, FIRST, source="the Free Spoken Digit Dataset")
folder = options.folder
folder.mkdir(parents=True, exist_ok=True)

# What the names say becomes a table; the column `part` says what each recording is for.
rows = []
for file in sorted((options.data / "recordings").glob("*.wav")):
    digit, speaker, take = file.stem.split("_")
    if int(take) < options.takes:
        tested = int(take) in range(5) if options.speaker is None else speaker == options.speaker
        chosen_by = int(take) in range(5, 50, 10)
        part = "test" if tested else "validation" if chosen_by else "train"
        rows.append({"file": str(file.resolve()), "digit": digit, "speaker": speaker, "part": part})
table = pl.DataFrame(rows)
table.write_csv(folder / "digits.csv")
print(f"{len(table):,} recordings of {table['speaker'].n_unique()} speakers: {folder / 'digits.csv'}")

# Each recording becomes frames of 25 ms, the loudness of 40 bands of pitch in each; mixtures of two recordings teach
# the network to be less sure of what it has not heard.
model = seqloom.SequenceClassifier(
    cell="gru",
    hidden_size=64,
    epochs=options.epochs,
    settings={
        "dropout": 0.3,
        "mixup": 0.4,
        "members": options.members,
        "batch_size": 32,
        "learning_rate": 0.003,
        "split_column": "part",
    },
).fit(folder / "digits.csv", target="digit", progress=progress_on(sys.stderr))
Console(width=100, highlight=False).print(model.fitted_.conclusion())

# The front end is part of the artifact: what comes as an array at its rate is heard as the file is.
artifact = model.save(folder / "digits.loom")
model.report_.save(folder / "digits.html")
reloaded = seqloom.load(artifact)
asked = table.filter(pl.col("part") == "test")
rate, sound = wavfile.read(asked["file"][0])
print(f"{Path(asked['file'][0]).name} says {reloaded.predict([sound], rate=rate)[0]}", end=", ")
print(f"at half the loudness {reloaded.predict([(sound / 2).astype(np.int16)], rate=rate)[0]}")
said = reloaded.predict(asked.select("file"))
for speaker in asked["speaker"].unique().sort():
    own = (asked["speaker"] == speaker).to_numpy()
    print(f"{100 * np.mean(said[own] == asked['digit'].to_numpy()[own]):5.1f} % of {own.sum()} right for {speaker}")
print(f"model   {artifact}")
print(f"report  {folder / 'digits.html'}")
