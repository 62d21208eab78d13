"""What of an answer is watched."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from seqloom.monitor.hindsight import PROBABILITY
from seqloom.monitor.reference import Value

CONFIDENCE = "confidence"
ASIDE = re.compile(r".*_q\d+|probability.*|time|waiting|log_probability|best")
"""Parts of an answer that are no signal by themselves."""


def said_of(answer: Mapping[str, Any]) -> dict[str, Value]:
    """The parts of an answer that are watched: numbers, labels, the mean of a forecast, and the largest probability."""
    found: dict[str, Value] = {}
    for name, value in answer.items():
        if _is_aside(name):
            continue
        if isinstance(value, list):
            numbers = [one for one in value if isinstance(one, int | float)]
            found[name] = float(np.mean(numbers)) if numbers else None
        elif isinstance(value, str | int | float):
            found[name] = value
    sure = [value for name, value in answer.items() if name.startswith(PROBABILITY) and isinstance(value, int | float)]
    return found | ({CONFIDENCE: float(max(sure))} if sure else {})


@lru_cache(maxsize=1024)
def _is_aside(name: str) -> bool:
    return ASIDE.fullmatch(name) is not None
