"""Text from `seqloom generate`: printed as it is made, or written to a file."""

import sys
from collections.abc import Iterator, Mapping
from typing import Any

import click

from seqloom.artifact import replaced_file
from seqloom.cli.generating import Asked, Generator
from seqloom.cli.options import SettingOption
from seqloom.cli.place import must_be_writable
from seqloom.estimators import LanguageModel, SequenceEstimator
from seqloom.model import Drawing

SECTION = "Text"
LENGTH = 500
OPTIONS: Mapping[str, click.Option] = {
    "seed_text": SettingOption(
        ["--seed-text"], metavar="TEXT", section=SECTION, help="What the text goes on from; it is printed first."
    ),
    "top_k": SettingOption(
        ["--top-k"], type=int, metavar="N", section=SECTION, help="Draw from the N most probable tokens only."
    ),
    "top_p": SettingOption(
        ["--top-p"],
        type=float,
        metavar="X",
        section=SECTION,
        help="Draw from the most probable tokens that reach this share only.",
    ),
    "beam": SettingOption(
        ["--beam"],
        type=int,
        metavar="N",
        section=SECTION,
        help="Search the most probable text instead, N side by side.",
    ),
}


def run(estimator: SequenceEstimator, asked: Asked, own: Mapping[str, Any]) -> None:
    """Write on from a seed text, to the terminal as it is made or to a file."""
    if not isinstance(estimator, LanguageModel):
        raise TypeError(type(estimator))
    if asked.output is not None:
        must_be_writable(asked.output)
    seed_text = own.get("seed_text", "")
    drawing = Drawing(
        temperature=asked.temperature,
        top_k=own.get("top_k"),
        top_p=own.get("top_p"),
        beam=own.get("beam", 1),
        seed=asked.seed,
    )
    pieces = estimator.pieces(seed_text, length=LENGTH if asked.length is None else asked.length, drawing=drawing)
    if asked.output is None:
        show(seed_text, pieces)
        return
    with replaced_file(asked.output) as file:
        file.write((seed_text + "".join(pieces)).encode())
    click.echo(str(asked.output))


def show(seed_text: str, pieces: Iterator[str]) -> None:
    """Print a text piece by piece, and the end of its last line."""
    last = seed_text
    sys.stdout.write(seed_text)
    for piece in pieces:
        sys.stdout.write(piece)
        sys.stdout.flush()
        last = piece
    sys.stdout.write("" if last.endswith("\n") else "\n")
    sys.stdout.flush()


LANGUAGE = Generator(OPTIONS, run)
