"""The command that predicts."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from seqloom.cli.predict import ENDINGS, as_csv, check_ending, table_of
from seqloom.errors import InputError


def test_predictions_are_printed_as_csv(fitted, command):
    """Without -o stdout is the table, and nothing else."""
    lines = command("predict", fitted.model, fitted.data).out.splitlines()
    assert lines[0] == "sequence,time,step,load,load_q05,load_q95"
    assert [line.split(",")[1] for line in lines[1:]] == ["2024-03-01", "2024-03-02"]


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_ending_tells_the_format(fitted, command, tmp_path, ending):
    """Each format holds the same numbers."""
    output = tmp_path / f"out{ending}"
    assert command("predict", fitted.model, fitted.data, "-o", output).out == f"{output}\n"
    read = {".csv": pl.read_csv, ".parquet": pl.read_parquet, ".jsonl": pl.read_ndjson}[ending]
    printed = command("predict", fitted.model, fitted.data).out
    assert read(output)["load"].to_list() == pl.read_csv(printed.encode())["load"].to_list()


def test_another_ending_is_refused():
    """The endings that are known are named."""
    with pytest.raises(
        InputError, match=r"out\.xlsx: expected a name ending in \.csv, \.parquet, \.jsonl, came '\.xlsx'"
    ):
        check_ending(Path("out.xlsx"), Path("in.csv"))


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        ("2024-03-01", "2024-03-01"),
        ("2024-03-01T07:30", "2024-03-01 07:30:00"),
        ("2024-03-01T07:30:00.000250", "2024-03-01T07:30:00.000250"),
    ],
)
def test_times_are_written_as_short_as_they_are(moment, text):
    """Days without an hour, times without a fraction, where all are such."""
    assert as_csv(pl.DataFrame({"time": np.array([moment], dtype="datetime64[us]")})) == f"time\n{text}\n"


def test_a_prediction_becomes_a_table():
    """Columns keep their names and order."""
    assert table_of({"b": [1], "a": ["x"]}).rows(named=True) == [{"b": 1, "a": "x"}]


def test_a_file_of_words_is_written_again_with_its_tags(command, tmp_path):
    """A CoNLL-U output is the file that was given, with a tag of the training part for each word."""
    lines = [f"{k % 3 + 1}\tword{k}\t_\t{'AB'[k % 2]}{chr(9)}" + "\t".join("_" * 6) for k in range(90)]
    text = "".join(line + ("\n\n" if k % 3 == 2 else "\n") for k, line in enumerate(lines))
    data, model, output = tmp_path / "in.conllu", tmp_path / "m.loom", tmp_path / "out.conllu"
    data.write_text(text)
    command("fit", data, "--target", "upos", "--hidden-size", "4", "--epochs", "1", "--quiet", "-o", model)
    data.write_text(text.replace("\tA\t", "\t_\t").replace("\tB\t", "\t_\t"))
    assert command("predict", model, data, "-o", output).out == f"{output}\n"
    tagged = [line.split("\t")[3] for line in output.read_text().splitlines() if line]
    assert len(tagged) == 90
    assert set(tagged) <= {"A", "B"}
