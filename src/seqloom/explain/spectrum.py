"""The spectrum of recurrent weights: what a state is multiplied by, step after step."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqloom.explain.names import gate_names
from seqloom.nn import Recurrent
from seqloom.report import Axis, FigureData, Line, Panel, Points

DRAWN = 4
"""Matrices that are drawn, those with the largest radius."""


@dataclass(frozen=True)
class Spectrum:
    """Eigenvalues of the recurrent matrix of each layer, direction and gate.

    Args:
        names: of the matrices.
        eigenvalues: complex, [H] each.
    """

    names: tuple[str, ...]
    eigenvalues: tuple[NDArray[np.complex128], ...]

    @property
    def radii(self) -> NDArray[np.float64]:
        """The spectral radius of each matrix: the largest absolute value of its eigenvalues."""
        return np.array([np.abs(own).max() for own in self.eigenvalues])

    @property
    def sentence(self) -> str:
        """What the largest radius means."""
        place = int(self.radii.argmax())
        radius = float(self.radii[place])
        told = "a state can grow from step to step" if radius > 1 else "by themselves states fade"
        return f"The largest spectral radius is {radius:.2f} ({self.names[place]}): {told}."

    def figure(self) -> FigureData:
        """Eigenvalues in the plane of complex numbers, with the unit circle."""
        angle = np.linspace(0, 2 * np.pi, 121)
        circle = Line(name="unit circle", ink="reference", dashed=True, x=np.cos(angle), y=np.sin(angle))
        edge = 1.1 * max(1.0, float(self.radii.max()))
        panels = tuple(
            Panel(
                title=f"{name}: {np.abs(own).max():.2f}",
                marks=(circle, Points(name="eigenvalue", x=own.real, y=own.imag)),
                x=Axis(label="real part", limits=(-edge, edge)),
                y=Axis(label="imaginary part", limits=(-edge, edge)),
                shape="square",
            )
            for name, own in ((self.names[place], self.eigenvalues[place]) for place in np.argsort(-self.radii)[:DRAWN])
        )
        left_out = (
            f" The {DRAWN} of {len(self.names)} matrices with the largest are drawn." if len(self.names) > DRAWN else ""
        )
        return FigureData(
            name="spectrum",
            title="Spectrum of the recurrent weights",
            caption="Every point is an eigenvalue of a recurrent matrix; above each panel its spectral radius, the"
            " distance"
            " of the farthest point from the middle. Inside the circle a linear recurrence fades, outside it grows;"
            " points"
            f" beside the horizontal axis turn. Activations and gates pull inwards. {self.sentence}{left_out}",
            panels=panels,
        )


def spectrum(recurrent: Recurrent) -> Spectrum:
    """The eigenvalues of the recurrent matrices of some layers.

    A linear recurrence whose spectral radius is below 1 forgets, one above 1 grows without bound; activations and gates
    only pull towards forgetting (Pascanu, Mikolov & Bengio, "On the difficulty of training recurrent neural networks",
    ICML 2013).

    Args:
        recurrent: layers whose gates read the hidden vector; others have no such matrix.
    """
    names, found = [], []
    for index in range(recurrent.layers * recurrent.directions):
        matrix = recurrent.weights(index).recurrent.detach().double().cpu().numpy()
        gates = gate_names(recurrent.cell)
        if not len(matrix) or matrix.shape[0] != len(gates) * matrix.shape[1]:
            continue
        layer = f"layer {index // recurrent.directions + 1}" + (", backwards" if index % recurrent.directions else "")
        for name, block in zip(gates, np.split(matrix, len(gates)), strict=True):
            names.append(layer if len(gates) == 1 else f"{layer}, {name}")
            found.append(np.linalg.eigvals(block).astype(np.complex128))
    return Spectrum(tuple(names), tuple(found))
