"""Film reviews: liked or not.

The Large Movie Review Dataset (Maas et al. 2011) has 25,000 reviews to learn from and as many to be judged on, half of
each of readers who liked the film. Each review is cut into words; an LSTM reads them both ways, and the strongest of
what it says at any word decides. In training three words of ten are hidden. Beside it stand the simple methods that are
hard to beat here: logistic regression on words and pairs of words. `--members 3` lets three networks learn side by
side, which is a point better and takes three times as long; `--reviews 2000` shows the way, and learns little.
"""

import argparse
import sys
from pathlib import Path

from rich.console import Console

import seqloom
from seqloom.read import published, read_fields
from seqloom.train import progress_on

FILES = ("train.tsv.gz", "test.tsv.gz")
FIELDS = ("label", "rating", "id", "review")
parser = argparse.ArgumentParser(prog="seqloom recipe run sentiment", description=__doc__)
parser.add_argument("folder", nargs="?", type=Path, default=Path("sentiment"), help="where files go")
parser.add_argument("--data", type=Path, default=Path("imdb"), help="folder of the two files [default: imdb]")
parser.add_argument("--reviews", type=int, default=25_000, help="reviews to use of each file [default: 25000]")
parser.add_argument("--epochs", type=int, default=4, help="passes over the training part [default: 4]")
parser.add_argument("--members", type=int, default=1, help="networks whose answers are averaged [default: 1]")
parser.add_argument("--vectors", type=Path, help="word vectors to begin with, in the form of GloVe or word2vec")
options = parser.parse_args()
source = "the Large Movie Review Dataset (Maas et al. 2011), a review a line: label, rating, id, text, parted by tabs"
paths = published(options.data, FILES, source=source)
folder = options.folder
folder.mkdir(parents=True, exist_ok=True)

# The files are in order of the label: where fewer reviews are used, they are taken evenly from the whole file.
tables = []
for path in paths:
    fields = read_fields(path, FIELDS)
    every = max(1, len(fields["review"]) // options.reviews)
    liked = ["liked" if label == "1" else "disliked" for label in fields["label"]]
    tables.append({"review": fields["review"][::every], "opinion": liked[::every]})
train, test = tables
print(f"{len(train['review']):,} reviews to learn from and choose by, {len(test['review']):,} to be judged on")

# A tenth chooses the best epoch. Of a very long review the first 1,000 words are read.
model = seqloom.SequenceClassifier(
    epochs=options.epochs,
    settings={
        "text": ["review"],
        "validation_size": 0.1,
        "vocabulary": 30_000,
        "max_tokens": 1000,
        "members": options.members,
        "word_dropout": 0.3,
        "batch_size": 32,
        "learning_rate": 0.003,
        **({"vectors": str(options.vectors)} if options.vectors else {}),
    },
).fit(train, target="opinion", test=test, progress=progress_on(sys.stderr))
Console(width=100, highlight=False).print(model.fitted_.conclusion())

# What does the model make of a sentence it has never met?
artifact = model.save(folder / "sentiment.loom")
model.report_.save(folder / "sentiment.html")
sentences = ["A wonderful film, moving and very funny.", "Not funny at all: a dull waste of two hours."]
column = model.classes_.tolist().index("liked")
for sentence, probability in zip(sentences, model.predict_proba({"review": sentences})[:, column], strict=True):
    print(f"liked with a probability of {probability:.2f}: {sentence}")
print(f"model   {artifact}")
print(f"report  {folder / 'sentiment.html'}")
