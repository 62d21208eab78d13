"""Ctrl-C as a request, not as an accident."""

import signal
import threading
from types import FrameType, TracebackType
from typing import Self


class Interruption:
    """While entered, a first Ctrl-C only sets `requested`; a second one raises `KeyboardInterrupt`.

    Python lets none but the main thread handle signals; in other threads this does nothing. The handler before is put
    back at the end.
    """

    def __init__(self) -> None:
        self.requested = False
        self._before: object = None

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            self._before = signal.signal(signal.SIGINT, self._handle)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if callable(self._before) or isinstance(self._before, signal.Handlers):
            signal.signal(signal.SIGINT, self._before)

    def _handle(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002 - the signature of a handler
        if self.requested:
            raise KeyboardInterrupt
        self.requested = True
