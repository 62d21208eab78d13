"""Input that cannot be used: one line that says where, what was expected, what came and what to do; nothing left."""

import errno
import os
import re
import shutil
import subprocess
from types import SimpleNamespace

import numpy as np
import polars as pl
import pytest

ROWS = 60
QUICK = ("--epochs", "1", "--hidden-size", "4", "--quiet")
FIT = ("--target", "load", "--horizon", "2", "--lookback", "4", *QUICK)
LABELS = ("--target", "label", "--group", "id", *QUICK)
UNUSABLE = 2


def days(count=ROWS, first="2024-01-01"):
    """That many days, one after the other, as text."""
    return (np.datetime64(first) + np.arange(count)).astype(str).tolist()


def good():
    """Columns of a series that can be learned from, as lists of cells."""
    step = np.arange(ROWS)
    load = (10 + 3 * np.sin(step / 3) + 0.1 * (step % 5)).round(3)
    colour = np.where(step % 3 == 0, "red", "blue")
    return {
        "day": days(),
        "load": load.tolist(),
        "warmth": np.cos(step / 3).round(3).tolist(),
        "colour": colour.tolist(),
    }


def written(path, columns):
    """The columns as a CSV file, cell by cell as they are."""
    rows = zip(*columns.values(), strict=True)
    path.write_text("\n".join([",".join(columns), *(",".join(map(str, row)) for row in rows)]) + "\n")


def with_cell(column, row, cell):
    """The good columns with another cell in one row, the first being 1."""
    columns = good()
    columns[column][row - 1] = cell
    return columns


def sequences(labels):
    """A long table of one sequence of six steps for each label."""
    keys = np.repeat(np.arange(len(labels)), 6)
    return {"id": keys, "x": np.sin(keys * np.arange(len(keys))).round(3), "label": np.repeat(labels, 6)}


def swapped():
    """The good columns with the days of rows 8 and 21 exchanged."""
    columns = good()
    columns["day"][7], columns["day"][20] = columns["day"][20], columns["day"][7]
    return columns


def sites(steps):
    """One series of so many steps for each site."""
    parts = [
        (f"s{k}", day, float(k + step % 4)) for k, count in enumerate(steps) for step, day in enumerate(days(count))
    ]
    return dict(zip(("site", "day", "load"), map(list, zip(*parts, strict=True)), strict=True))


FILES = {
    "good.csv": good(),
    "constant.csv": {**good(), "load": [5.0] * ROWS},
    "short.csv": {name: cells[:8] for name, cells in good().items()},
    "repeated.csv": with_cell("day", 8, "2024-01-07"),
    "unsorted.csv": swapped(),
    "undated.csv": with_cell("day", 8, "yesterday"),
    "text.csv": with_cell("warmth", 8, "warm"),
    "text_target.csv": with_cell("load", 8, "much"),
    "nan.csv": with_cell("warmth", 8, "nan"),
    "empty_cell.csv": with_cell("warmth", 8, ""),
    "inf.csv": with_cell("warmth", 8, "inf"),
    "nan_target.csv": with_cell("load", 8, "NaN"),
    "inf_target.csv": with_cell("load", 8, "-inf"),
    "unseen.csv": with_cell("colour", 56, "green"),
    "fewer.csv": {name: cells for name, cells in good().items() if name != "colour"},
    "more.csv": {**good(), "wind": [1] * ROWS},
    "targetless.csv": {name: cells for name, cells in good().items() if name != "load"},
    "earlier.csv": {**good(), "day": days(first="2023-12-01")},
    "sites.csv": sites((40, 40, 5)),
    "one_class.csv": sequences(["up"] * 12),
    "classes.csv": sequences(["up", "down"] * 6),
}
TEXTS = {
    "empty.csv": "",
    "header.csv": "day,load\n",
    "uneven.csv": "day,load\n2024-01-01,1\n2024-01-02\n2024-01-03,2\n",
    "unknown.yaml": "horizon: 3\nhorizn: 4\n",
    "words.yaml": "epochs: many\n",
    "list.yaml": "- horizon\n",
    "broken.yaml": "horizon: [\n",
    "taken.txt": "something of value",
    "words.loom": "not a model",
}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory, command):
    """A folder of all files, with a model of the good one."""
    folder = tmp_path_factory.mktemp("bad")
    for name, columns in FILES.items():
        written(folder / name, columns)
    for name, text in TEXTS.items():
        (folder / name).write_text(text)
    fitted = command("fit", folder / "good.csv", *FIT, "-o", folder / "model.loom")
    assert fitted.code == 0, fitted.err
    (folder / "model.html").unlink()
    (folder / "model.settings.yaml").unlink()
    return folder


@pytest.fixture
def refused(prepared, command, monkeypatch):
    """Runs a command in the folder: its exit code, its one line, and what it left behind or changed."""
    monkeypatch.chdir(prepared)

    def answer(*words):
        before = {path.name: path.stat().st_mtime_ns for path in prepared.iterdir()}
        found = command(*words)
        after = {path.name: path.stat().st_mtime_ns for path in prepared.iterdir()}
        return SimpleNamespace(
            code=found.code, lines=found.err.splitlines(), out=found.out, left=after.items() - before.items()
        )

    return answer


REFUSALS = {
    "missing file": (("fit", "absent.csv", *FIT), "absent.csv: expected a file, came nothing; check the path"),
    "empty file": (("fit", "empty.csv", *FIT), "empty.csv: expected data, came an empty file; check"),
    "header only": (("fit", "header.csv", *FIT), "header.csv: expected rows of data, came only a header; check"),
    "no such column": (
        ("fit", "good.csv", "--target", "lod"),
        "good.csv: expected a column 'lod', came columns day, load, warmth, colour; did you mean 'load'?",
    ),
    "no target": (
        ("fit", "good.csv", *QUICK),
        "good.csv: expected a target column, came columns .*; name it with --target",
    ),
    "no target for a task": (
        ("fit", "good.csv", "--task", "forecast", *QUICK),
        "expected a target column, came columns",
    ),
    "constant target": (
        ("fit", "constant.csv", *FIT),
        "constant.csv, column 'load', row 1: expected a target that varies in the training part, came 5 throughout;",
    ),
    "one class": (
        ("fit", "one_class.csv", *LABELS),
        "one_class.csv, column 'label': expected at least two classes in the training part, came only 'up'; choose",
    ),
    "too few rows": (
        ("fit", "short.csv", "--target", "load", "--horizon", "3", "--lookback", "10", *QUICK),
        "short.csv, sequence '0', train part: expected room for a window of 10 steps and the 3 .*, came 6 steps",
    ),
    "group too short": (
        ("fit", "sites.csv", "--group", "site", *FIT),
        "sites.csv, sequence 's2', train part: expected room for a window of 4 steps and the 2 .*, came 3 steps",
    ),
    "repeated time stamp": (
        ("fit", "repeated.csv", *FIT),
        "repeated.csv, column 'day', row 8: expected one row per time stamp, came the time stamp of row 7 again;",
    ),
    "unsorted time stamps": (
        ("fit", "unsorted.csv", *FIT),
        "unsorted.csv, column 'day', row 9: expected time stamps in order, came 2024-01-09 after 2024-01-21; sort",
    ),
    "no time stamp": (
        ("fit", "undated.csv", *FIT),
        "undated.csv, column 'day', row 8: expected a time stamp, came 'yesterday'; correct the cell",
    ),
    "mixed types": (
        ("fit", "text.csv", *FIT),
        "text.csv, column 'warmth', row 8: expected a number, came 'warm'; correct the cell",
    ),
    "mixed types in the target": (
        ("fit", "text_target.csv", *FIT),
        "text_target.csv, column 'load', row 8: expected a number, came 'much'; correct the cell",
    ),
    "row too short": (("fit", "uneven.csv", *FIT), "uneven.csv, row 2: expected 2 fields, came 1; correct the line"),
    "NaN in a feature": (
        ("fit", "nan.csv", *FIT),
        "nan.csv, column 'warmth', row 8: expected a value, came a missing one; fill the cell",
    ),
    "empty cell": (
        ("fit", "empty_cell.csv", *FIT),
        "empty_cell.csv, column 'warmth', row 8: expected a value, came a missing one; .* pass --missing forward-fill",
    ),
    "infinity in a feature": (
        ("fit", "inf.csv", *FIT),
        "inf.csv, column 'warmth', row 8: expected a finite number, came inf; correct the cell",
    ),
    "NaN in the target": (
        ("fit", "nan_target.csv", *FIT),
        "nan_target.csv, column 'load', row 8: expected a value, came a missing one; fill the cell",
    ),
    "infinity in the target": (
        ("fit", "inf_target.csv", *FIT),
        "inf_target.csv, column 'load', row 8: expected a finite number, came -inf; correct the cell",
    ),
    "a test file from before": (
        ("fit", "good.csv", "--test", "earlier.csv", *FIT),
        "good.csv and earlier.csv, sequence '0': .* came 2023-12-01 after 2024-02-29; give only",
    ),
    "horizon 0": (
        ("fit", "good.csv", "--target", "load", "--horizon", "0"),
        "--horizon: expected a number of at least 1, came 0",
    ),
    "epochs in words": (
        ("fit", "good.csv", "--target", "load", "--epochs", "abc"),
        "'--epochs': 'abc' is not a valid integer",
    ),
    "unknown flag": (("fit", "good.csv", "--hidden-sise", "4"), "No such option '--hidden-sise'.*--hidden-size"),
    "unknown task": (("fit", "good.csv", "--task", "guess"), "'guess' is not one of 'forecast', 'classify', "),
    "unknown command": (("fitt", "good.csv"), "No such command 'fitt'"),
    "no argument": (("fit",), "Missing argument 'DATA'; see seqloom fit --help"),
    "unknown key": (
        ("fit", "good.csv", "--config", "unknown.yaml"),
        "unknown.yaml: expected a known setting, came 'horizn'; did you mean 'horizon'?",
    ),
    "key in words": (
        ("fit", "good.csv", "--config", "words.yaml"),
        "words.yaml, epochs: expected a whole number, came 'many'",
    ),
    "list as configuration": (
        ("fit", "good.csv", "--config", "list.yaml"),
        "expected a mapping of names to values, came a list",
    ),
    "broken configuration": (
        ("fit", "good.csv", "--config", "broken.yaml"),
        "broken.yaml: expected YAML, came .*; correct the file",
    ),
    "missing configuration": (
        ("fit", "good.csv", "--config", "absent.yaml"),
        "absent.yaml: expected a YAML file, came nothing",
    ),
    "settings that disagree": (
        ("fit", "good.csv", "--cell", "gru", "--activation", "relu", *FIT),
        "activation: expected tanh with the cell gru, came 'relu'",
    ),
    "a setting without a say": (
        ("fit", "good.csv", "--pooling", "mean", *FIT),
        "pooling: expected classes, labels or values, came a forecast; leave pooling out: it would change nothing",
    ),
    "scaled metrics of classes": (
        ("fit", "classes.csv", "--metrics-scaled", *LABELS),
        "--metrics-scaled: expected numbers to predict, came classes; leave it out",
    ),
    "two roles": (
        ("fit", "good.csv", "--static", "load", *FIT),
        "column 'load': expected one role, came target and static",
    ),
    "output in a missing folder": (
        ("fit", "good.csv", *FIT, "-o", "nowhere/model.loom"),
        "nowhere: expected a folder to write to, came nothing; make it, or name another with -o",
    ),
    "output in the place of another file": (
        ("fit", "good.csv", *FIT, "-o", "taken.txt"),
        "taken.txt: expected a free place or an older artifact, came a file that is not an artifact; choose",
    ),
    "missing artifact": (("predict", "absent.loom", "good.csv"), "absent.loom: expected an artifact, came nothing"),
    "wrong artifact": (
        ("predict", "words.loom", "good.csv"),
        "words.loom: expected an artifact, came a file that begins with",
    ),
    "table as artifact": (
        ("evaluate", "good.csv", "good.csv"),
        "good.csv: expected an artifact, came a file that begins with",
    ),
    "missing column at prediction": (
        ("predict", "model.loom", "fewer.csv"),
        "fewer.csv: expected column 'colour', as in the data trained with, came columns day, load, warmth; add",
    ),
    "extra column at prediction": (
        ("predict", "model.loom", "more.csv"),
        "more.csv: expected only columns of the data trained with, came also 'wind'; .* --ignore 'wind'",
    ),
    "unseen category at prediction": (
        ("predict", "model.loom", "unseen.csv"),
        "unseen.csv, column 'colour', row 56: expected one of the 2 categories of the training part, came 'green'",
    ),
    "infinity at prediction": (
        ("predict", "model.loom", "inf.csv"),
        "inf.csv, column 'warmth', row 8: expected a finite number, came inf; correct the cell",
    ),
    "gap at prediction": (
        ("predict", "model.loom", "nan_target.csv"),
        "nan_target.csv, column 'load', row 8: expected a value, came a missing one; fill the cell",
    ),
    "unsorted at prediction": (
        ("predict", "model.loom", "unsorted.csv"),
        "unsorted.csv, column 'day', row 9: expected time stamps in order",
    ),
    "unknown ending": (
        ("predict", "model.loom", "good.csv", "-o", "out.txt"),
        "out.txt: expected a name ending in .csv",
    ),
    "prediction to a missing folder": (
        ("predict", "model.loom", "good.csv", "-o", "nowhere/out.csv"),
        "nowhere: expected a folder to write to, came nothing; make it",
    ),
    "judgement of steps from before": (
        ("evaluate", "model.loom", "good.csv", "--test", "earlier.csv"),
        "expected a test set that begins after the training set ends, came 2023-12-01 after 2024-02-29",
    ),
    "judgement without targets": (
        ("evaluate", "model.loom", "targetless.csv"),
        "targetless.csv, column 'load': expected targets to judge by, came none; add the column",
    ),
    "judgement of other columns": (
        ("evaluate", "model.loom", "classes.csv"),
        "classes.csv: expected column 'day', as in the data trained with, came columns id, x, label; add the column",
    ),
    "unknown recipe": (("recipe", "run", "nothing"), "recipe: expected .*, came 'nothing'; choose one of them"),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_unusable_input_is_refused_in_one_line(name, refused):
    """Exit code 2 and a single line on stderr that says where, what was expected, what came and what to do."""
    words, sentence = REFUSALS[name]
    found = refused(*words)
    assert (found.code, len(found.lines), found.out) == (UNUSABLE, 1, "")
    assert re.search(sentence, found.lines[0]), found.lines[0]


@pytest.mark.parametrize("name", REFUSALS)
def test_refused_work_leaves_nothing_behind(name, refused):
    """No folder of a training, no half-written file, and nothing that stood there has changed."""
    assert refused(*REFUSALS[name][0]).left == set()


def full_disk(monkeypatch, tool):
    """Let a call of the system answer that the disk is full."""

    def refuse(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, tool, refuse)


def test_a_full_disk_fails_in_one_line(refused, monkeypatch):
    """Exit code 1, since the input is not to blame; the line says that there is no space."""
    full_disk(monkeypatch, "fsync")
    found = refused("fit", "good.csv", *FIT, "-o", "new.loom")
    assert (found.code, len(found.lines)) == (1, 1)
    assert "No space left on device; free space" in found.lines[0]


def test_a_full_disk_leaves_the_old_artifact_and_nothing_else(refused, monkeypatch):
    """Saving over a model on a full disk keeps the old one, byte for byte."""
    full_disk(monkeypatch, "fsync")
    assert refused("fit", "good.csv", *FIT, "-o", "model.loom").left == set()


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 100 kB, where the system lets us have one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = shutil.which("mount")
    if mount is None or os.geteuid() != 0:
        pytest.skip("only the root user may mount a small disk")
    if subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=100k", "tmpfs", disk], capture_output=True, check=False
    ).returncode:
        pytest.skip("this system lets nobody mount a small disk")
    yield disk
    subprocess.run(["umount", disk], check=True)


def test_a_disk_that_is_really_full_is_left_as_it_was(refused, small_disk):
    """On a disk too small for the artifact nothing remains of it, nor of its training."""
    (small_disk / "model.loom").write_bytes(b"")
    found = refused("fit", "good.csv", *FIT, "-o", small_disk / "model.loom")
    assert (found.code, len(found.lines)) == (1, 1)
    assert {path.name: path.stat().st_size for path in small_disk.iterdir()} == {"model.loom": 0}


def test_bad_rows_that_are_skipped_are_kept_beside_the_output(refused, prepared):
    """With --on-error skip the rows left out are written to a file, with their number and the reason."""
    found = refused("predict", "model.loom", "text.csv", "--on-error", "skip", "-o", "out.csv")
    assert found.code == 0
    rejected = pl.read_csv(prepared / "out.rejected.csv")
    assert rejected.select("row", "warmth").rows() == [(8, "warm")]
