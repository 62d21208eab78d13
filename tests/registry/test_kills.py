"""Processes killed, and disks that refuse, while a registry changes: it has one champion, the old or the new one."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from seqloom.errors import StorageError
from seqloom.registry import Registry

AT_EVERY_STEP = """
import os, signal, sys
from pathlib import Path
from seqloom.artifact import read_container
from seqloom.registry import Registry
folder, model, what = sys.argv[1:]
opened = Registry(folder)

def change():
    if what == "add":
        opened.add(model)
    elif what == "hold out":
        opened.hold_out(model)
    elif what == "promote":
        opened.promote(2, expected=1, why="better")
    else:
        opened.rollback(why="worse")

def killed_at(step):
    child = os.fork()
    if not child:
        seen = [0]
        def count(event, arguments):
            if event in ("open", "os.rename", "os.remove", "os.mkdir") and folder in str(arguments[0]):
                seen[0] += 1
                if seen[0] == step:
                    os.kill(os.getpid(), signal.SIGKILL)
        sys.addaudithook(count)
        change()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0

step, seen = 1, []
while killed_at(step):
    again = Registry(folder)
    champion = again.champion()
    assert again.promotions()[-1].after == champion.version
    assert read_container(folder).digest == champion.digest
    assert all(read_container(again.artifact(one)).digest == one.digest for one in again.versions())
    kept = again.holdout()
    assert kept is None or kept.read_bytes() == Path(model).read_bytes()
    seen.append((champion.version, len(again.versions())))
    step += 1
    if champion.version != int(what == "rollback") + 1:  # the change was made: take it back for the next step
        again.rollback(why="test") if what == "promote" else again.promote(2, expected=1, why="test")
print(step - 1, *sorted(set(seen)), sep="|")
"""


@pytest.mark.parametrize(
    ("what", "outcomes"),
    [
        ("add", {"(1, 3)", "(1, 4)"}),
        ("hold out", {"(1, 3)"}),
        ("promote", {"(1, 3)", "(2, 3)"}),
        ("rollback", {"(1, 3)", "(2, 3)"}),
    ],
)
def test_a_kill_at_any_step_leaves_one_champion(registry, make, what, outcomes):
    """Killed before each file is opened, renamed or removed; both outcomes are met, and it can be done again."""
    if what == "rollback":
        registry.promote(2, expected=1, why="")
    words = [sys.executable, "-c", AT_EVERY_STEP, str(registry.folder), str(make("new.loom", turn=4)), what]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    steps, *seen = done.stdout.strip().split("|")
    assert int(steps) >= 8
    assert set(seen) == (outcomes if what != "add" else {"(1, 3)"} | (outcomes & set(seen)))
    last = Registry(registry.folder)
    assert last.champion().version == {"promote": 2}.get(what, 1)
    assert len(last.versions()) == (4 if what == "add" else 3)
    assert (last.holdout() is not None) == (what == "hold out")


KILLED = """
import os, random, signal, sys, time
from seqloom.artifact import read_container
from seqloom.registry import Registry
folder, kills, chance, kept = sys.argv[1], int(sys.argv[2]), random.Random(5), 0
for _ in range(kills):
    child = os.fork()
    if not child:
        opened = Registry(folder)
        while True:
            opened.promote(2, expected=1, why="")
            opened.rollback(why="")
    time.sleep(chance.uniform(0.001, 0.04))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    opened = Registry(folder)
    champion = opened.champion()
    kept += champion.version == opened.promotions()[-1].after and read_container(folder).digest == champion.digest
    if champion.version == 2:
        opened.rollback(why="as it was")
print(kept)
"""


def test_kills_at_random_moments_leave_one_champion(registry):
    """Forty processes that promote and roll back as fast as they can."""
    words = [sys.executable, "-c", KILLED, str(registry.folder), "40"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (done.stdout, done.returncode) == ("40\n", 0), done.stderr


RACE = """
import sys
from seqloom.errors import ConflictError
from seqloom.registry import Registry
folder, number = sys.argv[1], int(sys.argv[2])
opened = Registry(folder)
for line in sys.stdin:
    try:
        opened.promote(number, expected=1, why="race")
        print("won", flush=True)
    except ConflictError as error:
        print(error, flush=True)
"""


def test_of_two_promoters_at_once_one_wins(registry):
    """Twenty times; the other is told who is champion."""
    words = [sys.executable, "-c", RACE, str(registry.folder)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "bufsize": 1}
    with subprocess.Popen([*words, "2"], **pipes) as two, subprocess.Popen([*words, "3"], **pipes) as three:
        for _ in range(20):
            for racer in (two, three):
                racer.stdin.write("go\n")
            said = {2: two.stdout.readline().strip(), 3: three.stdout.readline().strip()}
            (winner,) = [number for number, words in said.items() if words == "won"]
            assert f"expected version 1, came version {winner}" in said[5 - winner]
            assert registry.champion().version == winner
            registry.rollback(why="again")
        two.stdin.close()
        three.stdin.close()


@pytest.mark.parametrize("after", range(2))
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO])
def test_a_disk_that_refuses_leaves_one_champion(registry, whole, monkeypatch, after, code):
    """Whichever fsync fails; the one of the folder comes when the new state already stands there, as a whole."""
    calls, sync = [0], os.fsync

    def failing(descriptor):
        calls[0] += 1
        if calls[0] > after:
            raise OSError(code, os.strerror(code))
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", failing)
    with pytest.raises(StorageError, match=os.strerror(code)):
        registry.promote(2, expected=1, why="better")
    monkeypatch.undo()
    assert whole(registry.folder)
    assert registry.champion().version == (1 if after == 0 else 2)


def test_a_version_that_could_not_be_written_is_none(registry, make, monkeypatch):
    """The registry is as it was, and the version can be added when the disk works again."""
    new = make("new.loom", turn=4)
    rename = Path.replace

    def refuse(path, target):
        if Path(target).parent.name == "versions":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return rename(path, target)

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(StorageError, match="No space left"):
        registry.add(new)
    assert len(registry.versions()) == 3
    monkeypatch.undo()
    assert registry.add(new).version == 4
