"""What a task brings to `seqloom generate`: its options, and how it makes and writes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from seqloom.estimators import SequenceEstimator


@dataclass(frozen=True)
class Asked:
    """What is asked of every task.

    Args:
        model: path of the model.
        length: new steps; None: as many as is usual.
        seed: of the random numbers.
        temperature: how bold.
        output: where to write; None: the task's usual place.
    """

    model: Path
    length: int | None
    seed: int
    temperature: float
    output: Path | None

    def base(self, endings: tuple[str, ...]) -> Path:
        """The name of the files to be written without their ending; by default that of the model, in this folder."""
        output = self.output or Path(f"{self.model.stem}-generated")
        return output.with_suffix("") if output.suffix.lower() in endings else output


@dataclass(frozen=True)
class Generator:
    """One task's way to generate.

    Args:
        options: options of its own, by the name of their parameter; tasks may share one.
        run: makes and writes or prints, given the estimator, what is asked, and the options of its own by name.
    """

    options: Mapping[str, click.Option]
    run: Callable[[SequenceEstimator, Asked, Mapping[str, Any]], None]
