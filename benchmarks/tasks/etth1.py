"""ETTh1: electricity transformer temperature, all seven channels, four horizons."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from benchmarks.task import Data, Reference, Target, Task, measured_scaled
from seqloom.read import ReadSettings, read

FILE = "ett/ETTh1.csv.gz"
ROWS = 14_400
PART = 2_880
CHANNELS = ("HUFL", "HULL", "MUFL", "MULL", "LUFL", "LULL", "OT")
RECIPE: Mapping[str, Any] = {
    "task": "forecast",
    "validation_size": PART,
    "test_size": PART,
    "calendar": False,
    "segment": 24,
    "supervise": "last",
    "cell": "gru",
    "dropout": 0.5,
    "batch_size": 64,
    "weight_decay": 0.0,
    "threads": 1,
}
NEAR: Mapping[str, Any] = {
    "lookback": 720,
    "stride": 4,
    "linear": 24,
    "normalize": "middle",
    "hidden_size": 64,
    "loss": "mae",
    "learning_rate": 1e-3,
    "epochs": 6,
}
FAR: Mapping[str, Any] = {
    "lookback": 336,
    "stride": 2,
    "linear": 336,
    "normalize": "last",
    "channels": "joint",
    "hidden_size": 32,
    "learning_rate": 1e-4,
    "epochs": 4,
}
"""Far ahead a linear map of two weeks says nearly all that can be said; the network adds little, and slowly."""
CHOSEN = (
    " The recipe was chosen on three blocks of time before the test part, after an earlier one had been judged on it."
)
BY_HORIZON = {96: NEAR, 192: FAR, 336: FAR, 720: FAR}
HORIZONS = {96: (0.37, 0.351), 192: (0.41, 0.392), 336: (0.43, 0.423), 720: (0.45, 0.440)}
"""Target and stretch of each horizon."""
PUBLISHED = {
    ("SegRNN, one GRU layer, lookback 720", "Lin et al. 2023, table 2"): (0.351, 0.392, 0.423, 0.466),
    ("PatchTST/64, lookback 512", "Nie et al. 2023, table 3"): (0.370, 0.413, 0.422, 0.447),
    ("NLinear, lookback 336", "Zeng et al. 2023, LTSF benchmark"): (0.374, 0.408, 0.429, 0.440),
    ("DLinear, lookback 336", "Zeng et al. 2023, LTSF benchmark"): (0.375, 0.405, 0.439, 0.472),
    ("point-wise GRU, lookback 720", "Lin et al. 2023, table 2"): (1.135, 1.123, 1.080, 1.089),
}


def _load(folder: Path) -> Data:
    """The first 20 months of 30 days; the rest of the file is not part of the protocol."""
    table = pl.read_csv(folder / FILE, n_rows=ROWS)
    return Data(read(table, settings=ReadSettings(target=CHANNELS)))


def _task(horizon: int, place: int) -> Task:
    target, stretch = HORIZONS[horizon]
    recipe = {**RECIPE, **BY_HORIZON[horizon], "horizon": horizon}
    return Task(
        name=f"etth1-{horizon}",
        title=f"ETTh1, {horizon} hours ahead",
        protocol=(
            "Seven channels, 12, 4 and 4 months of 30 days for training, validation and test, scaled by mean and "
            f"deviation of the training part; every test window (stride 1, lookback {recipe['lookback']}), errors in "
            f"scaled units over all windows, steps and channels.{'' if recipe['linear'] == NEAR['linear'] else CHOSEN}"
        ),
        files=(FILE,),
        load=_load,
        settings=recipe,
        target=Target("mse", target, stretch=stretch),
        references=tuple(
            Reference(name, source, {"mse": errors[place]}) for (name, source), errors in PUBLISHED.items()
        ),
        metrics=("mse", "mae"),
        measure=measured_scaled,
    )


TASKS = tuple(_task(horizon, place) for place, horizon in enumerate(HORIZONS))
