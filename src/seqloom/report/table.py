"""A table as data, and its numbers as people read them."""

import math
from collections.abc import Mapping, Sequence
from typing import Annotated, Literal

import numpy as np
from pydantic import BeforeValidator

from seqloom.report.figure_data import Noun


def _plain(value: object) -> object:
    """A number of NumPy as one of Python, so that whole numbers stay whole in JSON."""
    return value.item() if isinstance(value, np.generic) else value


Cell = Annotated[str | bool | int | float | None, BeforeValidator(_plain)]
"""What a table holds; None is printed as a dash."""

Best = Literal["low", "high", "none"]
"""Whether the lowest or the highest number of a column is the best one."""

DIGITS = 4
"""Significant digits of a printed number."""

BEST: Mapping[str, Best] = {
    **dict.fromkeys(
        ("mse", "mae", "rmse", "smape", "mase", "pinball", "log_loss", "brier", "gap_nll", "gap_mae"), "low"
    ),
    **dict.fromkeys(("perplexity", "nats_per_token", "nats_per_character", "bits_per_character"), "low"),
    **dict.fromkeys(("nll", "nll_after_first", "nats"), "low"),
    **dict.fromkeys(("r2", "accuracy", "f1", "precision", "recall", "roc_auc", "pr_auc"), "high"),
    **dict.fromkeys(("accuracy_new", "sequences_right"), "high"),
    **dict.fromkeys(("bleu", "chrf", "exact_match"), "high"),
    "nats_per_symbol": "low",
    **dict.fromkeys(("wer", "cer", "substituted", "deleted", "inserted"), "low"),
    **dict.fromkeys(("exact", "f1_micro", "f1_macro", "subset_accuracy"), "high"),
    "hamming": "low",
    "cost": "low",
    **dict.fromkeys(("rmse_last", "phm08", "false_alarms"), "low"),
    **dict.fromkeys(("lead", "caught"), "high"),
}
"""Which direction is better, for every metric that has one."""

_NAMES = {
    **{name: name.upper() for name in ("mse", "mae", "rmse", "mase")},
    "r2": "R²",
    "smape": "sMAPE",
    "f1": "F1",
    "f1_micro": "F1, micro",
    "f1_macro": "F1, macro",
    "subset_accuracy": "all labels right",
    "hamming": "wrong labels",
    "roc_auc": "ROC AUC",
    "pr_auc": "PR AUC",
    "log_loss": "log loss",
    "nll": "NLL per frame",
    "nll_after_first": "after the first",
    "nats": "nats per sequence",
    "brier": "Brier",
    "accuracy_new": "accuracy, new words",
    "gap_nll": "gap NLL",
    "gap_mae": "gap MAE",
    "bleu": "BLEU",
    "chrf": "chrF",
    "wer": "WER",
    "cer": "CER",
    "rmse_last": "RMSE, last step",
    "phm08": "PHM08 score",
    "lead": "steps of warning",
    "caught": "caught in time",
    "false_alarms": "false alarms in 1,000",
}

_HUGE, _TINY = 1e7, 1e-4


class Column(Noun):
    """One column: its heading, and whether its lowest or highest number is marked as the best."""

    name: str
    best: Best = "none"


class Table(Noun):
    """Rows of cells under headings.

    Args:
        title: what the table shows.
        columns: the headings.
        rows: one cell per column; columns of numbers are aligned at the decimal point.
        note: how to read it.
        highlight: the row that is the model's own.
    """

    title: str = ""
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    highlight: int | None = None

    def best_rows(self, column: int) -> frozenset[int]:
        """Rows that hold the best number of a column; rows that print the same number are equally good."""
        best = self.columns[column].best
        numbers = {
            r: float(cell)
            for r, row in enumerate(self.rows)
            if isinstance(cell := row[column], int | float) and math.isfinite(cell)
        }
        if best == "none" or len(numbers) < 2:  # noqa: PLR2004 - one alone is not the best of anything
            return frozenset()
        winner = written((min if best == "low" else max)(numbers.values()))
        return frozenset(row for row, number in numbers.items() if written(number) == winner)

    def is_numeric(self, column: int) -> bool:
        """Whether a column holds numbers only, and at least one."""
        cells = [row[column] for row in self.rows if row[column] is not None]
        return bool(cells) and all(isinstance(cell, int | float) and not isinstance(cell, bool) for cell in cells)


def scores_table(scores: Mapping[str, Mapping[str, float]], *, model: str, title: str = "", note: str = "") -> Table:
    """Metrics of the model and of the alternatives, one row each, the best of each column known.

    Args:
        scores: name of the model or alternative → metric → number; a metric that could not be computed is absent.
        model: which of the names is the model.
        title: the table's title.
        note: how to read it.
    """
    metrics = list(dict.fromkeys(metric for row in scores.values() for metric in row))
    return Table(
        title=title,
        columns=(Column(name=""), *(Column(name=metric_name(m), best=BEST.get(m, "none")) for m in metrics)),
        rows=tuple((entrant_name(name), *(row.get(m) for m in metrics)) for name, row in scores.items()),
        note=note,
        highlight=list(scores).index(model) if model in scores else None,
    )


def entrant_name(name: str) -> str:
    """The name of the model or of an alternative as people write it.

    Example:
        >>> entrant_name("seasonal_naive")
        'seasonal naive'
    """
    return name.replace("_", " ")


def metric_name(metric: str) -> str:
    """A metric's name as people write it.

    Example:
        >>> metric_name("rmse"), metric_name("coverage_90")
        ('RMSE', 'coverage 90 %')
    """
    if metric.startswith("coverage_"):
        return f"coverage {metric.removeprefix('coverage_')} %"
    return _NAMES.get(metric, metric.replace("_", " "))


def written(cell: Cell, digits: int = DIGITS) -> str:
    """A cell as text: numbers with four significant digits, and all digits of what stands before the point.

    Example:
        >>> [written(cell) for cell in (0.123456, 12345.678, 3, 1.5e-9, True, None)]
        ['0.1235', '12,346', '3', '1.500e-9', 'yes', '-']
    """
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):
        return "-"
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if not isinstance(cell, float):
        return f"{cell:,}" if isinstance(cell, int) else cell
    if math.isinf(cell) or cell == 0:
        return f"{cell:g}"
    mantissa, exponent = f"{cell:.{digits - 1}e}".split("e")
    if not _TINY <= abs(cell) < _HUGE:
        return f"{mantissa}e{int(exponent)}"
    return f"{cell:,.{max(0, digits - 1 - int(exponent))}f}"


def aligned(cells: Sequence[Cell]) -> list[tuple[str, str]]:
    """Cells of one column as text, each with the invisible ending that aligns the decimal points.

    Example:
        >>> aligned([0.5, 12.25, 300])
        [('0.5000', ''), ('12.25', '00'), ('300', '.0000')]
    """
    texts = [written(cell) for cell in cells]
    tails = [len(text) - text.index(".") if "." in text else 0 for text in texts]
    longest = max(tails, default=0)
    return [
        (text, ("." + "0" * longest)[:longest] if not tail else "0" * (longest - tail))
        for text, tail in zip(texts, tails, strict=True)
    ]
