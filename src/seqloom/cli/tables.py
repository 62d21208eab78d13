"""Which metrics the commands print, and in which order."""

from collections.abc import Mapping
from typing import Any

from seqloom.evaluate import MODEL

METRICS = {
    "forecast": ("rmse", "mae", "smape", "mase", "r2", "coverage_90"),
    "classify": ("accuracy", "f1", "roc_auc", "pr_auc", "log_loss"),
    "regress": ("rmse", "mae", "r2", "smape"),
}
"""The metrics that are printed; the report and `--json` have all."""


def metric_rows(task: str, metrics: Mapping[str, Mapping[str, float]]) -> list[dict[str, Any]]:
    """One record for the model and each alternative, with the task's main metrics where the model has them."""
    names = [name for name in METRICS[task] if name in metrics[MODEL]]
    return [{"": row, **{name: values.get(name) for name in names}} for row, values in metrics.items()]
