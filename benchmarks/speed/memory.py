"""Memory of a training step, each in a new process that has run a small one before."""

from collections.abc import Sequence

from benchmarks.speed.case import Case
from benchmarks.speed.process import Peers, Unavailable
from benchmarks.speed.record import Figure, Measurement
from benchmarks.speed.rounds import Effort


def measure(case: Case, taking_part: Sequence[str], peers: Peers, effort: Effort) -> Measurement:  # noqa: ARG001 - as every row is measured
    """The most memory two calls take, in bytes.

    Args:
        case: what is computed.
        taking_part: peers.
        peers: their processes, which are ended.
        effort: has no say here.
    """
    figures = tuple(_figure(case, who, peers) for who in taking_part)
    return Measurement(case=case.to_json(), name=case.name, figures=figures)


def _figure(case: Case, who: str, peers: Peers) -> Figure:
    peers.forget(who)
    try:
        peers.ask(who, "prepare", slot="small", case=case.small().to_json(), variant="")
        peers.ask(who, "time", slot="small", calls=2)
        peers.ask(who, "prepare", slot="whole", case=case.to_json(), variant="")
        taken = float(peers.ask(who, "memory", slot="whole")["bytes"])
    except Unavailable as reason:
        return Figure(who=who, reason=str(reason))
    finally:
        peers.forget(who)
    return Figure.of(who, [[taken]])
