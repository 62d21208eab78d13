"""A peer: the process that does the work of one library, asked line by line. Needs the standard library alone.

Each line of its input is a JSON object with what to `do`; each is answered by one line.

    prepare  slot, case, variant   {"facts": {...}}, or {"refused": reason}
    time     slot, calls           {"seconds": [...]}, one for each call
    check    slot                  {"numbers": {name: [...]}}, to be compared with other peers'
    memory   slot                  {"bytes": most memory that calls took beyond what was there before}
    drop     slot                  {}
    versions                       {"versions": {...}}

What libraries print goes to the error output; an exception is answered with {"failed": its last line}.
"""

import ctypes
import gc
import json
import os
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from benchmarks.speed.case import Case

Numbers = dict[str, list[float]]
CLOCKS = {"wall": time.perf_counter_ns, "processor": time.process_time_ns}
CLOCK = CLOCKS[os.environ.get("SPEED_CLOCK", "wall")]
"""Nanoseconds; the time the processor worked for this process counts on a busy machine, where there is one thread."""

STATUS, CLEAR = Path("/proc/self/status"), Path("/proc/self/clear_refs")


class Refused(Exception):  # noqa: N818 - nothing has failed
    """The peer cannot do this case; the message says why."""


def _nothing() -> Numbers:
    return {}


@dataclass(frozen=True)
class Work:
    """A case that is ready to be timed.

    Args:
        call: what is timed, with what `ready` gave if there is one.
        check: what it computes, in numbers.
        ready: what has to be done before each call and is not timed.
        facts: what else there is to know, such as `operations` of a call, or `steps` a call makes.
        seconds: where the library times itself: seconds of so many calls.
    """

    call: Callable[..., object] = _nothing
    check: Callable[[], Numbers] = _nothing
    ready: Callable[[], object] | None = None
    facts: dict[str, float] = field(default_factory=dict)
    seconds: Callable[[int], list[float]] | None = None

    def timed(self, calls: int) -> list[float]:
        """Seconds of so many calls."""
        if self.seconds is not None:
            return self.seconds(calls)
        gc.disable()
        try:
            return self._ready(calls) if self.ready else self._at_once(calls)
        finally:
            gc.enable()

    def _at_once(self, calls: int) -> list[float]:
        clock, call = CLOCK, self.call
        spent = [0] * calls
        for number in range(calls):
            start = clock()
            call()
            spent[number] = clock() - start
        return [nanoseconds / 1e9 for nanoseconds in spent]

    def _ready(self, calls: int) -> list[float]:
        spent = []
        for _ in range(calls):
            given = self.ready() if self.ready else None
            start = CLOCK()
            self.call(given)
            spent.append((CLOCK() - start) / 1e9)
        return spent


Prepare = Callable[[Case, str], Work]


@dataclass
class Peer:
    """What a library can be asked.

    Args:
        prepare: gets a case and the variant of it ready; raises `Refused`.
        versions: of what computes.
    """

    prepare: Prepare
    versions: dict[str, str]
    slots: dict[str, Work] = field(default_factory=dict)

    def answer(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Do what a message asks for."""
        slot = asked.get("slot", "")
        match asked["do"]:
            case "versions":
                return {"versions": self.versions}
            case "prepare":
                return self._prepared(slot, Case.from_json(asked["case"]), asked["variant"])
            case "time":
                return {"seconds": self.slots[slot].timed(asked["calls"])}
            case "check":
                return {"numbers": self.slots[slot].check()}
            case "memory":
                return {"bytes": peak_memory(self.slots[slot].call)}
            case "drop":
                self.slots.pop(slot, None)
                gc.collect()
                return {}
            case unknown:
                raise ValueError(f"expected a known thing to do, came {unknown!r}")

    def _prepared(self, slot: str, case: Case, variant: str) -> dict[str, Any]:
        try:
            self.slots[slot] = self.prepare(case, variant)
        except Refused as reason:
            return {"refused": str(reason)}
        gc.collect()
        return {"facts": self.slots[slot].facts}


def serve(prepare: Prepare, versions: dict[str, str]) -> None:
    """Answer the lines of standard input until it ends."""
    answers = _own_output()
    peer = Peer(prepare, versions)
    for line in sys.stdin:
        try:
            reply = peer.answer(json.loads(line))
        except Exception as error:  # noqa: BLE001 - whatever a library raises is reported, and the next case may work
            traceback.print_exc()
            reply = {"failed": traceback.format_exception_only(error)[-1].strip()[:300]}
        answers.write(json.dumps(reply) + "\n")
        answers.flush()


def _own_output() -> TextIO:
    """Standard output for answers alone; what anyone prints goes to the error output from now on."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return answers


def peak_memory(call: Callable[[], object], calls: int = 2) -> int:
    """The most memory that calls take beyond what the process held before, in bytes.

    Raises:
        Refused: the system does not tell.
    """
    gc.collect()
    try:
        ctypes.CDLL(None).malloc_trim(0)
        CLEAR.write_text("5", encoding="ascii")  # from here on the peak counts anew
    except (AttributeError, OSError) as error:
        raise Refused("this system does not count the peak of memory anew") from error
    before = _status("VmRSS")
    for _ in range(calls):
        call()
    return _status("VmHWM") - before


def _status(name: str) -> int:
    line = next(line for line in STATUS.read_text(encoding="ascii").splitlines() if line.startswith(name))
    return 1024 * int(line.split()[1])
