"""Parts of speech of English words, read both ways, new words by their letters.

The English Web Treebank of Universal Dependencies (https://universaldependencies.org) gives each word its part of
speech. A bidirectional LSTM sees the words of a sentence and what can be read off them: beginnings, endings, capitals.
With `--crf` whole sentences of tags are scored. The default takes about three minutes on a core; `--sentences 2000
--epochs 4` shows the way in a minute.
"""

import argparse
import sys
from pathlib import Path

import numpy as np
from rich.console import Console

import seqloom
from seqloom.read import ReadSettings, published, read
from seqloom.train import progress_on

FILES = ("en_ewt-ud-train.conllu.gz", "en_ewt-ud-dev.conllu.gz")
parser = argparse.ArgumentParser(prog="seqloom recipe run tags", description=__doc__)
parser.add_argument("folder", nargs="?", type=Path, default=Path("tags"), help="where files go [default: tags]")
parser.add_argument("--data", type=Path, default=Path("ud_english_ewt"), help="folder of the CoNLL-U files")
parser.add_argument("--sentences", type=int, default=20_000, help="sentences to learn from [default: all]")
parser.add_argument("--epochs", type=int, default=10, help="passes over the training part [default: 10]")
parser.add_argument("--crf", action="store_true", help="score whole sentences of tags")
options = parser.parse_args()
train, dev = published(options.data, FILES, source="the English Web Treebank of Universal Dependencies in CoNLL-U")
folder = options.folder
folder.mkdir(parents=True, exist_ok=True)

# The target is the universal part of speech; other annotations would give it away and are left out.
sentences = read(train, settings=ReadSettings(target="upos"))
asked = read(dev, schema=sentences.schema)
places = np.random.default_rng(0).permutation(len(sentences))[: options.sentences]
sentences = sentences.take(np.sort(places))
print(f"{len(sentences):,} sentences to learn from and choose by, {len(asked):,} to be judged on")

# A sixteenth of the training sentences chooses the best epoch.
model = seqloom.Tagger(
    hidden_size=128,
    epochs=options.epochs,
    crf=options.crf,
    settings={"validation_size": 0.06, "threads": 1},
).fit(sentences, test=asked, progress=progress_on(sys.stderr))
Console(width=100, highlight=False).print(model.fitted_.conclusion())

# Words nobody has met are tagged by their letters and by the words around them.
artifact = model.save(folder / "tags.loom")
model.report_.save(folder / "tags.html")
reloaded = seqloom.load(artifact)
words = ["The", "grommicks", "quickly", "unfroggled", "my", "blue", "spendles", "."]
tags = reloaded.answer({"sentence": ["made up"] * len(words), "form": words}).to_columns()["prediction"]
print(" ".join(f"{word}/{tag}" for word, tag in zip(words, tags, strict=True)))
print(f"model   {artifact}")
print(f"report  {folder / 'tags.html'}")
