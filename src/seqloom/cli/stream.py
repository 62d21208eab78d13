"""`seqloom stream`: readings on a pipe, answers on a pipe."""

import queue
import sys
import threading
from collections.abc import Iterator
from typing import BinaryIO

import click

from seqloom.artifact import load
from seqloom.cli.talk import say
from seqloom.errors import SettingsError
from seqloom.live import Changed, LiveStreams, answered, parse

MOST = 512
"""Lines read in one go, where so many wait."""


@click.command("stream")
@click.argument("model", type=click.Path())
@click.option("--store", metavar="URL", help="Keep streams there: sqlite:///FILE, a .db file, postgresql://… [none].")
@click.option("--records/--no-records", default=False, help="Record every prediction in the store [no].")
@click.option(
    "--on-change",
    default="refuse",
    metavar="RULE",
    help="Streams of another model: refuse, reset, or replay:N of their latest recorded readings [refuse].",
)
@click.option("--deterministic", is_flag=True, help="The same bits whoever else is read meanwhile; many times slower.")
def command(model: str, store: str | None, records: bool, on_change: str, deterministic: bool) -> int:  # noqa: FBT001 - flags of click's
    r"""Answer readings as they come: a line of JSON in, a line of JSON out, in the same order.

    \b
    In:  {"stream": "pump 7", "seq": 0, "time": "2024-03-01T07:30", "values": {"load": 41.2}}
    Out: {"stream": "pump 7", "seq": 0, "prediction": {...}}

    A line that cannot be used is answered with what is wrong with it, and the exit code is 2 in the end. With --store
    a reading is answered only when its stream is safe on disk, and streams go on after a restart; one that was
    answered before is answered alike.
    """
    wrong, number = 0, 0
    changed = changed_of(on_change)
    with LiveStreams(load(model), store, records=records, changed=changed, deterministic=deterministic) as streams:
        for raw in waiting(sys.stdin.buffer):
            read = [parse(line, number + place) for place, line in enumerate(raw, start=1) if line.strip()]
            number += len(raw)
            answers = answered(read, streams.read)
            wrong += sum(b'"error":' in answer for answer in answers)
            sys.stdout.buffer.writelines(answers)
            sys.stdout.buffer.flush()
    if wrong:
        say(f"{wrong} of {number} lines could not be used")
    return 2 if wrong else 0


def changed_of(rule: str) -> Changed:
    """What becomes of streams of another model, as it is written on the command line.

    Raises:
        SettingsError: no such rule.
    """
    if rule in ("refuse", "reset"):
        return "refuse" if rule == "refuse" else "reset"
    name, _, count = rule.partition(":")
    if name != "replay" or not count.isdecimal():
        fix = "choose one of them"
        raise SettingsError("--on-change", expected="refuse, reset or replay:N", came=repr(rule), fix=fix)
    return int(count)


def waiting(source: BinaryIO) -> Iterator[list[bytes]]:
    """The lines that wait, as soon as there is one; as many as there are, up to a limit."""
    arrived: queue.Queue[bytes | None] = queue.Queue(4 * MOST)

    def read() -> None:
        for line in iter(source.readline, b""):
            arrived.put(line)
        arrived.put(None)

    threading.Thread(target=read, daemon=True).start()
    line = arrived.get()
    while line is not None:
        found = [line]
        while len(found) < MOST and not arrived.empty():
            following = arrived.get()
            if following is None:
                yield found
                return
            found.append(following)
        yield found
        line = arrived.get()
