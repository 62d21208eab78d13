"""States as points on paper: principal components and t-SNE."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.decomposition import PCA
from sklearn.manifold import TSNE

from seqloom.explain.question import Floats
from seqloom.report import Axis, FigureData, Ink, Panel, Points

MOST = 5_000
"""Points t-SNE takes at most."""
PERPLEXITY = 30.0
ITERATIONS = 500
INKS: tuple[Ink, ...] = ("first", "fourth", "second", "fifth", "third", "history")
"""Inks of groups, in the order of the rainbow, so that neighbours in order are neighbours in colour."""
FEW = 5
"""Labels that get a colour of their own."""


@dataclass(frozen=True)
class Projection:
    """Points for states.

    Args:
        method: how they were found.
        points: [n, 2].
        rows: which of the states they stand for, [n].
        of: how many states there were.
        explained: share of the variance along both axes; None: the method does not say.
    """

    method: str
    points: Floats
    rows: NDArray[np.int64]
    of: int
    explained: tuple[float, float] | None = None

    @property
    def sampled(self) -> str:
        """How many states are shown, where not all are."""
        return (
            ""
            if len(self.rows) == self.of
            else f" {len(self.rows):,} of {self.of:,} states are shown, drawn at random."
        )

    def figure(self, groups: Mapping[str, NDArray[np.bool_]], by: str) -> FigureData:
        """The points in the inks of some groups.

        Args:
            groups: which of the points belong to each, by name, [n]; at most six.
            by: what they are coloured by.
        """
        marks = tuple(
            Points(name=name, ink=ink, x=self.points[own, 0], y=self.points[own, 1])
            for ink, (name, own) in zip(INKS, groups.items(), strict=False)
            if own.any()
        )
        labels: tuple[str, ...] = ("first", "second")
        if self.explained is not None:
            labels = tuple(f"component {k + 1}, {100 * share:.0f} %" for k, share in enumerate(self.explained))
            reading = (
                f"The two directions in which states differ most hold {100 * sum(self.explained):.0f} % of their"
                " variance."
                " Distances are those of the states, as far as these two tell them."
            )
        else:
            reading = (
                "States that are alike lie near each other. How far groups are apart, how large they are and which"
                " way they"
                " lie means nothing."
            )
        return FigureData(
            name=f"{self.method.lower()}-{by.replace(' ', '-')}",
            title=f"{self.method} of hidden states, by {by}",
            caption=f"Every point is the state after one step. {reading} Colours that lie apart: the state knows the"
            f" {by}.{self.sampled}",
            panels=(Panel(marks=marks, x=Axis(label=labels[0]), y=Axis(label=labels[1]), shape="square"),),
        )


def fifths(values: Floats, lowest: str = "lowest", highest: str = "highest") -> dict[str, NDArray[np.bool_]]:
    """Five groups of about equal size, from the lowest values to the highest.

    Args:
        values: numbers, [N].
        lowest: what the lowest ones are called.
        highest: what the highest ones are called.
    """
    edges = np.nanquantile(values, (0.2, 0.4, 0.6, 0.8)) if np.isfinite(values).any() else np.zeros(4)
    place = np.where(np.isfinite(values), np.searchsorted(edges, values, side="left"), -1)
    names = (f"{lowest} fifth", "second", "middle", "fourth", f"{highest} fifth")
    return {label: place == k for k, label in enumerate(names)}


def kinds(labels: NDArray[np.str_]) -> dict[str, NDArray[np.bool_]]:
    """One group for each of the five most frequent labels, and one for all others."""
    found, counts = np.unique(labels, return_counts=True)
    usual = found[np.argsort(-counts, kind="stable")][:FEW] if len(found) > FEW + 1 else found
    groups = {str(label): labels == label for label in usual}
    rest = ~np.isin(labels, usual)
    return groups | ({"others": rest} if rest.any() else {})


def principal(values: Floats, generator: np.random.Generator, *, most: int = MOST) -> Projection:
    """The two directions in which states differ most.

    Args:
        values: states, [N, H].
        generator: draws the states that are shown.
        most: of these at most; the directions are those of all states.
    """
    model = PCA(n_components=2, svd_solver="full" if min(values.shape) <= 2 else "covariance_eigh").fit(values)  # noqa: PLR2004 - two axes
    rows = sampled(len(values), most, generator)
    first, second = model.explained_variance_ratio_.tolist()
    return Projection("PCA", model.transform(values[rows]), rows, len(values), (first, second))


def neighbours(
    values: Floats, generator: np.random.Generator, *, most: int = MOST, iterations: int = ITERATIONS
) -> Projection:
    """t-SNE: states that are alike are near each other; distances between groups mean nothing.

    Source: van der Maaten & Hinton, "Visualizing data using t-SNE", JMLR 9 (2008).

    Args:
        values: states, [N, H].
        generator: draws the states that are shown.
        most: of these at most, 5,000 and fewer.
        iterations: of the descent.
    """
    rows = sampled(len(values), min(most, MOST), generator)
    perplexity = max(1.0, min(PERPLEXITY, (len(rows) - 1) / 3))
    model = TSNE(
        perplexity=perplexity, init="pca", max_iter=iterations, random_state=int(generator.integers(2**31)), n_jobs=1
    )
    points = model.fit_transform(values[rows].astype(np.float32)).astype(np.float64)
    return Projection("t-SNE", points, rows, len(values))


def sampled(count: int, most: int, generator: np.random.Generator) -> NDArray[np.int64]:
    """At most so many of `count` places, in order.

    Example:
        >>> sampled(3, 5, np.random.default_rng(0)).tolist()
        [0, 1, 2]
    """
    if count <= most:
        return np.arange(count)
    return np.sort(generator.choice(count, most, replace=False))
