"""System calls that fail in one thread: what a failing disk answers, without one.

A thread may give itself a filter of system calls (seccomp, Linux); the other threads of the process keep theirs.
"""

import ctypes
import os
import platform
import struct
import sys
from collections.abc import Callable
from threading import Thread

import pytest

_CALLS = {  # by machine: what the kernel calls it, and the numbers of its calls
    "x86_64": (0xC000003E, {"pread64": 17, "pwrite64": 18, "fdatasync": 75, "fsync": 74}),
    "aarch64": (0xC00000B7, {"pread64": 67, "pwrite64": 68, "fdatasync": 83, "fsync": 82}),
}
_NOBODY = 65534
_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _FAIL = 0x7FFF0000, 0x00050000
_NO_NEW_PRIVILEGES, _SET_FILTER, _BY_PROGRAM = 38, 22, 2


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def outcome_where_calls_fail(action: Callable[[], object], calls: tuple[str, ...], error: int) -> object:
    """What an action returns or raises in a thread in which these system calls fail with this error number."""
    if sys.platform != "linux" or platform.machine() not in _CALLS:
        pytest.skip("filters of system calls: Linux on x86-64 or ARM64 only")
    return _outcome(action, lambda: _refuse(calls, error))


def outcome_without_rights(action: Callable[[], object]) -> object:
    """What an action returns or raises in a thread that has the rights of nobody in particular on files."""
    if sys.platform != "linux" and os.geteuid() == 0:
        pytest.skip("files are never closed to root: run the tests as somebody else")
    return _outcome(action, lambda: ctypes.CDLL(None).setfsuid(_NOBODY) if os.geteuid() == 0 else None)


def _outcome(action: Callable[[], object], prepare: Callable[[], object]) -> object:
    seen: list[object] = []

    def act() -> None:
        try:
            prepare()
            seen.append(action())
        except Exception as raised:  # noqa: BLE001 - handed to the thread that asked
            seen.append(raised)

    thread = Thread(target=act)
    thread.start()
    thread.join()
    return seen[0]


def _refuse(calls: tuple[str, ...], error: int) -> None:
    machine, numbers = _CALLS[platform.machine()]
    lines = [(_LOAD, 0, 0, 4), (_EQUAL, 1, 0, machine), (_RETURN, 0, 0, _ALLOW), (_LOAD, 0, 0, 0)]
    for call in calls:
        lines += [(_EQUAL, 0, 1, numbers[call]), (_RETURN, 0, 0, _FAIL | error)]
    lines.append((_RETURN, 0, 0, _ALLOW))
    code = b"".join(struct.pack("=HBBI", *line) for line in lines)
    program = _Program(len(lines), code)
    control = ctypes.CDLL(None, use_errno=True).prctl
    if control(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) or control(_SET_FILTER, _BY_PROGRAM, ctypes.byref(program), 0, 0):
        raise OSError(ctypes.get_errno(), "no filter of system calls")
