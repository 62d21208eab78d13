"""Targets that are made from where sequences end: how long it is until then, or whether it is soon."""

from typing import Annotated, Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field


class RemainingLife(BaseModel):
    """The steps that are left at each step until its sequence ends, at most so many.

    Long before the end nothing tells how long it will be: from the cap on, life counts as full.

    Args:
        kind: tells it from other endings.
        cap: the largest value, in steps.
        left: the static column that says how many steps were left after a sequence's last one; None: none were.

    Example:
        >>> RemainingLife(cap=2).values(np.array([3.0, 2.0, 1.0, 0.0])).tolist()
        [2.0, 2.0, 1.0, 0.0]
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    target: ClassVar[str] = "remaining_life"
    """Name of the column that is made."""
    labels: ClassVar[tuple[str, ...]] = ()
    """Labels of that column; none where it holds numbers."""

    kind: Literal["remaining_life"] = "remaining_life"
    cap: int = Field(ge=1)
    left: str | None = None

    def values(self, left: NDArray[np.float64]) -> NDArray[Any]:
        """The column, given the steps that are left at each step, NaN where that is not known, [steps]."""
        return np.minimum(left, self.cap).astype(np.float32)

    @property
    def sentence(self) -> str:
        """What the column holds, in words."""
        return f"the steps until a sequence ends, at most {self.cap:,}"


class FailsWithin(BaseModel):
    """Whether a sequence ends within so many steps.

    Args:
        kind: tells it from other endings.
        within: steps before the last one from which on the answer is `yes`.
        left: the static column that says how many steps were left after a sequence's last one; None: none were.

    Example:
        >>> ending = FailsWithin(within=1)
        >>> [ending.labels[code] for code in ending.values(np.array([3.0, 2.0, 1.0, 0.0]))]
        ['no', 'no', 'yes', 'yes']
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    target: ClassVar[str] = "fails"
    """Name of the column that is made."""
    labels: ClassVar[tuple[str, ...]] = ("no", "yes")
    """Labels of that column, in the order of their codes."""

    kind: Literal["fails"] = "fails"
    within: int = Field(ge=1)
    left: str | None = None

    def values(self, left: NDArray[np.float64]) -> NDArray[Any]:
        """The codes of the column, -1 where the steps that are `left`, [steps], are not known."""
        return np.where(np.isnan(left), -1, left <= self.within).astype(np.int32)

    @property
    def sentence(self) -> str:
        """What the column holds, in words."""
        return f"whether a sequence ends within {self.within:,} steps"


Ending = Annotated[RemainingLife | FailsWithin, Field(discriminator="kind")]
"""A target made from where sequences end."""
