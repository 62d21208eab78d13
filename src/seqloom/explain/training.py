"""How gradients and recurrent weights stood over the training."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from seqloom.explain.question import Floats
from seqloom.report import Axis, FigureData, Line, Panel, Rule

LEAP = 100.0
"""Times the median gradient from which on an epoch is said to explode."""


@dataclass(frozen=True)
class TrainingCourse:
    """Gradients and recurrent weights, epoch by epoch.

    Args:
        gradients: mean length of the gradient before clipping, [epochs].
        radii: largest spectral radius of the recurrent weights; empty: it was not kept or there are none.
        clip: length that gradients were clipped to; None: they were not.
    """

    gradients: Floats
    radii: Floats
    clip: float | None

    @property
    def exploded(self) -> tuple[int, ...]:
        """Epochs, counted from 1, whose gradient was more than a hundred times the median one."""
        usual = float(np.median(self.gradients)) if len(self.gradients) else 0.0
        return tuple(int(place) + 1 for place in np.flatnonzero(self.gradients > LEAP * usual)) if usual > 0 else ()

    @property
    def sentence(self) -> str:
        """What happened, in words."""
        if not len(self.gradients):
            return "The artifact has no history of its training."
        low, high = float(self.gradients.min()), float(self.gradients.max())
        cure = f"clip_norm={self.clip:g} kept the weights in place" if self.clip else "clip_norm=1 would have cured it"
        if self.exploded:
            epochs = ", ".join(map(str, self.exploded[:5]))
            return f"Gradients exploded in epoch {epochs}: up to {high:.3g}; {cure}."
        clipped = f"; they were clipped at {self.clip:g}" if self.clip else ""
        return f"Gradients did not explode: their mean length was {low:.3g} to {high:.3g}{clipped}."

    def figure(self) -> FigureData:
        """Both by epoch."""
        x = np.arange(1, len(self.gradients) + 1, dtype=np.float64)
        limit = () if self.clip is None else (Rule(name="clipped at", along="across", at=self.clip),)
        panels = [
            Panel(
                title="length of the gradient",
                marks=(*limit, Line(name="gradient", x=x, y=self.gradients, dots=len(x) < 2)),  # noqa: PLR2004 - a line needs two
                x=Axis(label="epoch"),
                y=Axis(label="norm", log=bool((self.gradients > 0).all())),
            )
        ]
        if len(self.radii):
            one = Rule(name="neither grows nor fades", along="across", at=1.0)
            line = Line(name="spectral radius", ink="second", x=x[-len(self.radii) :], y=self.radii, dots=len(x) < 2)  # noqa: PLR2004 - as above
            panels.append(
                Panel(
                    title="largest spectral radius",
                    marks=(one, line),
                    x=Axis(label="epoch"),
                    y=Axis(label="spectral radius"),
                )
            )
        return FigureData(
            name="training-course",
            title="Gradients and recurrent weights over the training",
            caption="The mean length of the gradient before it was clipped, on a logarithmic axis; a leap by a"
            " hundred is an explosion. The spectral radius: by how much the recurrent weights can stretch a state at"
            " each step;"
            " above 1"
            f" a linear recurrence grows. {self.sentence}",
            panels=tuple(panels),
        )


def training_course(history: Sequence[Mapping[str, object]], clip: object = None) -> TrainingCourse:
    """What the history of a training says.

    Args:
        history: one line per epoch, as an artifact keeps them.
        clip: the setting `clip_norm`.
    """
    gradients = [float(str(line["gradient_norm"])) for line in history if "gradient_norm" in line]
    radii = [float(str(line["spectral_radius"])) for line in history if "spectral_radius" in line]
    limit = float(clip) if isinstance(clip, int | float) and clip else None
    return TrainingCourse(np.array(gradients), np.array(radii), limit)
