import os
import signal
import threading

import pytest

from seqloom.train.interrupt import Interruption


def press():
    """Ctrl-C."""
    os.kill(os.getpid(), signal.SIGINT)


def test_the_first_press_is_a_request():
    """Nothing is raised; the request is noted."""
    with Interruption() as interruption:
        press()
        assert interruption.requested


def test_the_second_press_raises():
    """Who presses twice means it."""
    with Interruption():
        press()
        with pytest.raises(KeyboardInterrupt):
            press()


def test_the_handler_before_is_put_back():
    """Also after an error."""
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(ZeroDivisionError), Interruption():
        raise ZeroDivisionError
    assert signal.getsignal(signal.SIGINT) is before


def test_other_threads_leave_signals_alone():
    """In a thread nothing is installed and nothing fails."""
    seen = []

    def enter():
        with Interruption():
            seen.append(signal.getsignal(signal.SIGINT))

    thread = threading.Thread(target=enter)
    thread.start()
    thread.join()
    assert seen == [signal.getsignal(signal.SIGINT)]
