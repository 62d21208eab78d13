"""Processes killed while they commit: what they acknowledged is there, and nothing is half there."""

import random
import signal
import subprocess
import sys
import time

from seqloom.store import SQLiteStore

STREAMS = 8
COMMITS = """
import sys
from seqloom.store import Change, Record, Session, SQLiteStore
store = SQLiteStore(sys.argv[1])
held = [store.session(f"pump {n}") for n in range(int(sys.argv[2]))]
seq = 0 if held[0] is None else held[0].seq
print("ready", flush=True)
while True:
    seq += 1
    memory = seq.to_bytes(8) * 200
    sessions = [Session(f"pump {n}", 0, seq, "d", memory, b"[]", seq) for n in range(len(held))]
    records = [Record(s.stream, 0, seq - 1, "d", seq, None, memory, b"{}") for s in sessions]
    store.commit(Change(sessions, records))
    print(seq, flush=True)
"""


def acknowledged_before_kill(path, after):
    """The last number a process acknowledged that is killed so long after it began to commit."""
    words = [sys.executable, "-c", COMMITS, str(path), str(STREAMS)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "ready\n"
        time.sleep(after)
        process.send_signal(signal.SIGKILL)
        said = process.stdout.read().split("\n")[:-1]  # the last line may be cut
    assert process.returncode == -signal.SIGKILL
    return int(said[-1]) if said else 0


def test_what_was_acknowledged_before_a_kill_is_there(tmp_path):
    """Twenty kills of one store in the midst of commits: none is lost, none is there in part, and it opens at once."""
    path, chance, last, committed = tmp_path / "live.db", random.Random(11), 0, 0
    for _ in range(20):
        last = max(last, acknowledged_before_kill(path, chance.uniform(0.005, 0.12)))
        with SQLiteStore(path) as store:
            held = [store.session(f"pump {number}") for number in range(STREAMS)]
            if held[0] is None:
                assert (held, last) == ([None] * STREAMS, 0)
                continue
            (seq,) = {session.seq for session in held}
            assert last <= seq <= last + 1
            assert {session.memory for session in held} == {seq.to_bytes(8) * 200}
            numbers = [record.seq for record in store.records(stream="pump 3")]
            assert numbers == list(range(seq))
            last = seq
        committed += 1
    assert committed > 10
