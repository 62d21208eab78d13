"""The lock of a registry: one at a time, let go when its holder is gone."""

import os
import signal
import subprocess
import sys
import threading

import pytest

from seqloom.errors import StorageError
from seqloom.registry import locked

HOLDS = """
import sys, time
from pathlib import Path
from seqloom.registry import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_one_at_a_time(tmp_path):
    """Four threads that count, each slowly; none counts over another."""
    total = [0]

    def count():
        for _ in range(20):
            with locked(tmp_path / ".lock"):
                seen = total[0]
                os.sched_yield()
                total[0] = seen + 1

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert total == [80]


def test_a_lock_goes_with_its_process(tmp_path):
    """Held, then killed: the next one has it at once."""
    with subprocess.Popen([sys.executable, "-c", HOLDS, str(tmp_path / ".lock")], stdout=subprocess.PIPE) as process:
        assert process.stdout.readline() == b"held\n"
        with (
            pytest.raises(StorageError, match="expected nobody else who writes, came one who wrote for more"),
            locked(tmp_path / ".lock", longest=0.05),
        ):
            pass
        process.send_signal(signal.SIGKILL)
        process.wait()
        with locked(tmp_path / ".lock", longest=0.05):
            pass


def test_a_lock_is_let_go_after_an_error(tmp_path):
    """Whatever went wrong within."""
    with pytest.raises(ZeroDivisionError), locked(tmp_path / ".lock"):
        raise ZeroDivisionError
    with locked(tmp_path / ".lock", longest=0.05):
        pass


def test_a_folder_that_is_not_there_is_told(tmp_path):
    """In the words of the system."""
    with (
        pytest.raises(StorageError, match="expected a folder that can be written, came No such file"),
        locked(tmp_path / "nowhere" / ".lock"),
    ):
        pass
