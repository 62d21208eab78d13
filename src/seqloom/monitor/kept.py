"""References as artifacts keep them."""

from collections.abc import Mapping
from typing import Any

from seqloom.monitor.numbers import Numbers
from seqloom.monitor.reference import Reference, Side
from seqloom.monitor.shares import Hits, Labels
from seqloom.monitor.usual import Usual


def reference_of(plain: Any) -> Reference | None:  # noqa: ANN401 - whatever an artifact says
    """The reference that `to_json` wrote; None: it is none."""
    try:
        if plain["kind"] == Labels.kind:
            return Labels(tuple(map(str, plain["labels"])), tuple(_usual(one) for one in plain["shares"]))
        if plain["kind"] == Hits.kind:
            return Hits(_usual(plain["share"]))
        side: Side = 0 if not plain["side"] else 1 if plain["side"] > 0 else -1
        edges, scores = (tuple(map(float, plain[name])) for name in ("edges", "scores"))
        level, spread, missing = (_usual(plain[name]) for name in ("level", "spread", "missing"))
        mean, deviation = (None if plain[name] is None else float(plain[name]) for name in ("mean", "deviation"))
        if len(edges) != len(scores):
            return None
        return Numbers(edges, scores, level, spread, missing, mean, deviation, side)
    except (KeyError, TypeError, ValueError):
        return None


def _usual(plain: Mapping[str, Any] | None) -> Usual | None:
    return None if plain is None else Usual.from_json(plain)
