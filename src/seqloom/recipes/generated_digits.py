"""Handwritten digits out of nothing, row by row.

An image of MNIST (LeCun, Cortes & Burges) is a sequence of 28 rows of 28 pixels, black or white: a pixel is on from
half of the greatest brightness on. Each pixel is learned given those left of it and all rows above, so that the
likelihood of an image is exact. Published figures are mostly for pixels drawn at random by their brightness, which cost
more nats.
"""

import argparse
import sys
from pathlib import Path

import numpy as np
from rich.console import Console

import seqloom
from seqloom.read import ReadSettings, published, read
from seqloom.report import sheet_png
from seqloom.train import progress_on

FILES = ("train-images-idx3-ubyte.gz", "t10k-images-idx3-ubyte.gz")
parser = argparse.ArgumentParser(prog="seqloom recipe run generated_digits", description=__doc__)
parser.add_argument(
    "folder", nargs="?", type=Path, default=Path("generated_digits"), help="where files go [default: generated_digits]"
)
parser.add_argument("--data", type=Path, default=Path("mnist"), help="folder of the IDX files [default: mnist]")
parser.add_argument("--images", type=int, default=60_000, help="training images to use [default: 60000]")
parser.add_argument("--epochs", type=int, default=4, help="passes over the training part [default: 4]")
options = parser.parse_args()
train, test = published(options.data, FILES, source="the MNIST database of handwritten digits in IDX form")
folder = options.folder
folder.mkdir(parents=True, exist_ok=True)

# `*` makes every column a target; the labels beside the images are not read then.
images = read(train, settings=ReadSettings(target="*"))
asked = read(test, settings=ReadSettings(target="*"), schema=images.schema)
images = images.take(range(min(options.images, len(images))))
print(f"{len(images):,} images to learn from and choose by, {len(asked):,} to be judged on")

model = seqloom.ImageGenerator(
    hidden_size=256,
    frame_head="autoregressive",
    epochs=options.epochs,
    settings={"batch_size": 32, "dropout": 0.1, "split": "order", "validation_size": len(images) // 12},
).fit(images, test=asked, progress=progress_on(sys.stderr))
Console(width=100, highlight=False).print(model.fitted_.conclusion())
artifact = model.save(folder / "digits.loom")
model.report_.save(folder / "digits.html")

# A hundred new digits; then the upper halves of ten digits of the test file, each completed ten times.
drawn = model.generate(count=100, temperature=0.9, seed=1)
(folder / "digits.png").write_bytes(sheet_png(drawn))
np.save(folder / "digits.npy", drawn)
halves = [frames[:14] for frames in model.frames(asked.take(range(10)))]
lower = [model.generate(14, count=10, seed=number, start=half) for number, half in enumerate(halves)]
ways = [np.concatenate([np.tile(half, (10, 1, 1)), made], axis=1) for half, made in zip(halves, lower, strict=True)]
(folder / "completed.png").write_bytes(sheet_png(np.concatenate(ways)))
nats = model.fitted_.judged.judgement.metrics["model"]["nats"]
print(f"{nats:.2f} nats per image of the test file")
print(f"digits  {folder / 'digits.png'}, {folder / 'digits.npy'}; halves completed: {folder / 'completed.png'}")
print(f"model   {artifact}")
print(f"report  {folder / 'digits.html'}")
