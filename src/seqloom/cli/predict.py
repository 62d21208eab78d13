"""`seqloom predict`: answers of a saved model, as a table."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
import polars as pl

from seqloom.artifact import replaced_file
from seqloom.cli.options import SectionedCommand, given, settings_options
from seqloom.cli.place import REJECTED, must_be_writable
from seqloom.cli.talk import say
from seqloom.errors import InputError
from seqloom.estimators import READING, ROOMS, FitSettings, load
from seqloom.read import annotated, read
from seqloom.sequence import TagPrediction

ENDINGS = (".csv", ".parquet", ".jsonl")
WORDS = ".conllu"
"""The ending of files that are written again with their tags."""


@click.command("predict", cls=SectionedCommand)
@click.argument("model", type=click.Path())
@click.argument("data", type=click.Path())
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="CSV, Parquet, JSON lines, or for tags of a CoNLL-U file another, by the ending.",
)
@settings_options(ROOMS, only=READING)
def command(model: str, data: str, output: Path | None, **options: Any) -> None:  # noqa: ANN401 - settings of `read`
    """Predict with MODEL on DATA; without -o the table is printed as CSV.

    Forecasts follow the last step of every sequence. DATA needs the columns of training, but not the targets of
    sequences that are to be classified or valued.
    """
    if output is not None:
        check_ending(output, Path(data))
        must_be_writable(output)
    chosen = given(options)
    estimator = load(model)
    settings = estimator.reading(FitSettings.flat(chosen, flags=chosen).read)
    rejected = (output or Path(Path(data).name)).with_suffix(REJECTED)
    dataset = read(data, settings=settings, schema=estimator.schema_, rejected=rejected)
    for note in dataset.notes:
        say(f"{dataset.source}: {note}")
    prediction = estimator.answer(dataset)
    if output is None:
        click.echo(as_csv(table_of(prediction.to_columns())), nl=False)
        return
    if output.suffix == WORDS:
        if not isinstance(prediction, TagPrediction):
            came, fix = f"answers of the task {estimator.task}", "write a table"
            raise InputError(str(output), expected="tags to write", came=came, fix=fix)
        lines = annotated(Path(data), dataset, estimator.schema_.targets[0], prediction.labels)
        with replaced_file(output) as stream:
            stream.writelines(line.encode() for line in lines)
    else:
        write(table_of(prediction.to_columns()), output)
    click.echo(str(output))


def check_ending(output: Path, data: Path) -> None:
    """Refuse an ending no writer is known for, before any work is done; words are written where words are read."""
    known = (*ENDINGS, WORDS) if WORDS in data.suffixes else ENDINGS
    if output.suffix not in known:
        raise InputError(
            str(output), expected=f"a name ending in {', '.join(known)}", came=repr(output.suffix), fix="rename it"
        )


def table_of(columns: Mapping[str, Any]) -> pl.DataFrame:
    """The columns of a prediction as a table."""
    return pl.DataFrame({name: pl.Series(name, values) for name, values in columns.items()})


def as_csv(table: pl.DataFrame) -> str:
    """A table as text; days are written without the hour, and times without a fraction of a second, if all are."""
    stamps = [column for column in table if column.dtype == pl.Datetime]
    whole = all((column.dt.truncate("1s") == column).all() for column in stamps)
    days = all((column.dt.truncate("1d") == column).all() for column in stamps)
    return table.write_csv(datetime_format="%Y-%m-%d" if days else "%Y-%m-%d %H:%M:%S" if whole else None)


def write(table: pl.DataFrame, output: Path) -> None:
    """Write a table in the format of the file's ending, in one step."""
    with replaced_file(output) as stream:
        if output.suffix == ".csv":
            stream.write(as_csv(table).encode())
        elif output.suffix == ".parquet":
            table.write_parquet(stream)
        else:
            table.write_ndjson(stream)
