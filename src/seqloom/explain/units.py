"""Single units: which one counts, which one follows a feature, which one knows that a quotation is open."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqloom.explain.question import Floats
from seqloom.explain.states import States

QUOTES = '"“”„«»'
"""Marks that open a quotation, or end one that is open."""


@dataclass(frozen=True)
class Unit:
    """A unit and the fact that goes best with it.

    Args:
        unit: its number, from 0.
        fact: what it goes with.
        correlation: how closely, -1 to 1.
    """

    unit: int
    fact: str
    correlation: float


def telling_units(states: States, facts: Mapping[str, Floats]) -> tuple[Unit, ...]:
    """For each fact the unit whose activation goes with it most closely, the closest first.

    Args:
        states: activations.
        facts: numbers for each of the steps by name, NaN where not known, [N] each.
    """
    found = []
    for name, values in facts.items():
        known = np.isfinite(values)
        if known.sum() < 10 or np.ptp(values[known]) == 0:  # noqa: PLR2004 - too few to tell
            continue
        own = states.values[known] - states.values[known].mean(axis=0)
        fact = values[known] - values[known].mean()
        scale = np.sqrt((own**2).sum(axis=0) * (fact**2).sum())
        correlations = np.divide(fact @ own, scale, out=np.zeros(own.shape[1]), where=scale > 0)
        unit = int(np.abs(correlations).argmax())
        found.append(Unit(unit, name, float(correlations[unit])))
    return tuple(sorted(found, key=lambda one: -abs(one.correlation)))


def text_facts(tokens: NDArray[np.str_] | list[str], sequence: NDArray[np.int64]) -> dict[str, Floats]:
    """What a unit may know of a text: whether a quotation or a bracket is open, how far a word or a line has come.

    Args:
        tokens: of all steps, one sequence after the other, [N].
        sequence: which sequence each belongs to, [N].
    """
    quote, bracket, word, line = (np.zeros(len(tokens)) for _ in range(4))
    opened = depth = letters = column = 0
    for place, token in enumerate(tokens):
        if place and sequence[place] != sequence[place - 1]:
            opened = depth = letters = column = 0
        opened = (opened + sum(mark in QUOTES for mark in token)) % 2
        depth = max(0, depth + token.count("(") - token.count(")"))
        letters = 0 if not token.strip() or token.startswith((" ", "\n")) else letters + len(token)
        column = 0 if "\n" in token else column + len(token)
        quote[place], bracket[place], word[place], line[place] = opened, depth, letters, column
    return {
        "inside a quotation": quote,
        "inside brackets": bracket,
        "letters since the last space": word,
        "letters since the line began": line,
    }
