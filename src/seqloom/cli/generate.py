"""`seqloom generate`: what a saved model makes up."""

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from seqloom.artifact import replaced_file
from seqloom.cli.place import must_be_writable
from seqloom.errors import InputError
from seqloom.estimators import LanguageModel, load
from seqloom.model import Drawing


@click.command("generate")
@click.argument("model", type=click.Path())
@click.option("--seed-text", default="", metavar="TEXT", help="What the text goes on from; it is printed first.")
@click.option("--length", type=int, default=500, metavar="N", help="Tokens to write [default: 500].")
@click.option("--temperature", type=float, default=1.0, metavar="X", help="Below 1 safer, above 1 bolder [default: 1].")
@click.option("--top-k", type=int, metavar="N", help="Draw from the N most probable tokens only.")
@click.option("--top-p", type=float, metavar="X", help="Draw from the most probable tokens that reach this share only.")
@click.option("--beam", type=int, default=1, metavar="N", help="Search the most probable text instead, N side by side.")
@click.option("--seed", type=int, default=0, metavar="N", help="The same seed gives the same text [default: 0].")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write the text to this file.")
def command(  # noqa: PLR0913, PLR0917 - one argument for each option
    model: str,
    seed_text: str,
    length: int,
    temperature: float,
    top_k: int | None,
    top_p: float | None,
    beam: int,
    seed: int,
    output: Path | None,
) -> None:
    """Let a language MODEL write, printed as it is made."""
    if output is not None:
        must_be_writable(output)
    drawing = Drawing(temperature=temperature, top_k=top_k, top_p=top_p, beam=beam, seed=seed)
    estimator = load(model)
    if not isinstance(estimator, LanguageModel):
        fix = "train one with seqloom fit TEXT --task language"
        raise InputError(model, expected="a language model", came=f"one for the task {estimator.task}", fix=fix)
    pieces = estimator.stream(seed_text, length=length, drawing=drawing)
    if output is None:
        show(seed_text, pieces)
        return
    with replaced_file(output) as file:
        file.write((seed_text + "".join(pieces)).encode())
    click.echo(str(output))


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
