"""What many clients asked for at a time, done together: one step, one commit."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from seqloom.errors import SeqloomError, StorageError
from seqloom.live import Call, Engine, Operation, Reply, Round
from seqloom.store import Change

Work = Call | Operation
Told = Reply | Mapping[str, Any] | Exception
"""What a piece of work came to: the reply to a call, the answer of an operation, or why there is none."""
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Joint:
    """Works that were done together.

    Args:
        works: of different streams.
        told: what each came to, to be given out when the round is durable.
        round: what has to become durable.
    """

    works: Sequence[Work]
    told: Sequence[Told]
    round: Round


def step(engine: Engine, works: Sequence[Work]) -> Joint:
    """Do works of different streams; nothing is durable yet, and no stream has moved.

    What goes wrong with one is told to that one alone, except where the store refuses.
    """
    try:
        return _together(engine, works)
    except Exception as error:  # noqa: BLE001 - whatever one of them does, the others are answered
        if len(works) == 1 or isinstance(error, StorageError):
            return _failed(works, error)
    return _joined([step(engine, [work]) for work in works])


def commit(engine: Engine, joint: Joint) -> Joint:
    """Make it durable and let the streams go on; where the store refuses, everybody is told, and no stream has moved.

    Returns:
        What is to be told.
    """
    try:
        engine.commit(joint.round)
    except Exception as error:  # noqa: BLE001 - a row that no store takes must not hold up the others
        if len(joint.works) == 1 or isinstance(error, StorageError):
            return _failed(joint.works, error)
        return _joined([commit(engine, step(engine, [work])) for work in joint.works])
    engine.settle(joint.round)
    return joint


def _together(engine: Engine, works: Sequence[Work]) -> Joint:
    read = engine.step([work for work in works if isinstance(work, Call)])
    replies = iter(read.replies)
    told: list[Told] = []
    sessions, ended, after = list(read.change.sessions), list(read.change.ended), dict(read.after)
    records = list(read.change.records)
    for work in works:
        if isinstance(work, Call):
            told.append(next(replies))
            continue
        try:
            done = work.operate(engine)
        except StorageError:
            raise
        except SeqloomError as error:
            told.append(error)
            continue
        told.append(done.answer)
        sessions.extend(done.change.sessions)
        ended.extend(done.change.ended)
        records.extend(done.change.records)
        after.update(done.after)
    change = replace(read.change, sessions=sessions, ended=ended, records=records)
    return Joint(works, told, Round(read.replies, change, after))


def _failed(works: Sequence[Work], error: Exception) -> Joint:
    if not isinstance(error, SeqloomError):
        log.error("a call failed unexpectedly", exc_info=error)
    return Joint(works, [error] * len(works), Round([], Change()))


def _joined(joints: Sequence[Joint]) -> Joint:
    change = Change(
        sessions=[one for joint in joints for one in joint.round.change.sessions],
        records=[one for joint in joints for one in joint.round.change.records],
        ended=[one for joint in joints for one in joint.round.change.ended],
    )
    after = {stream: live for joint in joints for stream, live in joint.round.after.items()}
    works = [work for joint in joints for work in joint.works]
    return Joint(works, [told for joint in joints for told in joint.told], Round([], change, after))
