"""A peer that needs no library: what it does is named by the variant."""

import os
import time

from benchmarks.speed.case import Case
from benchmarks.speed.peer import Refused, Work, serve


def prepare(case: Case, variant: str) -> Work:
    """A case; `slow` calls take 4 ms, others 1 ms."""
    print("what libraries print is no answer")  # noqa: T201 - as libraries do
    if variant == "unable":
        raise Refused("it has no such cell")
    if variant == "broken":
        raise ZeroDivisionError("a bug\nof two lines")
    if variant == "ends":
        return Work(lambda: os._exit(3))
    pause = 0.004 if variant == "slow" else 0.001
    numbers = {"loss": [1.0 if variant != "other" else 1.5]}
    return Work(lambda: time.sleep(pause), lambda: numbers, facts={"operations": float(case.hidden)})


if __name__ == "__main__":
    serve(prepare, {"toy": "1.0"})
